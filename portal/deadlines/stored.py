"""The working days as the table has them: the authority at run time."""

from datetime import date
from uuid import uuid4

from django.core.cache import cache

from portal.deadlines.calendar import Notice, NoticeDay, WorkCalendar
from portal.deadlines.tables import CalendarDay, CalendarNotice

# A page of lamps asks for the calendar once per lamp, so it must not cost a query each. Every process keeps its
# copy as long as the shared cache holds the stamp under which it was read; loading a notice takes the stamp away.
_STAMP = "deadlines.calendar"
_kept: dict[str, tuple[str, WorkCalendar]] = {}


def stored_calendar(region: str = "") -> WorkCalendar:
    """The working days of a region as the table has them; read again only when a notice was loaded."""
    stamp = cache.get(_STAMP)
    if stamp is None:
        stamp = uuid4().hex
        cache.set(_STAMP, stamp, timeout=None)
    kept = _kept.get(region)
    if kept is None or kept[0] != stamp:
        kept = _kept[region] = (stamp, calendar_with(region))
    return kept[1]


def forget_calendars() -> None:
    """To be called when the table has changed: all processes read it again."""
    cache.delete(_STAMP)


def calendar_with(region: str, notice: Notice | None = None, notice_region: str = "") -> WorkCalendar:
    """The table of a region, with a notice in place of what is stored of its year."""
    by_region: dict[str, dict[date, NoticeDay]] = {"": {}, region: {}}
    for place, day, is_workday, name in CalendarDay.objects.filter(region__in=("", region)).values_list(
        "region", "day", "is_workday", "name"
    ):
        by_region[place][day] = NoticeDay(is_workday, name)
    sources = dict(CalendarNotice.objects.filter(region="").values_list("year", "source"))
    if notice is not None and notice_region in by_region:
        kept = {day: named for day, named in by_region[notice_region].items() if day.year != notice.year}
        by_region[notice_region] = {**kept, **notice.days}
        if not notice_region:
            sources[notice.year] = notice.source
    return WorkCalendar({**by_region[""], **by_region[region]}, sources, sources)
