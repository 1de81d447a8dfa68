"""``/staff/cases/<uuid>/decision/execution/``: tasks, reports, problems, adjustments and what the county asks."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from decisions.due_days import explain_delay
from decisions.executing import (
    CARRIED_OUT,
    PLANNED_IN,
    answer_problem,
    ask_adjustment,
    decide_adjustment,
    decide_anew,
    finish_task,
    plan_task,
    report_problem,
    strike_task,
)
from decisions.execution_forms import (
    AdjustmentForm,
    ApprovalForm,
    DelayForm,
    PlannedTaskForm,
    ProblemAnswerForm,
    ProblemForm,
    RemakeForm,
    TaskDoneForm,
    TaskForm,
)
from decisions.models import ExecutionAdjustment, ExecutionProblem, ExecutionTask, MajorDecision
from decisions.vocabulary import MINOR_ADJUSTMENTS, AdjustmentKind
from decisions.workflow import Stage
from portal.accounts.authority import may
from portal.moment import today
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, step_url
from portal.web.inside.writing import EntryView, crumbs
from portal.workflow.perform import available


def task_rows(decision, person) -> list[dict]:
    """The tasks with their lamps, and what this person may do about each."""
    drafts = may(person, "decisions.draft", decision.organisation)
    plans = drafts and decision.stage in PLANNED_IN and decision.plan_settled_on is None
    works = drafts and decision.stage in CARRIED_OUT and decision.plan_settled_on is not None
    day = today()
    return [
        {
            "row": task, "lamp": _lamp(task, decision, day), "may_change": plans, "may_finish": works and task.is_open,
        }
        for task in decision.execution_tasks.select_related("unit")
    ]  # fmt: skip


def _lamp(task: ExecutionTask, decision, day) -> dict:
    """While a decision is suspended, or was stopped, nobody owes its tasks."""
    late = task.late_days(day)
    if not task.is_open:
        return {
            "state": "done",
            "text": f"{task.get_state_display()}，逾期 {late} 日" if late else task.get_state_display(),
        }
    if decision.stage != Stage.EXECUTION:
        return {"state": "halt" if decision.stage == Stage.SUSPENDED else "idle", "text": decision.stage_label}
    if late:
        return {"state": "late", "text": f"逾期 {late} 日"}
    left = (task.due_on - day).days
    return {"state": "soon" if left <= 7 else "fine", "text": f"剩 {left} 日" if left else "今日到期"}


class ExecutionView(FileView):
    """Everything about the execution on one page, for the town and, once it is carried out, for the county."""

    kinds = ("decisions",)

    def get(self, request, public_id):
        file, person = self.file, request.user
        drafts = may(person, "decisions.draft", file.organisation)
        leads = may(person, "decisions.sign", file.organisation)
        carried_out = file.stage in CARRIED_OUT
        reports = list(file.execution_reports.select_related("reported_by"))
        concluded = any(report.is_final for report in reports)
        adjustments = list(
            file.execution_adjustments.select_related("task", "unit", "asked_by", "decided_by", "successor")
        )
        successors = [adjustment.successor_id for adjustment in adjustments if adjustment.successor_id]
        in_sight = set(MajorDecision.objects.visible_to(person).filter(pk__in=successors).values_list("pk", flat=True))
        context = {
            "title": "决策执行",
            "crumbs": crumbs(file, ("决策执行", "")),
            "file": file,
            "tasks": task_rows(file, person),
            "reports": reports,
            "problems": file.execution_problems.select_related("reported_by", "answered_by"),
            "adjustments": [
                {"row": row, "url": case_url(row.successor) if row.successor_id in in_sight else ""}
                for row in adjustments
            ],
            "follow_ups": file.execution_follow_ups.select_related("issued_by", "answered_by"),
            "is_planned": file.plan_settled_on is not None,
            "may_plan": drafts and file.stage in PLANNED_IN and file.plan_settled_on is None,
            "may_report": drafts and carried_out,
            "may_adjust": drafts and carried_out and file.plan_settled_on is not None and not concluded,
            "may_decide": leads and carried_out,
            "steps": [
                {"label": step.label, "url": step_url(file, step.code)}
                for step in available(file, person)
                if file.stage in (*PLANNED_IN, Stage.SUSPENDED)
            ],
            "back_url": case_url(file),
        }
        return render(request, "decisions/execution.html", context)


class _Entry(EntryView):
    kinds = ("decisions",)
    authority = changes = "decisions.draft"
    anchor = "tasks"

    def after(self):
        return reverse("decisions:execution", args=[self.file.public_id]) + f"#{self.anchor}"

    def found(self, rows):
        """The row of that number. :raises Http404: the decision has none."""
        row = rows.filter(number=self.kwargs["number"]).first()
        if row is None:
            raise Http404
        return row

    def task(self) -> ExecutionTask:
        return self.found(self.file.execution_tasks.select_related("unit"))


class NewTaskView(_Entry):
    title = "分解执行任务"
    lead = "决策执行单位应当依法全面、及时、正确执行决策（国令713 第三十四条）。下达前可以修改和删去。"

    def form(self, data=None):
        return TaskForm(data, decision=self.file)

    def write(self, form):
        return str(plan_task(self.file, form.save(commit=False), by=self.request.user))


class TaskView(_Entry):
    title = "修改执行任务"

    def seen(self):
        return self.task().seen

    def form(self, data=None):
        return PlannedTaskForm(data, decision=self.file, instance=self.task())

    def write(self, form):
        if form.cleaned_data["struck"]:
            strike_task(form.instance, by=self.request.user)
            return "已删去这项任务。"
        task = form.save(commit=False)
        return str(plan_task(self.file, task, by=self.request.user, seen=self.request.POST.get("seen", "")))


class TaskDoneView(_Entry):
    title = "登记任务完成"
    done = "已完成"

    @property
    def lead(self):
        task = self.task()
        return f"{task}（{task.unit.short_name}，期限 {task.due_on:%Y-%m-%d}）。登记后不能修改。"

    def seen(self):
        return self.task().seen

    def form(self, data=None):
        return TaskDoneForm(data, initial={"on": today()})

    def write(self, form):
        seen = self.request.POST.get("seen", "")
        return str(finish_task(self.task(), by=self.request.user, seen=seen, **form.cleaned_data))


class NewProblemView(_Entry):
    title = "报告执行中的问题"
    lead = (
        "发现决策存在问题、客观情况发生重大变化，或者发生不可抗力等严重影响决策目标实现的，"
        "应当及时向决策机关报告（国令713 第三十五条）。"
    )
    button = "报告"
    done = "已报告"
    anchor = "problems"

    def form(self, data=None):
        return ProblemForm(data)

    def write(self, form):
        return str(report_problem(self.file, form.save(commit=False), by=self.request.user))


class ProblemView(_Entry):
    """The head answers for the deciding organ."""

    authority = changes = "decisions.sign"
    title = "答复执行中的问题"
    button = "答复"
    done = "已答复"
    anchor = "problems"

    def problem(self) -> ExecutionProblem:
        return self.found(self.file.execution_problems.all())

    @property
    def lead(self):
        problem = self.problem()
        return f"{problem}（{problem.found_on:%Y-%m-%d} 发现）。{problem.what}"

    def form(self, data=None):
        return ProblemAnswerForm(data)

    def write(self, form):
        return str(answer_problem(self.problem(), by=self.request.user, **form.cleaned_data))


class NewAdjustmentView(_Entry):
    title = "提出执行调整"
    lead = "不改变决策目标、范围和主要措施的调整，说明理由，经负责人批准后生效。"
    button = "提交审批"
    done = "已提交"
    anchor = "adjustments"

    def form(self, data=None):
        return AdjustmentForm(data, decision=self.file)

    def write(self, form):
        return str(ask_adjustment(self.file, form.save(commit=False), by=self.request.user))


class AdjustmentView(_Entry):
    authority = changes = "decisions.sign"
    title = "审批执行调整"
    button = "审批"
    done = "已审批"
    anchor = "adjustments"

    def adjustment(self) -> ExecutionAdjustment:
        rows = self.file.execution_adjustments.filter(kind__in=MINOR_ADJUSTMENTS)
        return self.found(rows.select_related("task", "unit", "asked_by"))

    @property
    def lead(self):
        adjustment = self.adjustment()
        after = "不再实施"
        if adjustment.kind != AdjustmentKind.DROP:
            after = f"{adjustment.what}；{adjustment.unit.short_name}；{adjustment.due_on:%Y-%m-%d} 前"
        before = f"原为：{adjustment.before}。" if adjustment.before else ""
        return (
            f"{adjustment}。{before}调整为：{after}。理由：{adjustment.reason}（{adjustment.asked_by.full_name}提出）"
        )

    def form(self, data=None):
        return ApprovalForm(data)

    def write(self, form):
        return str(decide_adjustment(self.adjustment(), by=self.request.user, **form.cleaned_data))


class RemakeView(_Entry):
    """A major adjustment: a new file, and the old decision rests."""

    authority = changes = "decisions.sign"
    title = "作重大调整，重新决策"
    lead = (
        "依法作出的决策，未经法定程序不得随意变更或者停止执行；需要作出重大调整的，依照规定履行相关法定程序"
        "（国令713 第三十七条）。系统另立一件决策建议，与原决策互相关联，从建议环节重新办理。"
    )
    button = "另立决策建议"
    done = "已立卷"

    def form(self, data=None):
        return RemakeForm(data)

    def write(self, form):
        stop = form.cleaned_data["meanwhile"] == "stop"
        self.successor = decide_anew(self.file, by=self.request.user, reason=form.cleaned_data["reason"], stop=stop)
        return f"案卷号 {self.successor.number}。请核对各项事实。"

    def after(self):
        successor = getattr(self, "successor", None)
        return super().after() if successor is None else case_url(successor)


class DelayView(_Entry):
    """``/staff/cases/<uuid>/decision/delay/``: why a decision that is due is not made yet."""

    title = "说明未按期作出决策的原因"
    lead = (
        "依法应当及时作出决策而久拖不决，造成重大损失、恶劣影响的，倒查责任（国令713 第三十八条）。"
        "说明随久拖不决清单供县级查看，不能修改；情况变化的，再次说明。"
    )
    button = "提交说明"

    def after(self):
        return case_url(self.file)

    def form(self, data=None):
        return DelayForm(data)

    def write(self, form):
        return str(explain_delay(self.file, by=self.request.user, **form.cleaned_data))
