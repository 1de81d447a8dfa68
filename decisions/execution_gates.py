"""What the law asks of the execution of a decision before it may be reported, finished, stopped or resumed."""

from decisions.gates import LAW
from decisions.vocabulary import TaskState
from portal.workflow.declare import Binding, Gate, Standing, in_progress, met, not_started


def _tasks_listed(decision) -> Standing:
    """At least one, and none due after the day by which the decision is to be carried out."""
    tasks = list(decision.execution_tasks.all())
    if not tasks:
        return not_started("还没有分解任务")
    late = [str(task.number) for task in tasks if decision.executed_until and task.due_on > decision.executed_until]
    if late:
        words = f"{decision.executed_until:%Y-%m-%d}"
        return in_progress(f"第 {'、'.join(late)} 项任务的期限晚于决策的计划完成日期（{words}）")
    return met(f"{len(tasks)} 项任务，均有责任单位和完成期限")


def _planned(decision) -> Standing:
    if decision.plan_settled_on is None:
        return not_started("执行任务还没有下达")
    return met(f"{decision.plan_settled_on:%Y-%m-%d} 下达")


def _tasks_settled(decision) -> Standing:
    """Every task finished or dropped with reason, and no change of one waiting for the head."""
    tasks = list(decision.execution_tasks.all())
    left = [str(task.number) for task in tasks if task.is_open]
    if left:
        return in_progress(f"第 {'、'.join(left)} 项任务还没有完成或者取消")
    if not tasks:
        return not_started("没有任务")
    waiting = decision.execution_adjustments.filter(outcome="").count()
    if waiting:
        return in_progress(f"还有 {waiting} 项执行调整等待审批")
    dropped = sum(task.state == TaskState.DROPPED for task in tasks)
    return met(
        f"{len(tasks)} 项任务均已完成" if not dropped else f"{len(tasks)} 项任务，其中 {dropped} 项经批准不再实施"
    )


def _last_report(decision) -> Standing:
    report = decision.execution_reports.order_by("-number").first()
    if report is None:
        return not_started("还没有执行报告")
    return met(f"{report}，{report.reported_on:%Y-%m-%d}") if report.is_final else in_progress("还没有末次报告")


def _problems_answered(decision) -> Standing:
    problems = decision.execution_problems.all()
    left = sum(problem.answered_at is None for problem in problems)
    if left:
        return in_progress(f"还有 {left} 个问题没有答复")
    return met(f"{len(problems)} 个问题均已答复" if problems else "没有报告问题")


def _follow_ups_answered(decision) -> Standing:
    follow_ups = decision.execution_follow_ups.all()
    left = sum(follow_up.answered_on is None for follow_up in follow_ups)
    if left:
        return in_progress(f"还有 {left} 份督办没有答复")
    return met(f"{len(follow_ups)} 份督办均已答复" if follow_ups else "没有督办")


def open_successor(decision):
    """The new decision by which this one is being changed in earnest; none, or one that came to nothing: ``None``."""
    for adjustment in decision.execution_adjustments.filter(successor__isnull=False).select_related("successor"):
        if adjustment.successor.closed_on is None or adjustment.successor.decided_on is not None:
            return adjustment.successor
    return None


def _not_being_remade(decision) -> Standing:
    successor = open_successor(decision)
    if successor is None:
        return met("没有正在重新决策的事项")
    return in_progress(f"正在重新履行决策程序：{successor.number}（{successor.stage_label}）")


def _gate(code: str, label: str, article: str, standing, remedy: str) -> Gate:
    return Gate(
        code=code, label=label, basis=f"{LAW} {article}", binding=Binding.REFERENCE, standing=standing, remedy=remedy,
        binding_for=lambda decision: decision.binding,
    )  # fmt: skip


TASKS_LISTED = _gate(
    "tasks_listed", "已分解执行任务，明确责任单位和期限", "第三十四条", _tasks_listed, "decisions:execution#tasks"
)
PLANNED = _gate("execution_planned", "执行任务已下达", "第三十四条", _planned, "inside:step/settle_plan")
TASKS_SETTLED = _gate(
    "tasks_settled", "各项任务已完成，或者经批准不再实施", "第三十四条", _tasks_settled, "decisions:execution#tasks"
)
LAST_REPORT = _gate(
    "last_report_on_file", "末次执行报告已提交", "第三十四条", _last_report, "inside:step/report_execution"
)
PROBLEMS_ANSWERED = _gate(
    "problems_answered", "报告的问题均已答复", "第三十五条", _problems_answered, "decisions:execution#problems"
)
FOLLOW_UPS_ANSWERED = _gate(
    "follow_ups_answered", "上级督办均已答复", "第七条", _follow_ups_answered, "decisions:execution#follow-ups"
)
NOT_BEING_REMADE = _gate(
    "not_being_remade", "没有正在重新决策", "第三十七条", _not_being_remade, "decisions:execution#adjustments"
)
