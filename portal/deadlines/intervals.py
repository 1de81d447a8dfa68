"""Days on which a clock stood still: several stops as one set of days, none counted twice.

Convention (the statutes are silent; mirrors 民法典 art. 201): a stop from A to B leaves out every day
later than A and not later than B.
"""

from collections.abc import Iterable
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)

Stop = tuple[date, date]


class StoppedDays:
    """The union of stops."""

    def __init__(self, stops: Iterable[Stop]):
        self._spans: list[tuple[date, date]] = []
        for first, last in sorted((start + ONE_DAY, end) for start, end in stops if end > start):
            if self._spans and first <= self._spans[-1][1] + ONE_DAY:
                self._spans[-1] = (self._spans[-1][0], max(last, self._spans[-1][1]))
            else:
                self._spans.append((first, last))

    def __contains__(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self._spans)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def within(self, after: date, until: date) -> list[tuple[date, date]]:
        """The stopped spans, cut to the days later than ``after`` and not later than ``until``."""
        cut = [(max(first, after + ONE_DAY), min(last, until)) for first, last in self._spans]
        return [(first, last) for first, last in cut if first <= last]

    def count(self, after: date, until: date) -> int:
        """Number of stopped days later than ``after`` and not later than ``until``."""
        return sum((last - first).days + 1 for first, last in self.within(after, until))

    def push(self, start: date, end: date) -> date:
        """Where a period from ``start`` that would end on ``end`` ends when the stopped days don't count."""
        pushed = end
        while (later := end + timedelta(days=self.count(start, pushed))) != pushed:
            pushed = later
        return pushed
