"""Which day is a working day (工作日). Pure: the days come from the yearly notices, however they are stored.

Working day: Monday to Friday and not off by the notice, or a weekend day that the notice names as
worked (调休). A year without notice counts Monday to Friday, and whatever rests on it is provisional.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"


class NoticeDay(NamedTuple):
    """A day that a notice names: off, or worked although it is a weekend."""

    is_workday: bool
    name: str


class Notice(NamedTuple):
    """A yearly notice on holidays as data."""

    year: int
    title: str
    source: str
    days: dict[date, NoticeDay]


class WorkCalendar:
    """The working days of a region.

    ``days`` are the days that differ from Monday-to-Friday or carry a holiday's name; ``years`` are
    those with a notice; ``sources`` name it for the reader.
    """

    def __init__(
        self,
        days: Mapping[date, NoticeDay],
        years: Iterable[int],
        sources: Mapping[int, str] | None = None,
    ):
        self._days = dict(days)
        self._years = frozenset(years)
        self._sources = dict(sources or {})

    @property
    def years(self) -> frozenset[int]:
        """Years whose notice is loaded."""
        return self._years

    def covers(self, year: int) -> bool:
        return year in self._years

    def covers_span(self, first: date, last: date) -> bool:
        """Whether every year that the days from first to last touch has its notice."""
        return all(year in self._years for year in range(min(first, last).year, max(first, last).year + 1))

    def source(self, year: int) -> str:
        return self._sources.get(year, "")

    def is_working_day(self, day: date) -> bool:
        named = self._days.get(day)
        return day.weekday() < 5 if named is None else named.is_workday

    def is_makeup(self, day: date) -> bool:
        """A weekend day that is worked (班)."""
        return day.weekday() >= 5 and self.is_working_day(day)

    def name(self, day: date) -> str:
        """The holiday a day belongs to, or is worked for; empty for others."""
        named = self._days.get(day)
        return "" if named is None else named.name

    def is_holiday(self, day: date) -> bool:
        """Off by the notice (休), not only by being a weekend."""
        named = self._days.get(day)
        return named is not None and not named.is_workday

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after (negative: before) the day, which itself is not counted."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the last one before it."""
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """Number of working days later than ``after`` and not later than ``until``."""
        day, count = after, 0
        while day < until:
            day += ONE_DAY
            count += self.is_working_day(day)
        return count

    def with_notice(self, notice: Notice) -> "WorkCalendar":
        """The same calendar with one year's notice loaded or replaced."""
        kept = {day: named for day, named in self._days.items() if day.year != notice.year}
        return WorkCalendar(
            {**kept, **notice.days},
            self._years | {notice.year},
            {**self._sources, notice.year: notice.source},
        )


def read_notice(text: str) -> Notice:
    """Parse a notice file; ``ValueError`` with a Chinese message when it cannot be one."""
    try:
        data = tomllib.loads(text)
        year, title, source = data["year"], data["title"], data["source"]
        holidays = data["holiday"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise ValueError(f"不是有效的放假安排文件：{error}") from error
    days: dict[date, NoticeDay] = {}
    for holiday in holidays:
        try:
            first, last = holiday["off"]
        except (KeyError, ValueError) as error:
            raise ValueError(f"“{holiday.get('name', '')}”应当写明放假的首日和末日。") from error
        if last < first:
            raise ValueError(f"“{holiday['name']}”的放假末日早于首日。")
        day = first
        while day <= last:
            days[day] = NoticeDay(False, holiday["name"])
            day += ONE_DAY
        for day in holiday.get("makeup", ()):
            if day.weekday() < 5:
                raise ValueError(f"{day} 不是周末，不能作为调休上班日。")
            if day in days:
                raise ValueError(f"{day} 既放假又上班。")
            days[day] = NoticeDay(True, holiday["name"])
    stray = [day for day in days if day.year != year]
    if stray:
        raise ValueError(f"{stray[0]} 不在 {year} 年。")
    return Notice(year, title, source, days)


def weekday_name(day: date) -> str:
    return f"周{WEEKDAYS[day.weekday()]}"
