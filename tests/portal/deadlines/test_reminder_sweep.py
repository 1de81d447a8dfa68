"""The daily round: each reminder once, missed days caught up, nothing the second time."""

from datetime import date

from portal.deadlines.clocks import extend, start_clock, stop_clock, suspend
from portal.deadlines.models import Deadline, ReminderSent
from portal.deadlines.sweep import Swept, sweep
from portal.deadlines.tasks import sweep_deadlines
from portal.moment import clock_set_to
from portal.notifications.models import Notification

START = date(2026, 9, 18)


def told(person):
    return list(Notification.objects.filter(reader=person).order_by("id").values_list("subject", flat=True))


def test_the_ladder_is_half_four_fifths_one_working_day_and_overdue(cast):
    clock = start_clock(cast.file, "foi_reply", START, cast.clerk)
    assert {step["step"]: step["on"] for step in clock.ladder} == {
        "50%": "2026-10-09",
        "80%": "2026-10-16",
        "1wd": "2026-10-21",
        "overdue": "2026-10-23",
    }


def test_each_reminder_goes_out_once(cast):
    start_clock(cast.file, "foi_reply", START, cast.clerk)
    assert sweep(date(2026, 10, 8)) == Swept(0, 0)
    assert sweep(date(2026, 10, 9)) == Swept(1, 1)
    assert sweep(date(2026, 10, 9)) == Swept(0, 0)
    assert sweep(date(2026, 10, 16)) == Swept(1, 1)
    assert told(cast.clerk) == ["信息公开申请答复期限已过 50%", "信息公开申请答复期限已过 80%"]


def test_missed_days_are_caught_up_and_overdue_goes_to_head_and_county(cast):
    start_clock(cast.file, "foi_reply", START, cast.clerk)
    assert sweep(date(2026, 11, 2)).reminders == 4
    assert len(told(cast.clerk)) == 4
    assert told(cast.head) == ["信息公开申请答复已逾期"]
    assert told(cast.supervisor) == ["信息公开申请答复已逾期"]
    assert sweep(date(2026, 11, 3)) == Swept(0, 0)


def test_a_forgotten_marker_sends_nothing_twice(cast):
    start_clock(cast.file, "foi_reply", START, cast.clerk)
    sweep(date(2026, 11, 2))
    Deadline.objects.update(next_reminder_on=START)
    sweep(date(2026, 11, 2))
    assert ReminderSent.objects.count() == 4
    assert len(told(cast.clerk)) == 4


def test_finished_and_suspended_clocks_are_quiet(cast):
    start_clock(cast.file, "arl_reply_normal", START, cast.clerk)
    stop_clock(cast.file, "arl_reply_normal", date(2026, 9, 28), cast.clerk)
    clock = start_clock(cast.file, "foi_reply", START, cast.clerk)
    suspend(clock, date(2026, 9, 22), reason="征求第三方意见", approver=cast.head, by=cast.clerk)
    assert sweep(date(2027, 1, 5)) == Swept(0, 0)


def test_an_extension_postpones_what_was_not_sent(cast):
    clock = start_clock(cast.file, "foi_reply", START, cast.clerk)
    sweep(date(2026, 10, 9))
    extend(clock, reason="材料多", approver=cast.head, by=cast.clerk, on=date(2026, 10, 12), letter="1号")
    assert sweep(date(2026, 10, 23)).reminders == 0
    assert sweep(date(2026, 11, 20)).reminders == 3


def test_others_periods_are_only_told_when_over(cast):
    start_clock(cast.file, "pen_pay", START, cast.clerk)
    assert sweep(date(2026, 10, 8)).reminders == 0
    sweep(date(2026, 10, 9))
    assert told(cast.clerk) == ["缴纳罚款期限已届满"]


def test_a_quiet_day_costs_one_query_whatever_the_number(cast, django_assert_num_queries):
    for code in ("foi_reply", "pet_handle", "pen_decide"):
        start_clock(cast.file, code, START, cast.clerk)
    with django_assert_num_queries(3):  # the savepoint around it, and the one question
        sweep(date(2026, 9, 19))


def test_the_task_takes_its_day_from_the_one_clock(cast):
    start_clock(cast.file, "foi_reply", START, cast.clerk)
    with clock_set_to(date(2026, 10, 9)):
        assert sweep_deadlines() == 1
