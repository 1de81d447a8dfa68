"""Counts a limit of the demo region from dates written as text."""

from datetime import date

from portal.deadlines.counting import reckon
from portal.deadlines.rules import resolve
from portal.deadlines.shipped import shipped_calendar


def counted(code, start, extend=False, stops=()):
    day = date.fromisoformat
    return reckon(
        resolve(code, day(start), "yunxi"),
        day(start),
        calendar=shipped_calendar(),
        extend=extend,
        suspensions=[tuple(day(part) for part in stop.split(":")) for stop in stops],
    )
