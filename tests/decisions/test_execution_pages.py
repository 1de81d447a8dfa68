"""The pages of the execution: the clerk plans and reports, the head decides, the county reads and asks."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from decisions.demo import execution, texts
from decisions.models import MajorDecision
from portal.indicators.registry import Scope, indicators
from tests.decisions.carried_out import address, body, signed_in, step, undone, walked_once
from tests.decisions.scenarios import walked

once = walked_once()
journey = undone()


def case(journey) -> str:
    return reverse("inside:case", args=[journey.document.public_id])


def register(code: str = "decision-execution", part: str = "", query: str = "") -> str:
    return reverse(f"inside:register{part}", args=[code]) + query


def test_the_clerk_plans_and_the_head_gives_the_tasks_out(journey):
    unit = journey.cast.clerk.organisation.pk
    with journey.on():
        clerk, head = signed_in(journey, "lt_clerk"), signed_in(journey, "lt_head")
        late = journey.document.executed_until + timedelta(days=1)
        refused = clerk.post(address(journey, "new-task"), {"what": "编制方案", "unit": unit, "due_on": late})
        assert refused.status_code == 422
        assert "不能晚于决策的计划完成日期" in body(refused)
        for what in ("编制方案", "多余的任务"):
            task = {"what": what, "unit": unit, "due_on": journey.document.executed_until}
            assert clerk.post(address(journey, "new-task"), task).status_code == 302
        seen = clerk.get(address(journey, "task", 2)).context["seen"]
        clerk.post(address(journey, "task", 2), task | {"struck": "on", "seen": seen})
        seen = clerk.get(address(journey, "task", 1)).context["seen"]
        clerk.post(address(journey, "task", 1), task | {"what": "编制实施方案", "seen": seen})
        assert "编制实施方案" in body(clerk.get(address(journey, "execution")))
        assert "多余的任务" not in body(clerk.get(address(journey, "execution")))
        assert head.post(step(journey, "settle_plan"), {"confirmed": "on"}).status_code == 302
        assert address(journey, "task-done", 1) in body(clerk.get(address(journey, "execution")))
        done = {
            "on": journey.day,
            "result": "已编制。",
            "seen": clerk.get(address(journey, "task-done", 1)).context["seen"],
        }
        assert clerk.post(address(journey, "task-done", 1), done).status_code == 302
        assert "已编制。" in body(clerk.get(address(journey, "execution")))


def test_a_report_is_the_last_one_only_when_no_task_is_left(journey):
    execution.plan(journey)
    with journey.on():
        clerk = signed_in(journey, "lt_clerk")
        answer = clerk.post(
            step(journey, "report_execution"), {"progress": "按计划。", "is_final": "on", "confirmed": "on"}
        )
        assert "还有 3 项任务没有完成或者取消" in body(answer)
        answer = clerk.post(step(journey, "report_execution"), {"progress": "按计划。", "confirmed": "on"})
        assert "请填写下一步安排" in body(answer)
        words = {"progress": "按计划推进。", "next_steps": "招标。", "confirmed": "on"}
        assert clerk.post(step(journey, "report_execution"), words).status_code == 302
        assert "按计划推进。" in body(clerk.get(address(journey, "execution")))


def test_problems_and_changes_go_from_the_clerk_to_the_head_and_back(journey):
    execution.plan(journey)
    with journey.on():
        clerk, head = signed_in(journey, "lt_clerk"), signed_in(journey, "lt_head")
        problem = {"kind": "force_majeure", "found_on": journey.day, "what": "山洪冲毁路基。"}
        assert clerk.post(address(journey, "new-problem"), problem).status_code == 302
        assert clerk.post(address(journey, "problem", 1), {}).status_code == 403
        answer = {"outcome": "minor", "answer": "先修路基，工期顺延。"}
        assert head.post(address(journey, "problem", 1), answer).status_code == 302
        assert head.post(address(journey, "problem", 1), answer).status_code == 409

        first = journey.document.execution_tasks.get(number=1)
        change = {"kind": "change", "task": first.pk, "reason": "路基须先修复。"}
        assert "请填写调整后的内容、责任单位或者期限" in body(clerk.post(address(journey, "new-adjustment"), change))
        assert "请选择要调整的任务" in body(clerk.post(address(journey, "new-adjustment"), change | {"task": ""}))
        assert "增加任务的，请填写任务内容" in body(
            clerk.post(address(journey, "new-adjustment"), change | {"kind": "add", "task": ""})
        )
        later = journey.document.executed_until
        assert clerk.post(address(journey, "new-adjustment"), change | {"due_on": later}).status_code == 302
        again = clerk.post(address(journey, "new-adjustment"), change | {"due_on": later})
        assert again.status_code in (409, 422)
        assert "等待审批" in body(again)
        assert first.what in body(head.get(address(journey, "adjustment", 1)))
        assert clerk.post(address(journey, "adjustment", 1), {"outcome": "approved"}).status_code == 403
        assert head.post(address(journey, "adjustment", 1), {"outcome": "approved"}).status_code == 302
    first.refresh_from_db()
    assert first.due_on == later


def test_the_head_opens_the_new_decision_and_both_files_show_the_other(journey):
    with journey.on():
        head = signed_in(journey, "lt_head")
        assert signed_in(journey, "lt_clerk").post(address(journey, "remake"), {}).status_code == 403
        answer = head.post(address(journey, "remake"), {"reason": "线路须整体调整。", "meanwhile": "suspend"})
        new = MajorDecision.objects.latest("id")
        assert answer.url == reverse("inside:case", args=[new.public_id])
        assert journey.document.title in body(head.get(answer.url))
        old = body(head.get(case(journey)))
        assert new.title in old
        assert "中止执行" in old
        assert answer.url in body(head.get(address(journey, "execution")))
        county = body(signed_in(journey, "county_supervisor").get(address(journey, "execution")))
        assert new.title in county
        assert answer.url not in county


def test_the_county_reads_the_execution_and_leaves_a_note_that_the_clerk_answers(journey):
    execution.plan(journey)
    with journey.on():
        county = signed_in(journey, "county_supervisor")
        assert journey.document.title in body(county.get(register()))
        page = county.get(address(journey, "execution"))
        assert step(journey, "follow_up") in body(page)
        assert address(journey, "new-adjustment") not in body(page)
        past = county.post(step(journey, "follow_up"), {"demand": "请说明。", "answer_until": journey.day})
        assert "答复期限应当晚于今天" in body(past)
        until = journey.day + timedelta(days=10)
        answer = county.post(step(journey, "follow_up"), {"demand": "请说明进度。", "answer_until": until})
        assert answer.status_code == 302
        assert journey.document.title in body(county.get(register(query="?attention=follow_up")))
        clerk = signed_in(journey, "lt_clerk")
        assert "请说明进度。" in body(clerk.get(step(journey, "answer_follow_up")))
        words = {"number": "1", "answer": "进度正常。"}
        assert clerk.post(step(journey, "answer_follow_up"), words).status_code == 302
        assert "进度正常。" in body(county.get(address(journey, "execution")))
        assert journey.document.title not in body(county.get(register(query="?attention=follow_up")))


@pytest.mark.parametrize("who", ["county_reviewer", "lt_head"])
def test_only_the_supervisor_leaves_a_note(journey, who):
    with journey.on():
        until = journey.day + timedelta(days=10)
        answer = signed_in(journey, who).post(step(journey, "follow_up"), {"demand": "说明。", "answer_until": until})
    assert answer.status_code == 403
    assert not journey.document.execution_follow_ups.exists()


def test_another_town_finds_nothing(journey):
    execution.plan(journey)
    with journey.on():
        stranger = signed_in(journey, "qh_clerk")
        for name, more in (("execution", ()), ("new-task", ()), ("task-done", (1,)), ("delay", ())):
            assert stranger.get(address(journey, name, *more)).status_code == 404
        assert journey.document.title not in body(stranger.get(register()))
        assert signed_in(journey, "qh_head").get(address(journey, "remake")).status_code == 404


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [("?attention=report", True), ("?attention=task", True), ("?attention=problem", True), ("?stage=executed", False)],
)
def test_the_register_finds_what_is_late_and_what_waits(journey, query, is_listed):
    execution.plan(journey)
    execution.tell_problem(journey, answered=False)
    journey.day += timedelta(days=100)
    with journey.on():
        shown = body(signed_in(journey, "lt_clerk").get(register(query=query)))
    assert (journey.document.title in shown) is is_listed


def test_nobody_owes_a_task_while_the_decision_is_suspended(journey):
    execution.plan(journey)
    journey.day += timedelta(days=100)
    execution.halt(journey, "汛情紧急。")
    with journey.on():
        clerk = signed_in(journey, "lt_clerk")
        page = body(clerk.get(address(journey, "execution")))
        listed = body(clerk.get(register(query="?attention=task")))
        ledger = body(clerk.get(register(query="?stage=suspended")))
    assert "逾期" not in page
    assert "中止执行" in page
    assert journey.document.title not in listed
    assert journey.document.title in ledger
    assert "逾期" not in ledger.split("<tbody")[1]


def test_the_ledger_and_its_export_name_steps_days_unit_and_state(journey):
    execution.plan(journey)
    execution.do_tasks(journey, 1)
    with journey.on():
        exported = signed_in(journey, "lt_clerk").get(register("decisions", "-export"))
    rows = list(load_workbook(BytesIO(exported.content)).worksheets[0].iter_rows(values_only=True))
    line = dict(zip(rows[0], rows[1], strict=True))
    decision = journey.document
    assert line["执行情况"] == "执行，任务 1/3"
    assert line["执行单位"] == decision.executing_unit.short_name
    for column, code in (("公众参与", "open_participation"), ("合法性审查", "issue_opinion"), ("集体讨论", "adopt")):
        day = decision.transition_records.get(code=code).occurred_at.date()
        assert str(line[column])[:10] == day.isoformat()
    assert str(line["决策日期"])[:10] == decision.decided_on.isoformat()
    assert line["专家论证"] is None


def test_the_case_page_says_what_is_due_next(journey):
    execution.plan(journey)
    with journey.on():
        shown = body(signed_in(journey, "lt_clerk").get(case(journey)))
    assert execution.TASKS[0][0] in shown
    assert "下次报告" in shown
    assert address(journey, "execution") in shown


def rate(journey, code: str):
    with journey.on():
        return indicators[code].compute(Scope.of_year(journey.cast.town, journey.day.year))


def test_rates_count_what_was_due_and_name_what_was_late(journey):
    execution.plan(journey)
    assert rate(journey, "decisions.tasks_on_time").value is None
    execution.do_tasks(journey, 1)
    journey.day = journey.document.execution_tasks.get(number=2).due_on + timedelta(days=1)
    tasks = rate(journey, "decisions.tasks_on_time")
    assert (tasks.value, tasks.of) == (50, 2)
    assert tasks.short.get().pk == journey.document.pk
    journey.day = journey.document.deadlines.open().get(code="mad_execution_report").effective_end
    assert rate(journey, "decisions.reports_on_time").value is None
    journey.day += timedelta(days=1)
    assert rate(journey, "decisions.reports_on_time").value == 0
    execution.report(journey)
    assert rate(journey, "decisions.reports_on_time").value == 0


def test_the_figure_of_finished_decisions_goes_by_the_day_of_the_end(journey):
    execution.carry_out(journey)
    assert rate(journey, "decisions.executed").value == 0
    execution.end(journey)
    assert rate(journey, "decisions.executed").value == 1


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_pages_ask_as_often_for_many_rows_as_for_few(journey):
    execution.plan(journey)
    execution.tell_problem(journey)
    execution.follow_up(journey)
    execution.report(journey)
    pages = [
        case(journey),
        address(journey, "execution"),
        register(),
        register("decisions"),
        register("decisions-pending"),
    ]
    with journey.on():
        clerk = signed_in(journey, "lt_clerk")
        for path in pages:
            clerk.get(path)
        before = [queries(clerk, path) for path in pages]
    for _ in range(3):
        execution.tell_problem(journey)
        execution.follow_up(journey)
        execution.report(journey)
        _another(journey)
    walked(journey.world, "publish", texts.waterworks, secret=True)
    with journey.on():
        assert [queries(clerk, path) for path in pages] == before


def _another(journey) -> None:
    """One more decision on each list."""
    other = type(journey)(journey.cast, journey.text, journey.day)
    other.propose()
    execution.promise(other, journey.day + timedelta(days=5), "承诺")
