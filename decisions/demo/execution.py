"""A decision under way after its publication: tasks, reports, problems, the county's notes. Demo and tests walk it."""

from datetime import date, timedelta

from decisions.demo.journey import DecisionJourney
from decisions.due_days import keep_due_day
from decisions.executing import answer_problem, finish_task, plan_task, report_problem
from decisions.models import ExecutionProblem, ExecutionTask

# (what, days after the decision by which it is due)
TASKS = (
    ("编制实施方案，落实资金和责任人", 30),
    ("完成前期准备，公布施工和过渡安排", 75),
    ("组织实施并完成验收", 200),
)


def promise(journey: DecisionJourney, due_on: date, basis: str) -> None:
    """The day by which the decision is to be made, and who said so."""
    decision = journey.document
    with journey.on():
        decision.due_on, decision.due_basis = due_on, basis
        decision.save(update_fields=["due_on", "due_basis"])
        keep_due_day(decision, by=journey.cast.clerk)


def plan(journey: DecisionJourney, settle: bool = True) -> None:
    """The tasks of the execution, and by the head's order they hold."""
    decision = journey.document
    with journey.on():
        for what, days in TASKS:
            due_on = min(decision.decided_on + timedelta(days=days), decision.executed_until)
            task = ExecutionTask(what=what, unit=journey.cast.clerk.organisation, due_on=due_on)
            plan_task(decision, task, by=journey.cast.clerk)
        if settle:
            journey._step("settle_plan", journey.cast.head)


def do_tasks(journey: DecisionJourney, *numbers: int) -> None:
    with journey.on():
        for task in journey.document.execution_tasks.filter(number__in=numbers):
            finish_task(task, by=journey.cast.clerk, on=journey.day, result="已按要求完成，有关材料入卷。")


def report(journey: DecisionJourney, is_final: bool = False) -> None:
    with journey.on():
        journey._step(
            "report_execution", journey.cast.clerk, progress="各项任务按计划推进，资金已到位。",
            next_steps="" if is_final else "完成招标，公布施工安排。", is_final=is_final,
        )  # fmt: skip


def tell_problem(journey: DecisionJourney, answered: bool = True) -> ExecutionProblem:
    """Something stands in the way, and the head has answered."""
    with journey.on():
        problem = report_problem(
            journey.document,
            ExecutionProblem(
                kind="circumstances", what="建材价格上涨，一期投资预计超出概算百分之六。", found_on=journey.day
            ),
            by=journey.cast.clerk,
        )
        if answered:
            answer_problem(
                problem, by=journey.cast.head, outcome="go_on", answer="从预备费中列支，不改变改造范围，继续执行。"
            )
    return problem


def follow_up(journey: DecisionJourney, days: int = 15) -> None:
    """The county asks."""
    with journey.on():
        journey._step(
            "follow_up", journey.cast.county_supervisor, demand="请说明一期进度滞后的原因和补救措施。",
            answer_until=journey.day + timedelta(days=days),
        )  # fmt: skip


def answer(journey: DecisionJourney, number: int = 1) -> None:
    with journey.on():
        journey._step("answer_follow_up", journey.cast.clerk, number=number, answer="已增派人员，月底前补足进度。")


def carry_out(journey: DecisionJourney) -> None:
    """All tasks done and the last report on file."""
    plan(journey)
    journey.workday(5)
    do_tasks(journey, *range(1, len(TASKS) + 1))
    report(journey, is_final=True)


def finish(journey: DecisionJourney) -> None:
    """Carried out to the end, from the day after its publication on."""
    journey.workday()
    carry_out(journey)
    journey.workday()
    end(journey)


def halt(journey: DecisionJourney, why: str) -> None:
    """Suspended by the head (art. 35)."""
    with journey.on():
        journey._step("suspend", journey.cast.head, note=why)


def give_up(journey: DecisionJourney, why: str) -> None:
    with journey.on():
        journey._step("stop", journey.cast.head, note=why)


def end(journey: DecisionJourney) -> None:
    with journey.on():
        journey._step("finish_execution", journey.cast.head)
