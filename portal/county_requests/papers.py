"""The county's letter in answer to a request (函)."""

from portal.county_requests.models import CountyRequest
from portal.documents.rendering import Layout, OfficialPaper, parse_blocks
from portal.documents.rendering.paper import chinese_date
from portal.workflow.refusals import StepRefused


def reply_letter(request: CountyRequest) -> OfficialPaper:
    """县级答复函. :raises StepRefused: nothing was answered."""
    if request.answered_on is None:
        raise StepRefused("尚未答复。")
    county = request.recipient
    body = (
        f"你单位{chinese_date(request.submitted_on)}报送的《{request.title}》收悉。"
        f"经研究，{request.get_conclusion_display()}。\n{request.reply}\n特此函复。"
    )
    return OfficialPaper(
        kind="函",
        layout=Layout.LETTER,
        mark=(county.name,),
        number=request.reply_number,
        title=f"关于《{request.subject.title}》的答复",
        recipients=request.organisation.name,
        body=parse_blocks(body),
        signature=(county.name,),
        issued_on=request.answered_on,
    )
