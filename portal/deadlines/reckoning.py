"""The result of counting a period: its dates, the sentences that explain it, and its days one by one."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from portal.deadlines.calendar import WorkCalendar
from portal.deadlines.intervals import StoppedDays
from portal.deadlines.limits import TimeLimit

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayCell:
    """One day of the week grid.

    ``kind``: ``start`` (not counted), ``counted``, ``makeup`` (a worked weekend day that is counted),
    ``rest`` (not counted), ``stopped``, ``roll`` (between nominal and effective end) or ``due``.
    ``number`` is the place in the count. ``mark`` is what the notice says of the day: 休 or 班; 停 when stopped.
    """

    date: date
    kind: str
    number: int | None = None
    mark: str = ""
    name: str = ""


@dataclass(frozen=True)
class Reckoning:
    """A counted period.

    ``nominal_end``: the last day before rolling; ``effective_end``: the day the law accepts;
    ``act_by``: the day an office should plan on; ``last_workday``: the last working day not after the
    effective end. ``provisional``: a year's holiday notice is missing and could move the date.
    """

    limit: TimeLimit
    start: date | datetime
    nominal_end: date | datetime
    effective_end: date | datetime
    act_by: date
    last_workday: date
    provisional: bool
    steps: tuple[str, ...]
    base_end: date | None = None
    stopped: StoppedDays = field(default_factory=lambda: StoppedDays(()), repr=False)
    calendar: WorkCalendar | None = field(default=None, repr=False)

    @property
    def basis(self) -> str:
        return self.limit.citation

    @property
    def first_day(self) -> date:
        """The earliest day on the grid."""
        return min(as_day(self.start), as_day(self.effective_end))

    @property
    def last_day(self) -> date:
        return max(as_day(self.start), as_day(self.effective_end))

    @property
    def days(self) -> list[DayCell]:
        """Every day from start to due date, for the week grid; backward limits run from due date to event."""
        return _backward_cells(self) if self.limit.counts_backward else _forward_cells(self)

    def as_json(self) -> dict:
        """What the ``time_limit`` command prints; dates in ISO form."""
        answer = {
            "code": self.limit.code,
            "start": self.start.isoformat(),
            "nominal_end": self.nominal_end.isoformat(),
            "effective_end": self.effective_end.isoformat(),
            "provisional": self.provisional,
            "basis": self.basis,
            "steps": list(self.steps),
        }
        if self.limit.mode == "CAL_MAX":
            answer["act_by"] = self.act_by.isoformat()
        if self.limit.counts_backward:
            answer["last_workday"] = self.last_workday.isoformat()
        return answer


def as_day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _mark(calendar: WorkCalendar, day: date) -> str:
    if calendar.is_makeup(day):
        return "班"
    return "休" if calendar.is_holiday(day) else ""


def _forward_cells(reckoning: Reckoning) -> list[DayCell]:
    calendar, stopped = reckoning.calendar, reckoning.stopped
    working_days_only = reckoning.limit.mode == "WD"
    start, nominal, due = (
        as_day(reckoning.start),
        as_day(reckoning.nominal_end),
        as_day(reckoning.effective_end),
    )
    cells = [DayCell(start, "start", None, _mark(calendar, start), calendar.name(start))]
    day, number = start, 0
    while day < due:
        day += ONE_DAY
        name, mark, working = (
            calendar.name(day),
            _mark(calendar, day),
            calendar.is_working_day(day),
        )
        if day <= nominal and day in stopped:
            cells.append(DayCell(day, "stopped", None, "停", name))
            continue
        counts = day <= nominal and (working or not working_days_only)
        number += counts
        if day == due:
            kind = "due"
        elif counts:
            kind = "makeup" if mark == "班" else "counted"
        else:
            kind = "roll" if day > nominal else "rest"
        cells.append(DayCell(day, kind, number if counts else None, mark, name))
    return cells


def _backward_cells(reckoning: Reckoning) -> list[DayCell]:
    calendar = reckoning.calendar
    working_days_only = reckoning.limit.mode == "WD_BACK"
    event, due = as_day(reckoning.start), as_day(reckoning.effective_end)
    cells = [DayCell(event, "start", None, _mark(calendar, event), calendar.name(event))]
    day, number = event - ONE_DAY, 0
    while day > due:
        mark = _mark(calendar, day)
        counts = calendar.is_working_day(day) or not working_days_only
        number += counts
        kind = ("makeup" if mark == "班" else "counted") if counts else "rest"
        cells.append(DayCell(day, kind, number if counts else None, mark, calendar.name(day)))
        day -= ONE_DAY
    if due < event:
        cells.append(DayCell(due, "due", None, _mark(calendar, due), calendar.name(due)))
    return cells[::-1]
