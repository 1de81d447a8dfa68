"""Carrying a decision out: its tasks, the problems reported on the way, and adjustments, minor and major.

Law: 国令713 arts. 34 (executing unit and reports), 35 (problems), 37 (adjustments). Reports, the county's notes and the
end are steps of the workflow.
"""

from datetime import date

from django.db import transaction
from django.db.models import Max

from decisions.execution_gates import open_successor
from decisions.models import ExecutionAdjustment, ExecutionProblem, ExecutionTask, MajorDecision
from decisions.proposing import propose_anew
from decisions.vocabulary import AdjustmentKind, Approval, ProblemOutcome, Proposer, TaskState
from decisions.workflow import Stage
from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import now, today
from portal.notifications.messages import notify
from portal.workflow.perform import perform
from portal.workflow.refusals import StepRefused

PLANNED = verbs.declare("decisions.task_planned", "分解执行任务")
DONE = verbs.declare("decisions.task_done", "完成执行任务")
PROBLEM = verbs.declare("decisions.problem_reported", "报告执行中的问题")
ANSWERED = verbs.declare("decisions.problem_answered", "答复执行中的问题")
ASKED = verbs.declare("decisions.adjustment_asked", "提出执行调整")
DECIDED = verbs.declare("decisions.adjustment_decided", "审批执行调整")
REMADE = verbs.declare("decisions.remade", "作重大调整，重新决策")

PLANNED_IN = (Stage.PUBLICATION, Stage.EXECUTION)
CARRIED_OUT = (Stage.EXECUTION, Stage.SUSPENDED)

# What a decision made anew takes over from the old one; the procedure itself is gone through again.


def _held(decision: MajorDecision, stages: tuple, refusal: str) -> MajorDecision:
    """Locked; :raises StepRefused: in another stage."""
    rows = MajorDecision.objects.select_for_update(of=("self",)).select_related("organisation")
    held = rows.get(pk=decision.pk)
    if held.stage not in stages:
        raise StepRefused(refusal)
    return held


def _in_execution(decision: MajorDecision) -> MajorDecision:
    return _held(decision, CARRIED_OUT, "决策不在执行中，不能办理。")


def _next(rows) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _plannable(decision: MajorDecision) -> MajorDecision:
    held = _held(decision, PLANNED_IN, "任务在决策作出之后、执行中分解，现在不能登记。")
    if held.plan_settled_on is not None:
        raise StepRefused("执行任务已经下达；修改、增加或者取消任务，请提出执行调整。")
    return held


def _locked(task: ExecutionTask, seen: str | None = None) -> ExecutionTask:
    held = ExecutionTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if seen is not None and seen != held.seen:
        raise StepRefused("这项任务刚刚已由他人修改。您填写的内容没有保存，请核对后再改。")
    return held


@transaction.atomic
def plan_task(decision: MajorDecision, task: ExecutionTask, *, by, seen: str | None = None) -> ExecutionTask:
    """Keep a task of the plan; ``task`` is a new row or a changed one, filled and cleaned by its form.

    :param seen: ``task.seen`` as the person saw it; another text since then is a conflict.
    :raises StepRefused: the plan is settled, or somebody was faster.
    """
    held = _plannable(decision)
    if task.pk is None:
        task.decision, task.number, task.entered_by = held, _next(held.execution_tasks), by
    else:
        _locked(task, seen)
    task.save()
    record(PLANNED, by=by, file=held, summary=f"{task}；{task.unit.short_name}，{task.due_on:%Y-%m-%d} 前")
    return task


@transaction.atomic
def strike_task(task: ExecutionTask, *, by) -> None:
    """Take a task out of a plan that is not settled yet; the record keeps it. :raises StepRefused: it is settled."""
    held = _plannable(task.decision)
    record(PLANNED, by=by, file=held, summary=f"删去{_locked(task)}")
    task.delete()


@transaction.atomic
def finish_task(task: ExecutionTask, *, by, on: date, result: str, seen: str | None = None) -> ExecutionTask:
    """The task is done on that day. :raises StepRefused: not given out, not open, being changed, or a wrong day."""
    held = _in_execution(task.decision)
    task = _locked(task, seen)
    if held.plan_settled_on is None:
        raise StepRefused("执行任务还没有下达。")
    if not task.is_open:
        raise StepRefused(f"这项任务{task.get_state_display()}。")
    if task.adjustments.filter(outcome="").exists():
        raise StepRefused("这项任务的调整正在审批，请先办理调整。")
    if not held.decided_on <= on <= today():
        raise StepRefused("完成日期应当在决策日期之后，不能晚于今天。")
    task.state, task.settled_on, task.result = TaskState.DONE, on, result.strip()
    task.save(update_fields=["state", "settled_on", "result"])
    late = task.late_days(on)
    record(DONE, by=by, file=held, summary=f"{task}" + (f"，逾期 {late} 日" if late else ""))
    return task


@transaction.atomic
def report_problem(decision: MajorDecision, problem: ExecutionProblem, *, by) -> ExecutionProblem:
    """Tell the deciding organ at once what is wrong with the decision or stands in its way (art. 35).

    :raises StepRefused: the decision is not being carried out.
    """
    held = _in_execution(decision)
    problem.decision, problem.number = held, _next(held.execution_problems)
    problem.reported_by, problem.reported_at = by, now()
    problem.save()
    record(PROBLEM, by=by, file=held, summary=f"{problem}：{problem.what[:200]}")
    notify(
        holders("decisions.sign", held.organisation), f"决策执行中的问题：{held.title}", problem.what, file=held,
        key=f"execution-problem:{problem.pk}",
    )  # fmt: skip
    return problem


@transaction.atomic
def answer_problem(problem: ExecutionProblem, *, by, outcome: str, answer: str) -> ExecutionProblem:
    """The organ says what is to be done about it. :raises StepRefused: it has said so, or the execution is over."""
    held = _in_execution(problem.decision)
    problem = ExecutionProblem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    if problem.answered_at is not None:
        raise StepRefused("这个问题已经答复。")
    problem.outcome, problem.answer = ProblemOutcome(outcome), answer.strip()
    problem.answered_by, problem.answered_at = by, now()
    problem.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    record(ANSWERED, by=by, file=held, summary=f"{problem}：{problem.get_outcome_display()}，{problem.answer[:200]}")
    notify([problem.reported_by], f"问题已答复：{held.title}", problem.answer, file=held)
    return problem


@transaction.atomic
def ask_adjustment(decision: MajorDecision, adjustment: ExecutionAdjustment, *, by) -> ExecutionAdjustment:
    """Ask for a minor change of the plan, with the reason; the head decides.

    :raises StepRefused: nothing is given out yet, the task is settled, or a change of it is waiting already.
    """
    held = _in_execution(decision)
    if held.plan_settled_on is None:
        raise StepRefused("执行任务还没有下达，可以直接修改。")
    if not _reporting_goes_on(held):
        raise StepRefused("末次报告已经提交，不能再调整。")
    if adjustment.task is not None:
        task = adjustment.task = _locked(adjustment.task)
        if not task.is_open:
            raise StepRefused(f"这项任务{task.get_state_display()}，不能调整。")
        if task.adjustments.filter(outcome="").exists():
            raise StepRefused("这项任务已有一项调整等待审批。")
        adjustment.before = f"{task.what}；{task.unit.short_name}；{task.due_on:%Y-%m-%d} 前"
    adjustment.decision, adjustment.number = held, _next(held.execution_adjustments)
    adjustment.asked_by, adjustment.asked_at = by, now()
    adjustment.save()
    record(ASKED, by=by, file=held, summary=f"{adjustment}，{adjustment.reason[:200]}")
    notify(
        holders("decisions.sign", held.organisation), f"执行调整待审批：{held.title}", adjustment.reason, file=held,
        key=f"execution-adjustment:{adjustment.pk}",
    )  # fmt: skip
    return adjustment


def _reporting_goes_on(decision: MajorDecision) -> bool:
    return not decision.execution_reports.filter(is_final=True).exists()


@transaction.atomic
def decide_adjustment(adjustment: ExecutionAdjustment, *, by, outcome: str, words: str = "") -> ExecutionAdjustment:
    """Approve a minor change, which then holds, or refuse it.

    :raises StepRefused: decided already, by whoever asked for it, or refused without a reason.
    """
    held = _in_execution(adjustment.decision)
    adjustment = ExecutionAdjustment.objects.select_for_update(of=("self",)).get(pk=adjustment.pk)
    if adjustment.outcome:
        raise StepRefused("这项调整已经审批。")
    if adjustment.asked_by_id == by.pk:
        raise StepRefused("提出调整的人不能自己审批。")
    if outcome == Approval.REFUSED and not words.strip():
        raise StepRefused("不同意的，请说明理由。")
    if outcome == Approval.APPROVED:
        _carry_out(adjustment, held)
    adjustment.outcome, adjustment.words = Approval(outcome), words.strip()
    adjustment.decided_by, adjustment.decided_at = by, now()
    adjustment.save()
    record(DECIDED, by=by, file=held, summary=f"{adjustment}：{adjustment.get_outcome_display()}")
    notify([adjustment.asked_by], f"执行调整已审批：{held.title}", adjustment.get_outcome_display(), file=held)
    return adjustment


def _carry_out(adjustment: ExecutionAdjustment, decision: MajorDecision) -> None:
    if adjustment.kind == AdjustmentKind.ADD:
        adjustment.task = ExecutionTask.objects.create(
            decision=decision, number=_next(decision.execution_tasks), what=adjustment.what, unit=adjustment.unit,
            due_on=adjustment.due_on, entered_by=adjustment.asked_by,
        )  # fmt: skip
        return
    task = _locked(adjustment.task)
    if adjustment.kind == AdjustmentKind.DROP:
        task.state, task.settled_on, task.result = TaskState.DROPPED, today(), adjustment.reason
    else:
        task.what, task.unit, task.due_on = adjustment.what, adjustment.unit, adjustment.due_on
    task.save()


@transaction.atomic
def decide_anew(decision: MajorDecision, *, by, reason: str, stop: bool = False) -> MajorDecision:
    """A major adjustment repeats the procedure (art. 37): a new proposal, linked to the old decision, which rests.

    :param stop: end the old decision at once; otherwise it is suspended until the new one is made.
    :returns: the new decision, filled with what stays the same.
    :raises StepRefused: not being carried out, being made anew already, or the old one can't be stopped yet.
    :raises NotAuthorised: only who signs decisions may start this.
    """
    held = _in_execution(decision)
    if (begun := open_successor(held)) is not None:
        raise StepRefused(f"已经重新立项：{begun.number}。")
    successor = propose_anew(
        held, by=by, authority="decisions.sign", proposer_kind=Proposer.LEADER, proposer=by.full_name,
        problem=reason.strip(), outline="按国令713 第三十七条重新履行决策程序。",
        grounds=f"原决策 {held.document_number}（{held.decided_on:%Y-%m-%d}）执行中须作重大调整。",
    )  # fmt: skip
    adjustment = ExecutionAdjustment.objects.create(
        decision=held, number=_next(held.execution_adjustments), kind=AdjustmentKind.MAJOR, reason=reason.strip(),
        asked_by=by, asked_at=now(), outcome=Approval.APPROVED, decided_by=by, decided_at=now(), successor=successor,
    )  # fmt: skip
    record(REMADE, by=by, file=held, summary=f"{adjustment}：{successor.number}，{reason.strip()[:200]}")
    note = f"作重大调整，重新决策：{successor.number}。{reason.strip()}"
    if stop:
        perform(held, "stop", by=by, note=note)
    elif held.stage == Stage.EXECUTION:
        perform(held, "suspend", by=by, note=note)
    return successor
