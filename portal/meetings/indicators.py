"""Figures of the meetings that decide no file. Each one opens onto the meetings themselves."""

from decimal import Decimal

from django.urls import reverse

from portal.indicators.registry import Figure, Record, Scope, Unit, indicator
from portal.meetings.models import Meeting

SECTION = "meetings"
BASIS = "苏府〔2015〕12号（地方示例）；法治政府建设与责任落实督察工作规定 第二十五条"
_FORMULA = "期间内召开、会议记录已经封存的“{}”的次数；记录没有封存的不计"


def _held(scope: Scope, kind: Meeting.Kind) -> Figure:
    """Sealed meetings of one kind: an open record can still change, so it is no basis for a report."""
    found = Meeting.objects.filter(
        organisation__path__startswith=scope.organisation.path, kind=kind, sealed_at__isnull=False,
        held_on__range=(scope.start, scope.end),
    )  # fmt: skip
    records = tuple(_record(meeting) for meeting in found.order_by("held_on", "id"))
    return Figure(Decimal(len(records)), records=records)


def _record(meeting: Meeting) -> Record:
    address = reverse("meetings:staff-meeting", args=[meeting.public_id])
    return Record(f"{meeting.held_on:%Y-%m-%d}　{meeting.title}", address)


@indicator(
    "meetings.special_study", label="专题研究法治政府建设", unit=Unit.TIMES, section=SECTION, basis=BASIS,
    formula=_FORMULA.format("专题研究法治政府建设"),
)  # fmt: skip
def special_study(scope):
    return _held(scope, Meeting.Kind.SPECIAL_STUDY)


@indicator(
    "meetings.rule_of_law_work", label="全镇依法行政工作会议", unit=Unit.TIMES, section=SECTION, basis=BASIS,
    formula=_FORMULA.format("全镇依法行政工作会议"),
)  # fmt: skip
def rule_of_law_work(scope):
    return _held(scope, Meeting.Kind.RULE_OF_LAW_WORK)


@indicator(
    "meetings.mediation_rally", label="行政调解工作动员会", unit=Unit.TIMES, section=SECTION, basis=BASIS,
    formula=_FORMULA.format("行政调解工作动员会"),
)  # fmt: skip
def mediation_rally(scope):
    return _held(scope, Meeting.Kind.MEDIATION_RALLY)
