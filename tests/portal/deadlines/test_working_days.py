"""The working-day calendar and the notice files it is made of."""

from datetime import date

import pytest

from portal.deadlines.calendar import read_notice
from portal.deadlines.shipped import shipped_calendar

CALENDAR = shipped_calendar()


WORKED = [
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
    "2026-03-09",
    "2024-10-12",
]
OFF = ["2026-01-02", "2026-02-23", "2026-04-06", "2026-06-19", "2026-09-25", "2026-10-07", "2026-03-08", "2020-01-31"]


@pytest.mark.parametrize(("day", "works"), [*((day, True) for day in WORKED), *((day, False) for day in OFF)])
def test_a_day_is_worked_as_the_notice_says(day, works):
    assert CALENDAR.is_working_day(date.fromisoformat(day)) is works


def test_years_with_a_notice_are_known():
    assert CALENDAR.covers(2004)
    assert CALENDAR.covers(2026)
    assert not CALENDAR.covers(2027)
    assert not CALENDAR.covers_span(date(2026, 12, 31), date(2027, 1, 1))


def test_working_days_are_added_forwards_and_backwards():
    assert CALENDAR.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CALENDAR.add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert CALENDAR.working_days_between(date(2026, 9, 18), date(2026, 9, 28)) == 6


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("year = ", "不是有效的放假安排文件"),
        ('year = 2027\ntitle = "t"\nsource = "s"\n[[holiday]]\nname = "元旦"\noff = [2027-01-03, 2027-01-01]', "早于"),
        (
            'year = 2027\ntitle = "t"\nsource = "s"\n[[holiday]]\nname = "元旦"\noff = [2027-01-01, 2027-01-01]\n'
            "makeup = [2027-01-04]",
            "不是周末",
        ),
        (
            'year = 2027\ntitle = "t"\nsource = "s"\n[[holiday]]\nname = "元旦"\noff = [2026-12-31, 2027-01-01]',
            "不在 2027",
        ),
    ],
)
def test_a_notice_that_cannot_be_right_is_refused(text, why):
    with pytest.raises(ValueError, match=why):
        read_notice(text)
