"""The notices that come with the portal: 2004 to 2025 from ``chinesecalendar``, later ones from ``law/calendar``.

The package follows the yearly notices of the State Council; it is only the seed of our own table and
is never asked about a year that has a file in ``law/calendar``.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from chinese_calendar import Holiday, get_holiday_detail

from portal.deadlines.calendar import Notice, NoticeDay, WorkCalendar, read_notice

NOTICES = Path(__file__).parent / "law" / "calendar"
FIRST_YEAR, LAST_YEAR = 2004, 2025
_CHINESE = {holiday.value: holiday.chinese for holiday in Holiday}


@cache
def shipped_notices() -> tuple[Notice, ...]:
    """One notice a year, oldest first."""
    own = [read_notice(path.read_text(encoding="utf-8")) for path in sorted(NOTICES.glob("*.toml"))]
    kept = {notice.year for notice in own}
    earlier = [_notice(year) for year in range(FIRST_YEAR, LAST_YEAR + 1) if year not in kept]
    return tuple(sorted([*earlier, *own], key=lambda notice: notice.year))


@cache
def shipped_calendar() -> WorkCalendar:
    """The national calendar without a database. At run time the stored one decides (``notices.py``)."""
    calendar = WorkCalendar({}, ())
    for notice in shipped_notices():
        calendar = calendar.with_notice(notice)
    return calendar


def _notice(year: int) -> Notice:
    days = {}
    day = date(year, 1, 1)
    while day.year == year:
        off, holiday = get_holiday_detail(day)
        if holiday is not None:
            days[day] = NoticeDay(not off, _CHINESE[holiday])
        day += timedelta(days=1)
    title = f"国务院办公厅关于{year}年部分节假日安排的通知"
    return Notice(year, title, f"国务院办公厅关于{year}年部分节假日安排的通知（历年汇编）", days)
