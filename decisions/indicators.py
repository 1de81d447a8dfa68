"""The figures that decisions contribute (S3-9c: how many, with a hearing, with experts, with risk, reviewed)."""

from datetime import timedelta
from decimal import Decimal

from django.db.models import F, Q

from decisions.models import ExecutionReport, ExecutionTask, MajorDecision
from decisions.time_limits import EXECUTION_REPORT
from decisions.vocabulary import TaskState
from portal.casefiles.figures import among, counted, files_behind, share
from portal.consultation.models import Session, SessionKind
from portal.deadlines.models import Deadline
from portal.indicators.registry import Figure, Unit, indicator, percentage
from portal.moment import today

SECTION = "decisions"
BASIS = "苏府〔2015〕12号；法治政府建设与责任落实督察工作规定 第二十五条"


def _made(scope):
    return MajorDecision.objects.filter(
        organisation__path__startswith=scope.organisation.path, decided_on__range=(scope.start, scope.end)
    )


@indicator("decisions.made", label="作出重大行政决策", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def made(scope):
    return counted(_made(scope))


@indicator("decisions.with_participation", label="经公众参与的决策", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def with_participation(scope):
    return counted(_made(scope).filter(consultations__withdrawn_at__isnull=True).distinct())


@indicator("decisions.with_hearing", label="举行听证的决策", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def with_hearing(scope):
    held = Session.objects.filter(kind=SessionKind.HEARING, reported_at__isnull=False)
    return counted(_made(scope).filter(among(held.values("file"))))


@indicator("decisions.with_experts", label="经专家论证的决策", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def with_experts(scope):
    return counted(_made(scope).filter(argumentations__closed_at__isnull=False).distinct())


@indicator("decisions.with_risk", label="经风险评估的决策", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def with_risk(scope):
    return counted(_made(scope).filter(risk_assessments__isnull=False).distinct())


@indicator(
    "decisions.legality_review_rate", label="重大行政决策合法性审查率", unit=Unit.PERCENT, section=SECTION, basis=BASIS
)
def legality_review_rate(scope):
    base = _made(scope)
    return share(base, base.filter(lawful_review__isnull=False))


# ── carried out, and due (国令713 arts. 34, 38) ──

_EXECUTION = "国令713 第三十四条"


def _in_scope(scope):
    return MajorDecision.objects.filter(organisation__path__startswith=scope.organisation.path)


@indicator("decisions.executed", label="执行完毕的决策", unit=Unit.COUNT, section=SECTION, basis=_EXECUTION)
def executed(scope):
    return counted(_in_scope(scope).filter(executed_on__range=(scope.start, scope.end)))


@indicator(
    "decisions.tasks_on_time", label="决策执行任务按期完成率", unit=Unit.PERCENT, section=SECTION, basis=_EXECUTION,
    formula="期间内到期的任务（经批准不再实施的除外）中，期限内完成的项数 ÷ 到期项数 × 100%，今天以后到期的不计",
)  # fmt: skip
def tasks_on_time(scope):
    due = ExecutionTask.objects.filter(
        decision__organisation__path__startswith=scope.organisation.path,
        due_on__range=(scope.start, min(scope.end, today() - timedelta(days=1))),
    ).exclude(state=TaskState.DROPPED)
    kept = Q(state=TaskState.DONE, settled_on__lte=F("due_on"))
    total, late = due.count(), due.exclude(kept)
    return Figure(
        percentage(total - late.count(), total), of=Decimal(total), files=files_behind(due.values("decision")),
        short=files_behind(late.values("decision")),
    )  # fmt: skip


@indicator(
    "decisions.reports_on_time", label="决策执行报告及时率", unit=Unit.PERCENT, section=SECTION, basis=_EXECUTION,
    formula="期间内应报的执行报告中，按期提交的期数 ÷ 应报期数 × 100%，逾期未报的计入应报期数",
)  # fmt: skip
def reports_on_time(scope):
    span = (scope.start, min(scope.end, today() - timedelta(days=1)))
    made = ExecutionReport.objects.filter(
        decision__organisation__path__startswith=scope.organisation.path, due_on__range=span
    )
    owed = Deadline.objects.filter(
        file__organisation__path__startswith=scope.organisation.path, code=EXECUTION_REPORT,
        state=Deadline.State.RUNNING, effective_end__range=span,
    )  # fmt: skip
    late = made.filter(reported_on__gt=F("due_on"))
    total = made.count() + owed.count()
    return Figure(
        percentage(total - late.count() - owed.count(), total), of=Decimal(total),
        files=files_behind(made.values("decision")) | files_behind(owed.values("file")),
        short=files_behind(late.values("decision")) | files_behind(owed.values("file")),
    )  # fmt: skip


@indicator(
    "decisions.overdue", label="到期未作出的决策（久拖不决）", unit=Unit.COUNT, section=SECTION,
    basis="国令713 第三十八条", formula="应当作出决策的日期在期间内、到期没有作出决策也没有终止的件数",
)  # fmt: skip
def overdue(scope):
    due = _in_scope(scope).filter(due_on__range=(scope.start, min(scope.end, today() - timedelta(days=1))))
    in_time = Q(decided_on__lte=F("due_on")) | Q(decided_on__isnull=True, closed_on__lte=F("due_on"))
    return counted(due.exclude(in_time))
