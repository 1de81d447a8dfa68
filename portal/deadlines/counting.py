"""Counting a period: from a rule and a start date to the day it ends, and why. Pure: no database.

Order of arithmetic: base period; extension from the nominal end; days left out; one roll at the very end.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from portal.deadlines import wording
from portal.deadlines.arithmetic import ONE_DAY, add_months, last_day_of_validity
from portal.deadlines.calendar import WorkCalendar
from portal.deadlines.intervals import Stop, StoppedDays
from portal.deadlines.limits import WITHOUT_NUMBER, LimitError, TimeLimit
from portal.deadlines.reckoning import Reckoning, as_day


class NothingToCount(LimitError):
    """The law gives no number: the period stands in a paper, or is no period at all."""


class NoLawfulExtension(LimitError):
    """The rule allows no extension, or a shorter one."""


class NoLawfulSuspension(LimitError):
    """The rule names no event that stops the clock."""


class BadPeriod(LimitError):
    """The dates given contradict each other."""


def reckon(
    limit: TimeLimit,
    start: date | datetime,
    *,
    calendar: WorkCalendar,
    extend: bool = False,
    extend_by: int | None = None,
    suspensions: Iterable[Stop] = (),
) -> Reckoning:
    """Count a period from its start event (for limits counted back: from the event they precede).

    ``extend`` adds the longest lawful extension, ``extend_by`` a shorter one, in the unit of the limit.
    ``suspensions`` are pairs (from, to): days later than ``from`` and not later than ``to`` are left out;
    overlapping pairs count once. ``start`` may be a moment for limits in hours.

    Raises a :class:`LimitError` with a Chinese message when the law gives no number, no extension or no stop.
    """
    if limit.mode in WITHOUT_NUMBER:
        raise NothingToCount(
            f"“{limit.label}”（{limit.code}）没有法定的天数：{limit.stated_in}（{limit.citation or '各地规定'}）。"
        )
    more = _lawful_extension(limit, extend=extend, extend_by=extend_by)
    stops = _lawful_stops(limit, suspensions)
    try:
        return _COUNTED[limit.mode](limit, start, calendar, more, stops)
    except (OverflowError, ValueError) as error:
        raise BadPeriod(f"起算日 {start} 超出可以推算的范围。") from error


def stated(limit: TimeLimit, start: date, until: date, *, calendar: WorkCalendar) -> Reckoning:
    """A period that a paper states (催告书, 补正通知, 决定书), where the law leaves the length to the office."""
    if limit.mode != "CFG":
        raise BadPeriod(f"“{limit.label}”由法律规定期限，不能自行指定。")
    if until < start:
        raise BadPeriod(f"载明的期限 {until} 早于起算日 {start}。")
    planned = calendar.previous_working_day(until)
    return Reckoning(
        limit=limit,
        start=start,
        nominal_end=until,
        effective_end=until,
        act_by=planned,
        last_workday=planned,
        provisional=False,
        steps=tuple(wording.explain_stated(limit, start, until)),
        base_end=until,
        calendar=calendar,
    )


def _lawful_extension(limit: TimeLimit, *, extend: bool, extend_by: int | None) -> int:
    if not extend and extend_by is None:
        return 0
    if limit.extension is None:
        why = limit.no_extension or f"{limit.citation}没有规定延长"
        raise NoLawfulExtension(f"“{limit.label}”（{limit.code}）不能延长：{why}。依据：{limit.citation}。")
    longest = limit.extension.length
    if extend_by is None:
        return longest
    if not 0 < extend_by <= longest:
        raise NoLawfulExtension(f"“{limit.label}”最多延长 {longest}{limit.unit}（{limit.extension.citation}）。")
    return extend_by


def _lawful_stops(limit: TimeLimit, suspensions: Iterable[Stop]) -> list[Stop]:
    stops = list(suspensions)
    for first, last in stops:
        if last < first:
            raise BadPeriod(f"中止的结束日 {last} 早于开始日 {first}。")
    if stops and limit.suspension is None:
        why = limit.no_suspension or f"{limit.citation}没有规定可以扣除的期间"
        raise NoLawfulSuspension(f"“{limit.label}”（{limit.code}）不能中止：{why}。依据：{limit.citation}。")
    return stops


def _working_days(limit, start, calendar, more, stops) -> Reckoning:
    """The N-th working day after the start; working days of a stop are not counted."""
    first, stopped = as_day(start), StoppedDays(stops)

    def walk(day: date, count: int) -> date:
        while count:
            day += ONE_DAY
            count -= calendar.is_working_day(day) and day not in stopped
        return day

    base_end = walk(first, limit.length)
    end = walk(base_end, more) if more else base_end
    return _close(
        limit, start, calendar, stops, stopped,
        more=more, base_end=base_end, nominal=end, effective=end,
        provisional=not calendar.covers_span(first + ONE_DAY, end),
    )  # fmt: skip


def _calendar_days(limit, start, calendar, more, stops) -> Reckoning:
    first = as_day(start)
    base_end = first + timedelta(days=limit.length)
    return _rolled(limit, start, calendar, more, stops, base_end, base_end + timedelta(days=more))


def _months(limit, start, calendar, more, stops) -> Reckoning:
    months = 12 if limit.mode == "YEAR" else 1
    base_end = add_months(as_day(start), limit.length * months)
    return _rolled(
        limit,
        start,
        calendar,
        more,
        stops,
        base_end,
        add_months(base_end, more * months),
    )


def _rolled(limit, start, calendar, more, stops, base_end, extended_end) -> Reckoning:
    """Leave out the stopped days, then roll once (民法典 art. 203); a minimum is prolonged the same way."""
    stopped = StoppedDays(stops)
    nominal = stopped.push(as_day(start), extended_end)
    effective = calendar.next_working_day(nominal)
    return _close(
        limit, start, calendar, stops, stopped,
        more=more, base_end=base_end, nominal=nominal, effective=effective,
        provisional=not calendar.covers_span(nominal, effective),
    )  # fmt: skip


def _longest_restraint(limit, start, calendar, more, stops) -> Reckoning:
    """A restraint may never outlast its days: no roll, and the office acts as if the start day counted."""
    first, stopped = as_day(start), StoppedDays(stops)
    base_end = first + timedelta(days=limit.length)
    end = stopped.push(first, base_end + timedelta(days=more))
    closed = _close(
        limit, start, calendar, stops, stopped,
        more=more, base_end=base_end, nominal=end, effective=end, provisional=False,
    )  # fmt: skip
    return replace(closed, act_by=end - ONE_DAY)


def _clear_days_before(limit, start, calendar, more, stops) -> Reckoning:
    """N clear days between service and event: the day before the N-th day counted back."""
    event = as_day(start)
    if limit.mode == "WD_BACK":
        end = calendar.add_working_days(event, -limit.length) - ONE_DAY
    elif limit.mode == "CAL_BACK":
        end = event - timedelta(days=limit.length + 1)
    else:
        end = add_months(event, -limit.length)
    last_workday = calendar.previous_working_day(end)
    # Only working days and the last working day lean on the calendar; the event itself does not.
    latest = event - ONE_DAY if limit.mode == "WD_BACK" else end
    return _close(
        limit, start, calendar, stops, StoppedDays(()),
        more=0, base_end=end, nominal=end, effective=end,
        provisional=not calendar.covers_span(last_workday, latest),
    )  # fmt: skip


def _fixed_date(limit, start, calendar, more, stops) -> Reckoning:
    end = limit.day_in(as_day(start).year)
    return _close(
        limit, start, calendar, stops, StoppedDays(()),
        more=0, base_end=end, nominal=end, effective=end, provisional=False,
    )  # fmt: skip


def _validity(limit, start, calendar, more, stops) -> Reckoning:
    end = last_day_of_validity(as_day(start), limit.length)
    return _close(
        limit, start, calendar, stops, StoppedDays(()),
        more=0, base_end=end, nominal=end, effective=end, provisional=False,
    )  # fmt: skip


def _hours(limit, start, calendar, more, stops) -> Reckoning:
    """Clock hours from the moment (民法典 art. 201). A start without an hour is taken from its midnight."""
    if isinstance(start, datetime):
        end: date | datetime = start + timedelta(hours=limit.length)
    else:
        end = start + timedelta(days=limit.length // 24)
    return _close(
        limit, start, calendar, stops, StoppedDays(()),
        more=0, base_end=as_day(end), nominal=end, effective=end, provisional=False,
    )  # fmt: skip


def _close(
    limit,
    start,
    calendar,
    stops,
    stopped,
    *,
    more,
    base_end,
    nominal,
    effective,
    provisional,
) -> Reckoning:
    last_workday = calendar.previous_working_day(as_day(effective))
    planned = calendar.previous_working_day(as_day(nominal))
    act_by = as_day(effective) if limit.is_minimum or limit.mode in ("UNTIL", "HOUR") else planned
    open_result = Reckoning(
        limit=limit,
        start=start,
        nominal_end=nominal,
        effective_end=effective,
        act_by=act_by,
        last_workday=last_workday,
        provisional=provisional,
        steps=(),
        base_end=base_end,
        stopped=stopped,
        calendar=calendar,
    )
    return replace(open_result, steps=tuple(wording.explain(open_result, stops, more)))


_COUNTED = {
    "CAL": _calendar_days,
    "CAL_MAX": _longest_restraint,
    "WD": _working_days,
    "MONTH": _months,
    "YEAR": _months,
    "WD_BACK": _clear_days_before,
    "CAL_BACK": _clear_days_before,
    "MONTH_BACK": _clear_days_before,
    "HOUR": _hours,
    "DATE": _fixed_date,
    "UNTIL": _validity,
}
