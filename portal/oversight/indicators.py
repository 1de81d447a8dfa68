"""The figures that filings contribute: what was filed, returned, found, ordered, corrected, revoked, and is owed."""

from decimal import Decimal

from django.db.models import F

from portal.casefiles.figures import among, counted, files_behind
from portal.casefiles.models import Disclosure
from portal.deadlines.models import Deadline
from portal.indicators.registry import Figure, Record, Unit, indicator
from portal.moment import today
from portal.oversight.kinds import filing_kinds
from portal.oversight.models import Filing, FilingFinding
from portal.workflow.models import TransitionRecord

SECTION = "oversight"
BASIS = "国办发〔2018〕37号（有件必备、有备必审、有错必纠）"


def _filings(scope):
    return Filing.objects.filter(organisation__path__startswith=scope.organisation.path)


def _stepped(scope, *codes: str):
    """Filings on which one of these steps was taken in the period."""
    taken = TransitionRecord.objects.filter(
        file__kind=Filing.workflow.code, code__in=codes, occurred_at__date__range=(scope.start, scope.end)
    )
    return _filings(scope).filter(among(taken.values("file")))


@indicator(
    "oversight.filed", label="报送备案", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="期间内首次报送的报备件数",
)  # fmt: skip
def filed(scope):
    return counted(_filings(scope).filter(first_submitted_on__range=(scope.start, scope.end)))


@indicator(
    "oversight.filed_on_time", label="按期报送", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="期间内首次报送并且最近一次报送不晚于报备期限的件数",
)  # fmt: skip
def filed_on_time(scope):
    sent = _filings(scope).filter(first_submitted_on__range=(scope.start, scope.end))
    return counted(sent.filter(submitted_on__lte=F("due_on")))


@indicator("oversight.returned", label="退回补正", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def returned(scope):
    return counted(_stepped(scope, "return_papers"))


@indicator("oversight.recorded", label="准予备案", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def recorded(scope):
    return counted(_stepped(scope, "record", "accept_answer"))


@indicator("oversight.ordered", label="责令纠正", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def ordered(scope):
    return counted(_stepped(scope, "order_correction"))


@indicator("oversight.corrected", label="整改到位", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def corrected(scope):
    return counted(_stepped(scope, "accept_answer"))


@indicator("oversight.revoked", label="撤销", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def revoked(scope):
    return counted(_filings(scope).filter(revoked_on__range=(scope.start, scope.end)))


@indicator(
    "oversight.overdue", label="逾期未报", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="报备期限在期间内届满、至统计时仍未报送的文件数",
)  # fmt: skip
def overdue(scope):
    """Titles that are open to the public stand beside the files, since a bulletin names them."""
    clocks = (
        Deadline.objects.filter(
            code__in=filing_kinds.clocks(),
            state=Deadline.State.RUNNING,
            effective_end__range=(scope.start, min(scope.end, today())),
            effective_end__lt=today(),
            file__organisation__path__startswith=scope.organisation.path,
        )
        .select_related("file__organisation")
        .order_by("effective_end", "id")
    )
    owed = list(clocks)
    records = tuple(
        Record(f"《{file.title}》（{file.organisation.short_name}，期限{clock.effective_end:%Y-%m-%d}）", "")
        for clock in owed
        if (file := clock.file).disclosure == Disclosure.PROACTIVE
    )
    files = files_behind([clock.file_id for clock in owed])
    return Figure(Decimal(len(owed)), files=files, records=records)


def _of_fault(fault: str):
    def found(scope):
        findings = FilingFinding.objects.filter(
            fault=fault, filing__decided_on__range=(scope.start, scope.end),
            filing__organisation__path__startswith=scope.organisation.path,
        ).exclude(filing__order="")  # fmt: skip
        return counted(findings, by="filing")

    return found


FINDINGS = tuple(f"oversight.findings_{fault}" for fault in FilingFinding.Fault.values)
for _fault in FilingFinding.Fault:
    indicator(
        f"oversight.findings_{_fault}", label=f"审查发现问题：{_fault.label}", unit=Unit.ITEMS, section=SECTION,
        basis=BASIS, formula="期间内作出纠正决定的报备中登记的这一类问题条数",
    )(_of_fault(_fault.value))  # fmt: skip
