"""Two registers for those who watch: how decisions are carried out, and which are due and not made (久拖不决)."""

import django_filters
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value

from decisions import time_limits
from decisions.ageing import Thresholds, days_in_stage, long_in_stage, overdue, pending, soon, standing_of, with_reasons
from decisions.models import ExecutionReport, ExecutionTask, MajorDecision
from decisions.vocabulary import TaskState
from decisions.workflow import Stage
from portal.accounts.roles import ROLES
from portal.casefiles.filters import DraftedFileFilter
from portal.deadlines.models import Deadline
from portal.moment import today
from portal.organisations.models import Organisation
from portal.web.inside.case_page import case_url
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.tables import Cell

AFTER = (Stage.EXECUTION, Stage.SUSPENDED, Stage.EXECUTED, Stage.STOPPED)


# ── how decisions are carried out ──


def with_execution(decisions):
    """Besides each decision, in figures: its tasks, its reports, the next one due, and what waits for an answer."""
    tasks = ExecutionTask.objects.filter(decision=OuterRef("pk")).order_by().values("decision")
    reports = ExecutionReport.objects.filter(decision=OuterRef("pk")).order_by("-number")
    owed = Deadline.objects.filter(file=OuterRef("pk"), code=time_limits.EXECUTION_REPORT, state="running")

    def count(**condition):
        return Subquery(tasks.filter(**condition).values(found=Count("pk")))

    return decisions.annotate(
        task_count=count(),
        settled_count=count(state__in=(TaskState.DONE, TaskState.DROPPED)),
        # While a decision is suspended, or was stopped, nobody owes its tasks.
        late_task_count=count(state=TaskState.OPEN, due_on__lt=today(), decision__stage=Stage.EXECUTION),
        last_report_on=Subquery(reports.values("reported_on")[:1]),
        next_report_on=Subquery(owed.values("effective_end")[:1]),
    )


def task_words(decision) -> str:
    """「3/5，逾期 1 项」; empty where no task is planned."""
    if not decision.task_count:
        return ""
    late = f"，逾期 {decision.late_task_count} 项" if decision.late_task_count else ""
    return f"{decision.settled_count or 0}/{decision.task_count}{late}"


def execution_words(decision) -> str:
    """How far the execution is, in a few words, for the registers."""
    if decision.stage not in AFTER:
        return ""
    words = [decision.stage_label]
    if decision.stage == Stage.EXECUTED:
        words.append(f"{decision.executed_on:%Y-%m-%d}")
    elif tasks := task_words(decision):
        words.append(f"任务 {tasks}")
    if decision.stage == Stage.EXECUTION and decision.next_report_on and decision.next_report_on < today():
        words.append("报告逾期")
    return "，".join(words)


def _carried_out(person):
    rows = MajorDecision.objects.visible_to(person).filter(stage__in=AFTER)
    return with_execution(rows.select_related("organisation", "handling_unit", "executing_unit")).annotate(
        open_problem_count=Count(
            "execution_problems", filter=Q(execution_problems__answered_at__isnull=True), distinct=True
        ),
        open_follow_up_count=Count(
            "execution_follow_ups", filter=Q(execution_follow_ups__answered_on__isnull=True), distinct=True
        ),
    )


class _UnitFilters(DraftedFileFilter):
    """The units in reach, by their codes."""

    q = django_filters.CharFilter(label="关键词", method="by_words")
    handling_unit = django_filters.ModelChoiceFilter(
        label="承办单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )
    organisation = django_filters.ModelChoiceFilter(
        label="单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )

    class Meta:
        model = MajorDecision
        fields: list[str] = []


class ExecutionFilter(_UnitFilters):
    ATTENTION = (("report", "报告逾期"), ("task", "任务逾期"), ("problem", "问题待答复"), ("follow_up", "督办待答复"))

    stage = django_filters.ChoiceFilter(
        label="环节", choices=[(stage.value, stage.label) for stage in AFTER], empty_label="全部"
    )
    attention = django_filters.ChoiceFilter(label="关注", choices=ATTENTION, method="by_attention", empty_label="全部")

    def by_attention(self, queryset, name, value):
        day = today()
        match value:
            case "report":
                return queryset.filter(stage=Stage.EXECUTION, next_report_on__lt=day)
            case "task":
                return queryset.filter(late_task_count__gt=0)
            case "problem":
                return queryset.filter(open_problem_count__gt=0)
        return queryset.filter(open_follow_up_count__gt=0)


def _title(decision):
    return Cell(decision.title, kind="title", url=case_url(decision), sub=decision.document_number or decision.number)


def _next_report(decision):
    if decision.next_report_on is None:
        return Cell("—", kind="date")
    late = (today() - decision.next_report_on).days
    lamp = {"state": "late", "text": f"{decision.next_report_on:%Y-%m-%d}，逾期 {late} 日"}
    return Cell(lamp=lamp) if late > 0 else Cell(f"{decision.next_report_on:%Y-%m-%d}", kind="date")


EXECUTION = register(
    Register(
        code="decision-execution",
        label="决策执行台账",
        rows=_carried_out,
        filterset=ExecutionFilter,
        columns=(
            RegisterColumn("title", "决策事项", lambda d: d.title, _title, kind="title", order="title"),
            RegisterColumn("document_number", "决策文号", lambda d: d.document_number, kind="no", shown=False),
            RegisterColumn("stage", "环节", lambda d: d.stage_label, lambda d: Cell(tag=d.stage_label, tag_kind="now")),
            RegisterColumn("organisation", "单位", lambda d: d.organisation.short_name, kind="nowrap"),
            RegisterColumn(
                "executing_unit", "执行单位", lambda d: d.executing_unit.short_name if d.executing_unit else "",
                kind="nowrap",
            ),
            RegisterColumn("executed_until", "计划完成", lambda d: d.executed_until, kind="date"),
            RegisterColumn("tasks", "任务完成", task_words, kind="nowrap"),
            RegisterColumn("last_report", "最近报告", lambda d: d.last_report_on, kind="date"),
            RegisterColumn("next_report", "下次应报", lambda d: d.next_report_on, _next_report, kind="date"),
            RegisterColumn("problems", "待答复问题", lambda d: d.open_problem_count, kind="number"),
            RegisterColumn("follow_ups", "待答复督办", lambda d: d.open_follow_up_count, kind="number"),
            RegisterColumn("executed_on", "执行完毕", lambda d: d.executed_on, kind="date", shown=False),
        ),
        presets=(
            ("报告逾期", "attention=report"), ("任务逾期", "attention=task"), ("督办待答复", "attention=follow_up"),
        ),
        empty_text="已经作出、正在执行或者执行完毕的重大行政决策：任务、定期报告、问题和督办。",
    )
)  # fmt: skip


# ── which are due and not made ──


def _watched(person) -> Q:
    """Towns whose overdue decisions this person reads for the county, though not the files themselves."""
    towns = Q(pk__in=[])
    for assignment in person.current_roles():
        if "county.supervise" in ROLES[assignment.role].authorities:
            towns |= Q(organisation__path__startswith=assignment.organisation.path)
    return towns


def _pending(person):
    limits = Thresholds(person.organisation)
    seen = MajorDecision.objects.visible_to(person).values("pk")
    rows = MajorDecision.objects.filter(Q(pk__in=seen) | (_watched(person) & Q(due_on__lte=limits.soon_until)))
    rows = rows.annotate(
        is_in_sight=Exists(MajorDecision.objects.visible_to(person).filter(pk=OuterRef("pk"))),
        soon_until=Value(limits.soon_until),
    )
    return with_reasons(pending(rows.select_related("organisation", "handling_unit")))


class AgeingFilter(_UnitFilters):
    STATES = (("overdue", "已逾期"), ("soon", "临近期限"), ("long", "在同一环节停留过久"), ("silent", "逾期未说明原因"))

    standing = django_filters.ChoiceFilter(label="状况", choices=STATES, method="by_standing", empty_label="全部")
    stage = django_filters.ChoiceFilter(label="环节", choices=Stage.choices, empty_label="全部")

    def by_standing(self, queryset, name, value):
        limits = Thresholds(self.request.user.organisation)
        match value:
            case "overdue":
                return overdue(queryset, limits)
            case "soon":
                return soon(queryset, limits)
            case "long":
                return long_in_stage(queryset, limits)
        return overdue(queryset, limits).filter(delay_reason__isnull=True)


def _pending_title(decision):
    url = case_url(decision) if decision.is_in_sight else ""
    return Cell(decision.title, kind="title", url=url, sub=decision.number)


def _due(decision):
    state, words = standing_of(decision, today(), decision.soon_until)
    return Cell(lamp={"state": state, "text": words})


AGEING = register(
    Register(
        code="decisions-pending",
        label="久拖不决清单",
        rows=_pending,
        filterset=AgeingFilter,
        columns=(
            RegisterColumn("title", "决策事项", lambda d: d.title, _pending_title, kind="title"),
            RegisterColumn("organisation", "单位", lambda d: d.organisation.short_name, kind="nowrap"),
            RegisterColumn("due_on", "应当决策的日期", lambda d: d.due_on, kind="date", order="due_key"),
            RegisterColumn("standing", "期限", lambda d: standing_of(d, today(), d.soon_until)[1], _due),
            RegisterColumn("due_basis", "依据或者承诺", lambda d: d.due_basis),
            RegisterColumn("stage", "环节", lambda d: d.stage_label, lambda d: Cell(tag=d.stage_label, tag_kind="now")),
            RegisterColumn(
                "in_stage", "在本环节（日）", lambda d: days_in_stage(d, today()), kind="number", order="stage_since"
            ),
            RegisterColumn("age", "自提出起（日）", lambda d: (today() - d.proposed_on).days, kind="number"),
            RegisterColumn("reason", "未决原因", lambda d: d.delay_reason or ""),
            RegisterColumn("expected_on", "预计决策", lambda d: d.delay_expected_on, kind="date"),
            RegisterColumn(
                "handling_unit", "承办单位", lambda d: d.handling_unit.short_name if d.handling_unit else "",
                kind="nowrap", shown=False,
            ),
        ),
        presets=(
            ("已逾期", "standing=overdue"), ("临近期限", "standing=soon"), ("停留过久", "standing=long"),
            ("未说明原因", "standing=silent"),
        ),
        default_order="due_key",
        empty_text="尚未作出的重大行政决策：应当作出的日期、在各环节停留的时间和未决的原因。",
    )
)  # fmt: skip
