"""The lamp of a clock (期限灯): read off the dates when somebody looks, never stored.

Red only while the matter is open: what was finished late is done, and says by how much.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portal.deadlines.stored import stored_calendar

if TYPE_CHECKING:
    from portal.deadlines.models import Deadline

WORKING_DAYS, DAYS = "个工作日", "日"


@dataclass(frozen=True)
class Lamp:
    """``state`` is late, soon, fine, halt, idle or done; ``text`` is the word beside the shape."""

    state: str
    text: str


IDLE = Lamp("idle", "未起算")


def lamp_of(deadline: "Deadline", today: date) -> Lamp:
    """The lamp of a clock on a day."""
    kind, text = _read(deadline, today)
    return Lamp(kind, f"{text}（暂定）" if deadline.provisional and deadline.is_open else text)


def _read(deadline: "Deadline", today: date) -> tuple[str, str]:
    if deadline.state == "cancelled":
        return "done", "已撤销"
    if deadline.state == "suspended":
        return "halt", "已中止"
    if deadline.state == "missed":
        return "done", "届满未办"
    if deadline.state == "met":
        late = deadline.finished_late_by
        return "done", f"逾期 {late} {unit_of(deadline)}办结" if late else "已办结"
    return _running(deadline, today)


def _running(deadline: "Deadline", today: date) -> tuple[str, str]:
    minimum = deadline.rule["direction"] == "min"
    if today > deadline.effective_end:
        if minimum:
            return "done", "已满"
        if not deadline.binds_office or deadline.rule["mode"] == "UNTIL":
            return "done", "已届满"
        late = days_late(deadline, today)
        return "late", f"逾期 {late} {unit_of(deadline)}" if late else f"逾期不足 1 {unit_of(deadline)}"
    if today < deadline.start_on and not deadline.rule["mode"].endswith("_BACK") and deadline.rule["mode"] != "DATE":
        return "idle", "未起算"
    left = "今日到期" if today == deadline.effective_end else f"剩 {days_left(deadline, today)} {unit_of(deadline)}"
    if minimum:
        return "fine", "今日届满" if today == deadline.effective_end else f"未满，{left}"
    amber = deadline.binds_office and today >= deadline.soon_from
    return ("soon" if amber else "fine"), left


def unit_of(deadline: "Deadline") -> str:
    """The unit in which this clock is told: the rule's own, days for months and years."""
    return WORKING_DAYS if deadline.rule["mode"] in ("WD", "WD_BACK") else DAYS


def days_left(deadline: "Deadline", today: date) -> int:
    return _distance(deadline, today, deadline.effective_end)


def days_late(deadline: "Deadline", on: date) -> int:
    """By how much a day is later than the last day, in the clock's unit."""
    return _distance(deadline, deadline.effective_end, on) if on > deadline.effective_end else 0


def _distance(deadline: "Deadline", after: date, until: date) -> int:
    if unit_of(deadline) == WORKING_DAYS:
        return stored_calendar(deadline.region).working_days_between(after, until)
    return (until - after).days
