"""A published decision is carried out by tasks, reported on by periods, and changed only by procedure."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from decisions.demo import execution
from decisions.executing import ask_adjustment, decide_adjustment, decide_anew, finish_task, plan_task, report_problem
from decisions.models import ExecutionAdjustment, ExecutionProblem, ExecutionTask
from decisions.switches import REPORT_PERIOD
from portal.casefiles.models import FileLink
from portal.deadlines.arithmetic import add_months
from portal.deadlines.models import Deadline
from portal.notifications.models import Notification
from portal.organisations.models import PolicySetting
from portal.workflow.models import WorkItem
from portal.workflow.refusals import GatesNotMet, NotAuthorised, StageConflict, StepRefused
from tests.decisions.carried_out import undone, walked_once

once = walked_once()
journey = undone()


def owed(journey) -> Deadline:
    return journey.document.deadlines.open().get(code="mad_execution_report")


def task(journey, number: int = 1) -> ExecutionTask:
    return journey.document.execution_tasks.get(number=number)


def change(journey, **values) -> ExecutionAdjustment:
    """The clerk asks for a later day of the first task."""
    first = task(journey)
    values = {
        "kind": "change", "task": first, "what": first.what, "unit": first.unit,
        "due_on": first.due_on + timedelta(days=20), "reason": "雨季影响施工。",
    } | values  # fmt: skip
    with journey.on():
        return ask_adjustment(journey.document, ExecutionAdjustment(**values), by=journey.cast.clerk)


def test_from_publication_on_a_report_is_owed_each_quarter(journey):
    assert owed(journey).effective_end == add_months(journey.document.published_on, 3)
    assert owed(journey).citation.startswith("《重大行政决策程序暂行条例》")


def test_the_region_says_how_long_a_period_is_from_the_next_one_on(journey):
    execution.plan(journey)
    PolicySetting.objects.create(
        organisation=journey.world.county, code=REPORT_PERIOD.code, value="1", valid_from=date(2018, 1, 1),
        basis="测试", set_by_name="测试",
    )  # fmt: skip
    first = owed(journey).effective_end
    journey.workday(10)
    execution.report(journey)
    assert owed(journey).effective_end == add_months(first, 1)


def test_no_report_before_the_tasks_are_given_out(journey):
    with pytest.raises(GatesNotMet, match="执行任务已下达"):
        execution.report(journey)


def test_a_late_report_says_by_how_much_and_the_next_one_is_due_as_it_was(journey):
    execution.plan(journey)
    due = owed(journey).effective_end
    journey.day = due + timedelta(days=12)
    execution.report(journey)
    report = journey.document.execution_reports.get()
    assert report.late_days == 12
    assert [entry["state"] for entry in report.tasks] == ["进行中"] * 3
    assert report.tasks[0]["late_days"] > 0
    assert owed(journey).effective_end == add_months(due, 3)


def test_two_early_reports_do_not_meet_a_clock_that_has_not_begun(journey):
    execution.plan(journey)
    execution.report(journey)
    journey.workday()
    execution.report(journey)
    assert [report.number for report in journey.document.execution_reports.all()] == [2, 1]


def test_the_worklist_shows_the_clerk_the_report_that_is_due(journey):
    item = WorkItem.objects.get(file_id=journey.document.pk, closed_at__isnull=True, authority="decisions.draft")
    assert item.deadline == owed(journey)
    execution.plan(journey)
    execution.report(journey)
    item.refresh_from_db()
    assert item.deadline == owed(journey)
    assert item.closed_at is None


def test_a_report_stays_as_it_was(journey):
    execution.plan(journey)
    execution.report(journey)
    with pytest.raises(DatabaseError), transaction.atomic():
        journey.document.execution_reports.update(progress="改写")


def test_tasks_are_planned_freely_until_they_are_given_out(journey):
    execution.plan(journey, settle=False)
    changed = task(journey)
    changed.what = "编制方案"
    with journey.on():
        plan_task(journey.document, changed, by=journey.cast.clerk, seen=task(journey).seen)
        with pytest.raises(StepRefused, match="已由他人修改"):
            plan_task(journey.document, changed, by=journey.cast.clerk, seen="x")
        with pytest.raises(StepRefused, match="还没有下达"):
            finish_task(task(journey), by=journey.cast.clerk, on=journey.day, result="完成。")
        journey._step("settle_plan", journey.cast.head)
        with pytest.raises(StepRefused, match="提出执行调整"):
            plan_task(journey.document, changed, by=journey.cast.clerk)
        with pytest.raises(StageConflict):
            journey._step("settle_plan", journey.cast.head)


def test_a_task_later_than_the_decision_allows_is_not_given_out(journey):
    execution.plan(journey, settle=False)
    journey.document.execution_tasks.filter(number=3).update(due_on=journey.document.executed_until + timedelta(days=1))
    with pytest.raises(GatesNotMet) as refusal, journey.on():
        journey._step("settle_plan", journey.cast.head)
    assert "第 3 项任务的期限晚于" in refusal.value.missing[0].explain


def test_a_task_is_done_once_on_a_day_that_has_come(journey):
    execution.plan(journey)
    with journey.on(), pytest.raises(StepRefused, match="不能晚于今天"):
        finish_task(task(journey), by=journey.cast.clerk, on=journey.day + timedelta(days=1), result="完成。")
    execution.do_tasks(journey, 1)
    with journey.on(), pytest.raises(StepRefused, match="已完成"):
        finish_task(task(journey), by=journey.cast.clerk, on=journey.day, result="完成。")


def test_a_minor_change_holds_only_when_somebody_else_has_approved_it(journey):
    execution.plan(journey)
    before = task(journey).due_on
    adjustment = change(journey)
    assert task(journey).due_on == before
    with journey.on():
        with pytest.raises(StepRefused, match="正在审批"):
            finish_task(task(journey), by=journey.cast.clerk, on=journey.day, result="完成。")
        with pytest.raises(StepRefused, match="不能自己审批"):
            decide_adjustment(adjustment, by=journey.cast.clerk, outcome="approved")
        decide_adjustment(adjustment, by=journey.cast.head, outcome="approved")
        with pytest.raises(StepRefused, match="已经审批"):
            decide_adjustment(adjustment, by=journey.cast.head, outcome="refused", words="不同意。")
    assert task(journey).due_on == before + timedelta(days=20)
    adjustment.refresh_from_db()
    assert before.isoformat() in adjustment.before
    with pytest.raises(DatabaseError), transaction.atomic():
        journey.document.execution_adjustments.update(reason="改写")


def test_a_refused_change_says_why_and_changes_nothing(journey):
    execution.plan(journey)
    before = task(journey).seen
    adjustment = change(journey)
    with journey.on():
        with pytest.raises(StepRefused, match="请说明理由"):
            decide_adjustment(adjustment, by=journey.cast.head, outcome="refused")
        decide_adjustment(adjustment, by=journey.cast.head, outcome="refused", words="雨季可以室内施工。")
    assert task(journey).seen == before


def test_a_task_is_dropped_or_added_only_by_an_approved_change(journey):
    execution.plan(journey)
    dropped = change(journey, kind="drop", what="", unit=None, due_on=None, reason="县里统一实施。")
    added = change(journey, kind="add", task=None, what="补充公示", due_on=journey.document.executed_until)
    with journey.on():
        for adjustment in (dropped, added):
            decide_adjustment(adjustment, by=journey.cast.head, outcome="approved")
    assert task(journey).state == "dropped"
    assert task(journey).result == "县里统一实施。"
    assert task(journey).late_days(date(2030, 1, 1)) == 0
    assert task(journey, 4).what == "补充公示"


def test_a_problem_reaches_the_head_and_keeps_the_execution_open_until_it_is_answered(journey):
    execution.plan(journey)
    execution.do_tasks(journey, 1, 2, 3)
    execution.report(journey, is_final=True)
    execution.tell_problem(journey, answered=False)
    assert Notification.objects.filter(reader=journey.cast.head, subject__startswith="决策执行中的问题").exists()
    with pytest.raises(GatesNotMet, match="问题均已答复"):
        execution.end(journey)


def test_an_answered_problem_stays_as_it_is(journey):
    execution.tell_problem(journey)
    with pytest.raises(DatabaseError), transaction.atomic():
        journey.document.execution_problems.update(answer="改写")


def test_the_execution_ends_with_its_last_report_and_the_file_stays_open_for_the_archive(journey):
    execution.plan(journey)
    execution.do_tasks(journey, 1, 2, 3)
    with pytest.raises(GatesNotMet, match="末次执行报告"):
        execution.end(journey)
    execution.report(journey, is_final=True)
    assert not journey.document.deadlines.open().exists()
    with pytest.raises(StageConflict):
        execution.report(journey)
    execution.end(journey)
    assert journey.document.stage == "executed"
    assert journey.document.executed_on == journey.day
    assert not journey.document.is_closed
    left = WorkItem.objects.filter(file_id=journey.document.pk, closed_at__isnull=True)
    assert [item.stage_label for item in left] == ["执行完毕"]  # it waits for the archive


def test_while_it_is_suspended_no_report_is_owed_and_then_a_full_period_again(journey):
    with journey.on():
        journey._step("suspend", journey.cast.head, note="汛情紧急。")
    assert not journey.document.deadlines.open().exists()
    journey.workday(20)
    with journey.on():
        journey._step("resume", journey.cast.head, note="汛情解除。")
    assert owed(journey).effective_end == add_months(journey.day, 3)


@pytest.mark.parametrize(("stop", "stage"), [(False, "suspended"), (True, "stopped")])
def test_a_major_change_is_a_new_decision_by_the_whole_procedure(journey, stop, stage):
    with journey.on():
        new = decide_anew(journey.document, by=journey.cast.head, reason="线路须整体调整。", stop=stop)
    old = type(new).objects.get(pk=journey.document.pk)
    assert (new.stage, old.stage) == ("proposed", stage)
    assert (new.draft_text, new.handling_unit) == (old.draft_text, old.handling_unit)
    assert (new.document_number, new.lawful_review) == ("", None)
    assert FileLink.objects.filter(source=new, target=old, kind=FileLink.Kind.REPLACES).exists()
    assert old.execution_adjustments.get().successor == new
    assert new.number in old.last_record().note


def test_what_is_being_decided_anew_does_not_go_on_meanwhile_but_may_when_nothing_comes_of_it(journey):
    with journey.on():
        new = decide_anew(journey.document, by=journey.cast.head, reason="线路须整体调整。")
        with pytest.raises(StepRefused, match="已经重新立项"):
            decide_anew(journey.document, by=journey.cast.head, reason="再次。")
        with pytest.raises(GatesNotMet, match="没有正在重新决策"):
            journey._step("resume", journey.cast.head, note="恢复。")
        rest, journey.document = journey.document, new
        journey._step("decline", journey.cast.head, proposal_answer="条件不成熟。")
        journey.document = rest
        journey._step("resume", journey.cast.head, note="恢复。")
    assert journey.document.stage == "execution"


def test_only_who_signs_decisions_decides_anew(journey):
    with journey.on(), pytest.raises(NotAuthorised):
        decide_anew(journey.document, by=journey.cast.clerk, reason="线路须整体调整。")


def test_the_county_asks_and_the_town_must_answer_before_the_end(journey):
    execution.carry_out(journey)
    execution.follow_up(journey)
    item = WorkItem.objects.get(file_id=journey.document.pk, closed_at__isnull=True, authority="decisions.draft")
    assert item.deadline.code == "mad_follow_up"
    assert Notification.objects.filter(reader=journey.cast.clerk, subject__startswith="决策执行督办").exists()
    with pytest.raises(GatesNotMet, match="督办均已答复"):
        execution.end(journey)
    journey.workday()
    execution.answer(journey)
    assert Notification.objects.filter(reader=journey.cast.county_supervisor, subject__startswith="督办已答复").exists()
    with journey.on(), pytest.raises(StageConflict):
        journey._step("answer_follow_up", journey.cast.clerk, number=1, answer="再答。")
    execution.end(journey)


def test_of_a_report_and_an_answer_the_worklist_shows_what_falls_due_first(journey):
    item = WorkItem.objects.get(file_id=journey.document.pk, closed_at__isnull=True, authority="decisions.draft")
    execution.follow_up(journey, days=200)
    item.refresh_from_db()
    assert item.deadline == owed(journey)
    execution.follow_up(journey, days=5)
    item.refresh_from_db()
    assert item.deadline.about == "第 2 次督办"


def test_of_two_notes_each_is_answered_by_its_number(journey):
    execution.follow_up(journey)
    execution.follow_up(journey, days=30)
    execution.answer(journey, 2)
    assert journey.document.deadlines.open().get(code="mad_follow_up").about == "第 1 次督办"
    with pytest.raises(StepRefused, match="已经答复"):
        execution.answer(journey, 2)
    execution.answer(journey, 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        journey.document.execution_follow_ups.update(answer="改写")


def test_a_town_does_not_stop_a_decision_over_an_unanswered_note(journey):
    execution.follow_up(journey)
    with journey.on(), pytest.raises(GatesNotMet, match="督办均已答复"):
        journey._step("stop", journey.cast.head, note="停止。")


def test_nothing_is_written_about_the_execution_after_its_end(journey):
    execution.carry_out(journey)
    execution.end(journey)
    late = ExecutionProblem(kind="flawed", what="有问题。", found_on=journey.day)
    with journey.on(), pytest.raises(StepRefused, match="不在执行中"):
        report_problem(journey.document, late, by=journey.cast.clerk)
