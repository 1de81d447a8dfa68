"""Loading a year's notice: first what would move, then the move, with the old day kept in the audit."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from portal.audit.models import AuditEntry
from portal.deadlines.calendar import read_notice
from portal.deadlines.clocks import start_clock, stop_clock
from portal.deadlines.models import CalendarDay, CalendarNotice
from portal.deadlines.notices import apply_notice, preview_notice, seed_missing_years
from portal.deadlines.stored import stored_calendar

TEXT = """
year = 2027
title = "2027年放假安排"
source = "测试用放假安排"

[[holiday]]
name = "元旦"
off = [2027-01-01, 2027-01-03]

[[holiday]]
name = "春节"
off = [2027-02-05, 2027-02-11]
makeup = [2027-01-31, 2027-02-28]
"""
NOTICE = read_notice(TEXT)


def test_the_table_is_filled_with_the_years_that_are_known(db):
    calendar = stored_calendar()
    assert calendar.covers(2004)
    assert calendar.covers(2026)
    assert not calendar.is_working_day(date(2026, 10, 7))
    assert not calendar.covers(2027)


def test_a_corrected_year_is_not_seeded_over(db):
    CalendarDay.objects.filter(day=date(2026, 10, 7)).delete()
    seed_missing_years()
    assert not CalendarDay.objects.filter(day=date(2026, 10, 7)).exists()


def test_the_preview_shows_what_moves_and_writes_nothing(cast):
    clock = start_clock(cast.file, "lit_sue", date(2026, 8, 31), cast.clerk)
    assert clock.provisional
    moves = preview_notice(NOTICE)
    assert [(move.deadline, move.old, move.new) for move in moves] == [(clock, date(2027, 3, 1), date(2027, 2, 28))]
    clock.refresh_from_db()
    assert clock.effective_end == date(2027, 3, 1)
    assert not CalendarNotice.objects.filter(year=2027).exists()


def test_loading_recounts_open_clocks_and_keeps_the_old_day(cast):
    open_clock = start_clock(cast.file, "lit_sue", date(2026, 8, 31), cast.clerk)
    start_clock(cast.file, "foi_reply", date(2026, 12, 25), cast.clerk)
    done = stop_clock(cast.file, "foi_reply", date(2027, 1, 4), cast.clerk)
    apply_notice(NOTICE, by=cast.supervisor)
    open_clock.refresh_from_db()
    assert (open_clock.effective_end, open_clock.provisional) == (date(2027, 2, 28), False)
    was = done.effective_end
    done.refresh_from_db()
    assert done.effective_end == was
    entry = AuditEntry.objects.get(verb="deadline.recounted")
    assert entry.payload["old"]["effective_end"] == "2027-03-01"
    assert entry.payload["new"]["effective_end"] == "2027-02-28"


def test_a_date_that_stays_is_no_longer_provisional(cast):
    clock = start_clock(cast.file, "pet_handle", date(2026, 12, 4), cast.clerk)
    assert (clock.effective_end, clock.provisional) == (date(2027, 2, 2), True)
    assert apply_notice(NOTICE, by=cast.supervisor) == []
    clock.refresh_from_db()
    assert not clock.provisional


def test_a_correction_of_a_loaded_year_moves_settled_dates_too(cast):
    clock = start_clock(cast.file, "nd_filing", date(2026, 9, 20), cast.clerk)
    corrected = read_notice(
        'year = 2026\ntitle = "更正"\nsource = "更正"\n[[holiday]]\nname = "国庆节"\noff = [2026-10-01, 2026-10-08]\n'
    )
    assert [move.new for move in apply_notice(corrected, by=cast.supervisor)] == [date(2026, 10, 9)]
    clock.refresh_from_db()
    assert clock.effective_end == date(2026, 10, 9)


def test_a_region_may_add_holidays_of_its_own(cast):
    clock = start_clock(cast.file, "nd_filing", date(2026, 11, 1), cast.clerk)
    assert clock.effective_end == date(2026, 11, 16)
    local = read_notice(
        'year = 2026\ntitle = "地方"\nsource = "s"\n[[holiday]]\nname = "节"\noff = [2026-11-16, 2026-11-16]'
    )
    apply_notice(local, by=cast.supervisor, region="yunxi")
    clock.refresh_from_db()
    assert clock.effective_end == date(2026, 11, 17)
    assert stored_calendar().is_working_day(date(2026, 11, 16))


def test_the_command_previews_and_loads(cast, tmp_path, capsys):
    path = tmp_path / "2027.toml"
    path.write_text(TEXT, encoding="utf-8")
    start_clock(cast.file, "lit_sue", date(2026, 8, 31), cast.clerk)
    call_command("load_calendar", str(path), "--preview")
    assert "2027-03-01 → 2027-02-28" in capsys.readouterr().out
    assert not stored_calendar().covers(2027)
    call_command("load_calendar", str(path))
    assert stored_calendar().covers(2027)
    path.write_text("year = ", encoding="utf-8")
    with pytest.raises(CommandError, match="不是有效"):
        call_command("load_calendar", str(path))
