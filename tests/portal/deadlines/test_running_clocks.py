"""Clocks on a file: started by a legal event, stopped, suspended, extended; every act in the audit."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from portal.audit.models import AuditEntry
from portal.deadlines.clocks import (
    ClockError,
    cancel_clock,
    extend,
    lapse_clock,
    restart_clock,
    resume,
    start_clock,
    stop_clock,
    suspend,
)
from portal.deadlines.counting import BadPeriod, NoLawfulExtension, NoLawfulSuspension
from portal.deadlines.limits import LimitNotInForce, NoRuleOnDay
from portal.deadlines.models import Deadline

START = date(2026, 9, 18)


def test_a_clock_keeps_the_rule_as_it_stood(cast):
    clock = start_clock(cast.file, "nd_filing", date(2026, 9, 20), cast.clerk)
    clock.refresh_from_db()
    assert (clock.nominal_end, clock.effective_end, clock.act_by) == (
        date(2026, 10, 5),
        date(2026, 10, 8),
        date(2026, 9, 30),
    )
    assert clock.limit.length == 15
    assert "地方示例" in clock.citation
    assert clock.steps


def test_the_same_clock_does_not_run_twice(cast):
    start_clock(cast.file, "foi_reply", START, cast.clerk)
    with pytest.raises(ClockError, match="不能重复起算"):
        start_clock(cast.file, "foi_reply", START, cast.clerk)


def test_several_third_parties_each_have_their_clock(cast):
    for name in ("甲公司", "乙公司"):
        start_clock(cast.file, "foi_third_party", START, cast.clerk, about=name)
    assert stop_clock(cast.file, "foi_third_party", date(2026, 9, 28), cast.clerk, about="甲公司").about == "甲公司"
    assert Deadline.objects.open().get().about == "乙公司"


def test_a_limit_that_is_off_starts_no_clock(cast):
    with pytest.raises(LimitNotInForce):
        start_clock(cast.file, "foi_fee_pay", START, cast.clerk)
    with pytest.raises(NoRuleOnDay):
        start_clock(cast.file, "foi_reply", date(2019, 5, 14), cast.clerk)
    assert not Deadline.objects.exists()


def test_done_in_time_and_done_late_are_told_apart(cast):
    start_clock(cast.file, "foi_reply", START, cast.clerk)
    met = stop_clock(cast.file, "foi_reply", date(2026, 10, 22), cast.clerk)
    assert (met.state, met.finished_late_by, met.lamp(date(2027, 1, 5)).text) == ("met", 0, "已办结")
    start_clock(cast.file, "arl_reply_normal", date(2026, 9, 28), cast.clerk)
    late = stop_clock(cast.file, "arl_reply_normal", date(2026, 10, 20), cast.clerk)
    assert (late.finished_late_by, late.lamp(date(2027, 1, 5)).text) == (2, "逾期 2 个工作日办结")


def test_stopping_a_clock_that_does_not_run_does_nothing(cast):
    assert stop_clock(cast.file, "foi_reply", START, cast.clerk) is None
    assert not AuditEntry.objects.exists()


def test_a_consultation_suspends_the_reply(cast):
    clock = start_clock(cast.file, "foi_reply", START, cast.clerk)
    suspend(clock, date(2026, 9, 22), reason="征求第三方意见", approver=cast.head, by=cast.clerk)
    clock.refresh_from_db()
    assert (clock.state, clock.lamp(date(2026, 12, 1)).state) == ("suspended", "halt")
    clock = resume(clock, date(2026, 10, 12), by=cast.clerk)
    assert (clock.state, clock.effective_end) == ("running", date(2026, 11, 4))


def test_an_extension_after_a_suspension_runs_from_the_nominal_end(cast):
    clock = start_clock(cast.file, "foi_reply", START, cast.clerk)
    suspend(clock, date(2026, 9, 22), reason="征求第三方意见", approver=cast.head, by=cast.clerk)
    resume(clock, date(2026, 10, 12), by=cast.clerk)
    extend(clock, reason="材料多", approver=cast.head, by=cast.clerk, on=date(2026, 11, 2), letter="延期告知书1号")
    clock.refresh_from_db()
    assert clock.effective_end == date(2026, 12, 2)


def test_a_suspension_after_an_extension_moves_the_extended_end(cast):
    clock = start_clock(cast.file, "foi_reply", START, cast.clerk)
    extend(clock, reason="材料多", approver=cast.head, by=cast.clerk, on=date(2026, 9, 21), letter="延期告知书1号")
    suspend(clock, date(2026, 9, 22), reason="征求第三方意见", approver=cast.head, by=cast.clerk)
    assert resume(clock, date(2026, 10, 12), by=cast.clerk).effective_end == date(2026, 12, 2)


def test_an_extension_is_lawful_told_in_time_and_only_once(cast):
    clock = start_clock(cast.file, "foi_reply", START, cast.clerk)
    granted = {"reason": "材料多", "approver": cast.head, "by": cast.clerk}
    with pytest.raises(ClockError, match="告知"):
        extend(clock, on=date(2026, 10, 20), **granted)
    with pytest.raises(BadPeriod, match="届满"):
        extend(clock, on=date(2026, 10, 23), letter="1号", **granted)
    extend(clock, on=date(2026, 10, 20), letter="1号", **granted)
    with pytest.raises(ClockError, match="已经延长过一次"):
        extend(clock, on=date(2026, 10, 21), letter="2号", **granted)
    other = start_clock(cast.file, "pen_decide", date(2026, 7, 3), cast.clerk)
    with pytest.raises(NoLawfulExtension, match="第六十条"):
        extend(other, on=date(2026, 8, 1), letter="3号", **granted)
    with pytest.raises(NoLawfulSuspension, match="第六十条"):
        suspend(other, date(2026, 8, 1), reason="听证", approver=cast.head, by=cast.clerk)


def test_a_stop_that_the_party_must_be_told_of_names_the_letter(cast):
    clock = start_clock(cast.file, "lic_decide", START, cast.clerk)
    with pytest.raises(ClockError, match="书面告知"):
        suspend(clock, date(2026, 9, 22), reason="鉴定", approver=cast.head, by=cast.clerk)


def test_a_restart_carries_nothing_over(cast):
    first = start_clock(cast.file, "foi_reply", START, cast.clerk)
    second = restart_clock(cast.file, "foi_reply", date(2026, 9, 28), cast.clerk, reason="收到补正材料")
    first.refresh_from_db()
    assert first.state == "cancelled"
    assert second.effective_end == date(2026, 10, 30)


def test_cancelled_and_lapsed_clocks_stay_on_the_file(cast):
    start_clock(cast.file, "foi_reply", START, cast.clerk)
    start_clock(cast.file, "med_judicial_confirm", START, cast.clerk)
    cancel_clock(cast.file, "foi_reply", cast.clerk, reason="申请人撤回")
    lapse_clock(cast.file, "med_judicial_confirm", cast.clerk, reason="双方未申请")
    assert sorted(Deadline.objects.values_list("state", flat=True)) == ["cancelled", "missed"]
    with pytest.raises(ClockError):
        cancel_clock(cast.file, "foi_reply", cast.clerk, reason="重复")


def test_a_stated_period_and_hours_run_as_written(cast):
    stated = start_clock(cast.file, "foi_correct_by_applicant", START, cast.clerk, until=date(2026, 10, 9))
    assert stated.effective_end == date(2026, 10, 9)
    moment = datetime(2026, 9, 30, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    report = start_clock(cast.file, "coe_emergency_report", moment, cast.clerk)
    assert (report.start_at, report.effective_end) == (moment, date(2026, 10, 1))


def test_every_act_is_in_the_audit_of_the_file(cast):
    clock = start_clock(cast.file, "foi_reply", START, cast.clerk)
    suspend(clock, date(2026, 9, 22), reason="征求第三方意见", approver=cast.head, by=cast.clerk)
    resume(clock, date(2026, 9, 28), by=cast.clerk)
    extend(clock, reason="材料多", approver=cast.head, by=cast.clerk, on=date(2026, 10, 9), letter="1号")
    stop_clock(cast.file, "foi_reply", date(2026, 10, 30), cast.clerk)
    verbs = AuditEntry.objects.filter(file_id=cast.file.pk).order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == [f"deadline.{act}" for act in ("started", "suspended", "resumed", "extended", "met")]


@pytest.mark.parametrize(
    ("code", "start", "today", "kind", "text"),
    [
        ("foi_reply", "2026-09-18", "2026-09-21", "fine", "剩 18 个工作日"),
        ("foi_reply", "2026-09-18", "2026-10-19", "soon", "剩 3 个工作日"),
        ("foi_reply", "2026-09-18", "2026-10-22", "soon", "今日到期"),
        ("foi_reply", "2026-09-18", "2026-10-27", "late", "逾期 3 个工作日"),
        ("nd_filing", "2026-09-05", "2026-09-18", "soon", "剩 2 日"),
        ("nd_filing", "2026-09-20", "2026-10-05", "soon", "剩 3 日"),
        ("nd_filing", "2026-09-20", "2026-10-09", "late", "逾期 1 日"),
        ("nd_legality_review_min", "2026-09-18", "2026-09-21", "fine", "未满，剩 3 个工作日"),
        ("nd_legality_review_min", "2026-09-18", "2026-10-12", "done", "已满"),
        ("pen_pay", "2026-09-18", "2026-11-12", "done", "已届满"),
        ("foi_reply", "2026-12-25", "2026-12-28", "fine", "剩 19 个工作日（暂定）"),
    ],
)
def test_the_lamp_is_read_off_the_dates(cast, code, start, today, kind, text):
    clock = start_clock(cast.file, code, date.fromisoformat(start), cast.clerk)
    lamp = clock.lamp(date.fromisoformat(today))
    assert (lamp.state, lamp.text) == (kind, text)


def test_lists_pick_late_and_soon_as_the_lamp_does(cast):
    clock = start_clock(cast.file, "foi_reply", START, cast.clerk)
    for day in (date(2026, 10, 1), date(2026, 10, 19), date(2026, 10, 22), date(2026, 10, 23)):
        kind = clock.lamp(day).state
        assert Deadline.objects.soon(day).exists() is (kind == "soon")
        assert Deadline.objects.late(day).exists() is (kind == "late")
