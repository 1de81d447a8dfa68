"""Who reviewed the legality of a file, and with which conclusion (国令713 arts. 25-28)."""

from collections.abc import Iterator

from portal.legal_review.models import Conclusion, LegalityReview
from portal.moment import SHANGHAI
from portal.workflow.acts import Act, ActKind, tells


@tells
def reviewed(file) -> Iterator[Act]:
    """Every concluded round: the reviewer, the body, the number of the opinion."""
    rounds = LegalityReview.objects.filter(file_id=file.pk, concluded_at__isnull=False).order_by("round")
    for review in rounds.select_related("reviewer__organisation", "reviewing_body"):
        yield Act(
            f"review:{review.pk}", ActKind.REVIEWED, review.concluded_at.astimezone(SHANGHAI).date(),
            f"第 {review.round} 次合法性审查", person=review.reviewer, unit=review.reviewing_body.name,
            view=review.get_conclusion_display(), words=review.opinion,
            dissents=review.conclusion != Conclusion.LAWFUL, record=review.opinion_number,
            page="legal_review:staff-review",
        )  # fmt: skip
