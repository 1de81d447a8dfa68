"""Where a file stands with what it asked the county, as gates ask it."""

from portal.county_requests.models import CountyRequest
from portal.county_requests.vocabulary import Conclusion
from portal.county_requests.workflow import Stage
from portal.workflow.declare import Standing, in_progress, met, not_started

# A request under way is submitted, withdrawn or looked at where the file shows it; another one can't be drawn up.
_UNDER_WAY = "inside:case#county-requests"


def newest(file, kind_code: str) -> CountyRequest | None:
    """The last request of this kind that was not withdrawn."""
    requests = CountyRequest.objects.filter(subject_id=file.pk, request_kind=kind_code)
    return requests.exclude(stage=Stage.WITHDRAWN).order_by("-pk").first()


def agreed(file, kind_code: str, digest: str) -> Standing:
    """Met when the county agreed to the very text that the file holds now.

    :param digest: of that text; an earlier answer doesn't carry a text that was changed since.
    """
    request = newest(file, kind_code)
    if request is None:
        return not_started("尚未报送县级")
    if request.stage == Stage.PREPARING:
        return in_progress("已经拟稿，尚未报送", _UNDER_WAY)
    if request.subject_digest != digest:
        if request.stage == Stage.SUBMITTED:
            words = f"{request.submitted_on:%Y-%m-%d} 报送后草案已修改，县级尚未答复，须撤回后重新报送"
            return in_progress(words, _UNDER_WAY)
        return in_progress(f"{request.submitted_on:%Y-%m-%d} 报送后草案已修改，须重新报送")
    if request.stage == Stage.SUBMITTED:
        return in_progress(f"{request.submitted_on:%Y-%m-%d} 已报送，等待县级答复", _UNDER_WAY)
    said = f"{request.recipient.short_name}{request.answered_on:%Y-%m-%d} 答复：{request.get_conclusion_display()}"
    if request.conclusion != Conclusion.AGREED:
        return in_progress(f"{said}；按答复修改草案后重新报送")
    return met(f"{said}（{request.reply_number}）")
