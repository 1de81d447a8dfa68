"""「为什么是这一天」 as data: rule, basis, start, stops, and the week grid. Templates only print it."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.deadlines.clocks import count_again
from portal.deadlines.lamps import Lamp
from portal.deadlines.models import Deadline
from portal.deadlines.reckoning import DayCell, Reckoning

ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
# Longer than this and the weeks in the middle fold into one row.
MOST_WEEKS, KEPT_AT_START, KEPT_AT_END = 8, 3, 3
# What a cell's kind is called in the style sheet.
_STYLE = {"start": "start", "due": "end", "stopped": "off", "makeup": "makeup"}


@dataclass(frozen=True)
class GridCell:
    """A cell of the week grid. ``style`` is the class of ``.cal td``; ``mark`` 休, 班, 停 or 今."""

    date: date
    label: str
    style: str
    mark: str
    number: int | None
    words: str


@dataclass(frozen=True)
class GridRow:
    """A week of seven cells, or a ``fold`` that stands for the weeks in the middle."""

    cells: tuple[GridCell, ...] = ()
    fold: str = ""


@dataclass(frozen=True)
class Why:
    """Everything the panel shows about one due date."""

    label: str
    lamp: Lamp
    due: date
    act_by: date
    provisional: bool
    rule: str
    basis: str
    is_local_example: bool
    start: str
    deducted: str
    unit: str
    steps: tuple[str, ...]
    rows: tuple[GridRow, ...]
    legend: tuple[str, ...]
    sources: tuple[str, ...]


def why(deadline: Deadline, today: date) -> Why:
    """The explanation of a clock's due date, with today marked on the grid."""
    reckoning = count_again(deadline)
    limit = reckoning.limit
    not_counted = "，当日不计入" if limit.mode not in ("DATE", "UNTIL", "HOUR") else ""
    return Why(
        label=deadline.label,
        lamp=deadline.lamp(today),
        due=deadline.effective_end,
        act_by=deadline.act_by,
        provisional=deadline.provisional,
        rule=limit.wording,
        basis=limit.citation,
        is_local_example=bool(limit.region),
        start=f"{deadline.start_on.isoformat()} {limit.start_event}{not_counted}",
        deducted=_deducted(deadline),
        unit="个工作日" if limit.mode in ("WD", "WD_BACK") else "日",
        steps=tuple(deadline.steps),
        rows=grid(reckoning, today),
        legend=_legend(reckoning),
        sources=_sources(reckoning),
    )


def grid(reckoning: Reckoning, today: date | None = None) -> tuple[GridRow, ...]:
    """Weeks from Monday to Sunday, from the week of the start to the week of the due date.

    Over eight weeks, those in the middle fold into rows 「第 21—35 日」; the week of today stays open.
    """
    known = {cell.date: cell for cell in reckoning.days}
    monday = reckoning.first_day - timedelta(days=reckoning.first_day.weekday())
    mondays = []
    while monday <= reckoning.last_day:
        mondays.append(monday)
        monday += WEEK
    if len(mondays) <= MOST_WEEKS:
        return tuple(_week(day, known, reckoning, today, opens=day == mondays[0]) for day in mondays)
    rows: list[GridRow] = []
    folded: list[date] = []
    for place, monday in enumerate(mondays):
        holds_today = today is not None and monday <= today < monday + WEEK
        if KEPT_AT_START <= place < len(mondays) - KEPT_AT_END and not holds_today:
            folded.append(monday)
            continue
        opens = place == 0 or bool(folded)
        if folded:
            rows.append(_fold(folded, known))
            folded = []
        rows.append(_week(monday, known, reckoning, today, opens=opens))
    return tuple(rows)


def _week(monday: date, known: dict, reckoning: Reckoning, today: date | None, *, opens: bool) -> GridRow:
    """One row; the month is written on its Monday where a run of weeks opens, and on each first of a month."""
    days = [monday + timedelta(days=n) for n in range(7)]
    return GridRow(
        tuple(_cell(day, known.get(day), reckoning, day == today, first=opens and day == monday) for day in days)
    )


def _cell(day: date, cell: DayCell | None, reckoning: Reckoning, is_today: bool, *, first: bool) -> GridCell:
    calendar = reckoning.calendar
    label = f"{day.month}/{day.day}" if first or day.day == 1 else str(day.day)
    holiday = calendar.is_holiday(day)
    mark = cell.mark if cell else "休" if holiday else "班" if calendar.is_makeup(day) else ""
    if cell and cell.kind in _STYLE:
        style = _STYLE[cell.kind]
    elif holiday:
        style = "off"
    elif not calendar.is_working_day(day):
        style = "rest"
    else:
        style = "makeup" if mark == "班" else ""
    words = {"start": "起算" if not reckoning.limit.counts_backward else "事件", "due": "到期"}.get(
        cell.kind if cell else "", ""
    )
    if is_today:
        style, mark = f"{style} today".strip(), mark or "今"
    return GridCell(day, label, style, mark, cell.number if cell else None, words)


def _fold(mondays: list[date], known: dict[date, DayCell]) -> GridRow:
    first, last = mondays[0], mondays[-1] + WEEK - ONE_DAY
    numbers = [cell.number for day, cell in known.items() if first <= day <= last and cell.number is not None]
    span = f"{first.isoformat()} 至 {last.isoformat()}"
    if not numbers:
        return GridRow(fold=f"{span}：不计入")
    return GridRow(fold=f"第 {min(numbers)}—{max(numbers)} 日（{span}）")


def _deducted(deadline: Deadline) -> str:
    parts = [
        f"{stop.from_on} 至 {stop.until_on or '（尚未恢复）'} 中止：{stop.reason}"
        for stop in deadline.suspensions.all()
    ]
    granted = getattr(deadline, "extension", None)
    if granted is not None:
        parts.append(f"延长 {granted.length}{deadline.limit.unit}：{granted.reason}（{granted.approved_on} 批准）")
    return "；".join(parts) or "无中止、无延长"


def _legend(reckoning: Reckoning) -> tuple[str, ...]:
    calendar = reckoning.calendar
    unit = "工作日" if reckoning.limit.mode in ("WD", "WD_BACK") else "日"
    lines = [f"小字：第几个{unit}" if unit == "工作日" else "小字：第几日"]
    cells = reckoning.days
    off = [cell for cell in cells if calendar.is_holiday(cell.date)]
    if off:
        names = "、".join(dict.fromkeys(cell.name for cell in off))
        lines.append(f"休：{names}放假 {len(off)} 日")
    worked = sum(calendar.is_makeup(cell.date) for cell in cells)
    if worked:
        lines.append(f"班：调休上班 {worked} 日")
    if any(cell.kind == "stopped" for cell in cells):
        lines.append("停：中止期间，不计入")
    return tuple(lines)


def _sources(reckoning: Reckoning) -> tuple[str, ...]:
    years = range(reckoning.first_day.year, reckoning.last_day.year + 1)
    calendar = reckoning.calendar
    return tuple(
        calendar.source(year) if calendar.covers(year) else f"{year}年放假安排尚未载入，该年日期暂定" for year in years
    )
