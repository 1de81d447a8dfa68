"""The days of a time limit laid out in weeks, for 「为什么是这一天」."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class DayCell:
    """One day of the grid.

    ``kind`` joins by spaces what the day is: ``rest`` (weekend), ``off`` (public holiday), ``makeup``
    (working weekend), ``stop`` (the clock stood still), ``start``, ``end``, ``today``, or ``fold`` for a
    row that stands for several weeks. ``number`` counts the day of the limit, ``None`` when not counted.
    """

    date: date
    label: str
    kind: str = ""
    number: int | None = None


def week_grid(
    days: Iterable[tuple[date, str, int | None]], *, today: date | None = None, most_weeks: int = 8
) -> list[list[DayCell]]:
    """Weeks from Monday to Sunday, filled up at both ends, the middle folded when there are many.

    :param days: (day, kind, number) from the starting event to the due date, without gaps.
    :param most_weeks: more than this and the middle becomes one row 「第 21—35 日」.
    """
    known = {day: (kind, number) for day, kind, number in days}
    if not known:
        return []
    first, last = min(known), max(known)
    monday = first - timedelta(days=first.weekday())
    sunday = last + timedelta(days=6 - last.weekday())
    cells = []
    for offset in range((sunday - monday).days + 1):
        day = monday + timedelta(days=offset)
        kind, number = known.get(day, ("rest" if day.weekday() >= 5 else "", None))
        if day == today:
            kind = f"{kind} today".strip()
        label = f"{day.month}/{day.day}" if day == monday or day.day == 1 else str(day.day)
        cells.append(DayCell(day, label, kind, number))
    weeks = [cells[start : start + 7] for start in range(0, len(cells), 7)]
    return weeks if len(weeks) <= most_weeks else _folded(weeks, most_weeks)


def _folded(weeks, most_weeks):
    """Keep the head and the tail; the days between become one line that says which numbers it holds."""
    tail = most_weeks // 2
    head = most_weeks - tail - 1
    hidden = weeks[head:-tail]
    numbers = [cell.number for week in hidden for cell in week if cell.number]
    first, last = hidden[0][0].date, hidden[-1][-1].date
    span = f"{first.month}月{first.day}日至{last.month}月{last.day}日"
    label = f"第 {numbers[0]}—{numbers[-1]} 日（{span}）" if numbers else f"{span}，不计入"
    shown = weeks[-tail:]
    opening = shown[0][0]
    month_start = DayCell(opening.date, f"{opening.date.month}/{opening.date.day}", opening.kind, opening.number)
    return [*weeks[:head], [DayCell(first, label, "fold")], [month_start, *shown[0][1:]], *shown[1:]]
