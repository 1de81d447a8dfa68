"""What the county was asked about a file, and what it answered, written out for the file's folder."""

from collections.abc import Iterator

from portal.county_requests.kinds import request_kind
from portal.county_requests.models import CountyRequest
from portal.county_requests.workflow import Stage
from portal.documents.records import Record


def request_records(file) -> Iterator[Record]:
    """Every request that was answered, in its order."""
    answered = CountyRequest.objects.filter(subject_id=file.pk, stage=Stage.ANSWERED).select_related(
        "organisation", "recipient"
    )
    for request in answered.order_by("pk"):
        yield Record(
            f"{request_kind(request.request_kind).label}和答复", lambda one=request: _words(one),
            at=request.answered_on, who=request.recipient.name,
        )  # fmt: skip


def _words(request) -> str:
    return "\n".join(
        [
            f"报送单位：{request.organisation.name}，{request.submitted_on:%Y-%m-%d} 报送{request.recipient.name}",
            f"请示、报审的事项和理由：{request.matter}",
            f"答复（{request.reply_number}，{request.answered_on:%Y-%m-%d}）：{request.get_conclusion_display()}",
            request.reply,
        ]
    )
