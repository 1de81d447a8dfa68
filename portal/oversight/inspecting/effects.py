"""What the steps of an inspection do besides moving."""

from portal.accounts.authority import holders
from portal.casefiles.numbering import allocate, document_number
from portal.deadlines import clocks
from portal.jobs.queue import ask
from portal.moment import today
from portal.notifications.messages import notify
from portal.organisations.models import Organisation, OrganisationKind
from portal.workflow.refusals import StepRefused

RECTIFY = "nd_inspection_rectify"
PAPER_JOB = "oversight.inspection_paper"


def inspecting_body(inspection) -> Organisation:
    """The body that signs: the county's justice bureau, else the county government."""
    county = inspection.organisation.county()
    return Organisation.objects.within(county).filter(kind=OrganisationKind.JUSTICE_BUREAU).first() or county


def _limit(inspection, until) -> None:
    """:raises StepRefused: no day was set, or it is past."""
    if until is None or until <= today():
        raise StepRefused("整改期限应当晚于今天。")
    inspection.rectify_until = until


def issued(inspection, by, data):
    """The opinion gets its number, the town its limit; the paper follows."""
    _limit(inspection, data.get("until"))
    if not inspection.opinion_number:
        year, body = today().year, inspecting_body(inspection)
        mark = f"{body.document_mark or body.short_name}文检"
        inspection.opinion_number = document_number(mark, year, allocate(body, "inspection_opinion", year))
    inspection.issued_on = today()
    inspection.save(update_fields=["rectify_until", "opinion_number", "issued_on"])
    clocks.start_clock(inspection, RECTIFY, today(), by=by, until=inspection.rectify_until)
    ask(PAPER_JOB, f"生成检查意见书：{inspection.title}"[:200], by=by, key=str(inspection.pk), file_id=inspection.pk)
    _tell(inspection, f"检查意见书：{inspection.title}", f"请于 {inspection.rectify_until:%Y-%m-%d} 前报送整改情况。")


def answered(inspection, by, data):
    inspection.answered_on = today()
    inspection.save(update_fields=["answered_on"])


def rejected(inspection, by, data):
    """Everything is answered anew within a new limit; the old words stay to be reworked."""
    _limit(inspection, data.get("until"))
    inspection.answered_on = None
    inspection.save(update_fields=["rectify_until", "answered_on"])
    inspection.findings.update(answered_at=None)
    clocks.start_clock(inspection, RECTIFY, today(), by=by, until=inspection.rectify_until)
    words = f"请于 {inspection.rectify_until:%Y-%m-%d} 前重新报送整改情况。"
    _tell(inspection, f"整改不到位：{inspection.title}", words)


def closed_clean(inspection, by, data):
    _tell(inspection, f"检查办结：{inspection.title}", "未发现问题。")


def accepted(inspection, by, data):
    _tell(inspection, f"检查办结：{inspection.title}", "整改到位。")


def _tell(inspection, heading: str, body: str) -> None:
    notify(holders("oversight.file", inspection.organisation), heading, body, file=inspection)
