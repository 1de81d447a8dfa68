"""Loading or correcting a yearly holiday notice, and which running clocks that moves."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from portal.audit import verbs
from portal.audit.record import record
from portal.deadlines.calendar import Notice, WorkCalendar
from portal.deadlines.clocks import count_again, write_dates
from portal.deadlines.models import CalendarDay, CalendarNotice, Deadline
from portal.deadlines.shipped import shipped_notices
from portal.deadlines.stored import calendar_with, forget_calendars
from portal.moment import today

NOTICE_LOADED = verbs.declare("calendar.loaded", "载入放假安排")
RECOUNTED = verbs.declare("deadline.recounted", "因放假安排重新推算期限")


@dataclass(frozen=True)
class Moved:
    """A running clock whose day changes with a notice. ``old`` and ``new`` are effective ends."""

    deadline: Deadline
    old: date
    new: date


def preview_notice(notice: Notice, region: str = "") -> list[Moved]:
    """Which open clocks would move if this notice were loaded; nothing is written."""
    return [Moved(clock, clock.effective_end, new.effective_end) for clock, new in _recounted(notice, region)
            if new.effective_end != clock.effective_end]  # fmt: skip


@transaction.atomic
def apply_notice(notice: Notice, *, by=None, region: str = "") -> list[Moved]:
    """Load or correct a year's notice and recount the open clocks it touches.

    The old day of every clock that changes stays in the audit record of its file.
    """
    changes = _recounted(notice, region)
    before = _store(notice, region, by)
    moved = []
    for clock, new in changes:
        old = {"nominal_end": str(clock.nominal_end), "effective_end": str(clock.effective_end),
               "provisional": clock.provisional}  # fmt: skip
        was = clock.effective_end
        write_dates(clock, new)
        clock.save()
        record(
            RECOUNTED,
            by=by,
            file=clock.file,
            summary=f"{clock.label}：{was} → {clock.effective_end}（{notice.title}）",
            payload={"deadline": clock.pk, "code": clock.code, "old": old, "new": new.as_json()},
        )
        if was != clock.effective_end:
            moved.append(Moved(clock, was, clock.effective_end))
    record(
        NOTICE_LOADED,
        by=by,
        summary=f"{notice.title}，变动期限 {len(moved)} 项",
        payload={"year": notice.year, "region": region, "replaced": before, "moved": len(moved)},
    )
    return moved


def _recounted(notice: Notice, region: str):
    """Open clocks that lean on the year, with their new reckoning, where anything about them changes."""
    first, last = date(notice.year, 1, 1), date(notice.year, 12, 31)
    touched = (
        Deadline.objects.filter(state__in=Deadline.OPEN)
        .filter(Q(effective_end__gte=first) | Q(start_on__gte=first))
        .filter(Q(start_on__lte=last) | Q(act_by__lte=last))
        .select_related("file__organisation", "extension")
        .prefetch_related("suspensions")
        .order_by("id")
    )
    if region:
        touched = touched.filter(region=region)
    calendars: dict[str, WorkCalendar] = {}
    changes = []
    for clock in touched.iterator(chunk_size=2000):
        if clock.region not in calendars:
            calendars[clock.region] = calendar_with(clock.region, notice, region)
        new = count_again(clock, calendars[clock.region])
        if (new.effective_end, new.act_by, new.provisional) != (clock.effective_end, clock.act_by, clock.provisional):
            changes.append((clock, new))
    return changes


def _store(notice: Notice, region: str, by) -> list[list]:
    """Write the notice over what the year had; returns what it replaced."""
    of_year = CalendarDay.objects.filter(region=region, day__year=notice.year)
    before = [[day.isoformat(), is_workday] for day, is_workday in of_year.values_list("day", "is_workday")]
    of_year.delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(region=region, day=day, is_workday=named.is_workday, name=named.name)
        for day, named in notice.days.items()
    )
    CalendarNotice.objects.update_or_create(
        year=notice.year,
        region=region,
        defaults={"title": notice.title, "source": notice.source, "loaded_on": today(), "loaded_by": by},
    )
    # Now for what follows in this transaction, and once more when the others can see the new days.
    forget_calendars()
    transaction.on_commit(forget_calendars)
    return before


def seed_missing_years(**signal) -> None:
    """After migrating: fill in the years the portal ships with, never touching a year that is loaded."""
    known = set(CalendarNotice.objects.filter(region="").values_list("year", flat=True))
    missing = [notice for notice in shipped_notices() if notice.year not in known]
    with transaction.atomic():
        for notice in missing:
            _store(notice, "", None)
