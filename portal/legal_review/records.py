"""What the legality review leaves in a file: the rounds that ended with an opinion."""

from collections.abc import Iterator

from portal.documents.records import Record
from portal.legal_review.checklist import word_for
from portal.legal_review.models import LegalityReview
from portal.moment import SHANGHAI


def review_records(file) -> Iterator[Record]:
    """The rounds that ended with an opinion; the letter itself lies in its slot once it is made."""
    concluded = LegalityReview.objects.filter(file_id=file.pk, concluded_at__isnull=False).order_by("round")
    for review in concluded.select_related("reviewing_body", "reviewer").prefetch_related("findings"):
        yield Record(
            f"合法性{word_for(file)}记录（第{review.round}次）", lambda one=review: _review(one),
            at=review.concluded_at.astimezone(SHANGHAI).date(), who=review.reviewing_body.name,
        )  # fmt: skip


def _review(review) -> str:
    lines = [
        f"审核机构：{review.reviewing_body.name}",
        f"审核人：{review.reviewer.full_name}",
        f"意见书文号：{review.opinion_number}",
        f"送审日期：{review.requested_on:%Y-%m-%d}",
        f"结论：{review.get_conclusion_display()}",
        "",
        review.opinion,
    ]
    for finding in sorted(review.findings.all(), key=lambda finding: finding.number):
        lines += [
            "",
            f"{finding}",
            f"问题：{finding.problem}",
            f"依据：{finding.basis}",
            f"建议：{finding.suggestion}",
            f"回应：{finding.get_response_display() or '未回应'}。{finding.response_reason}",
        ]
    return "\n".join(lines)
