"""Clocks of a file as ``components/clock.html`` shows them."""

from portal.deadlines.explain import GridRow, why
from portal.deadlines.models import Deadline
from portal.moment import today


def week_view(row: GridRow) -> list[dict]:
    """One row of the week grid; a fold is a single cell."""
    if row.fold:
        return [{"kind": "fold", "label": row.fold}]
    cells = []
    for cell in row.cells:
        kind = cell.style
        if cell.mark == "停":
            kind += " stop"
        cells.append({"date": cell.date, "label": cell.label, "kind": kind.strip(), "number": cell.number})
    return cells


def clock_view(deadline: Deadline, is_open: bool = False) -> dict:
    """One clock with its lamp and 「为什么是这一天」."""
    reason = why(deadline, today())
    notes = [f"应在 {reason.act_by:%Y-%m-%d} 前办理"] if reason.act_by != reason.due else []
    if reason.provisional:
        notes.append("暂定：该年放假安排尚未公布，公布后重新推算")
    return {
        "label": reason.label,
        "lamp": reason.lamp,
        "due_on": reason.due,
        "due_note": "；".join(notes),
        "rule": reason.rule,
        "basis": reason.basis + ("（地方示例）" if reason.is_local_example and "地方示例" not in reason.basis else ""),
        "started": reason.start,
        "stopped": reason.deducted,
        "unit": "工作日" if reason.unit == "个工作日" else "日",
        "weeks": [week_view(row) for row in reason.rows],
        "legend": reason.legend[1:],
        "source": "；".join(source for source in reason.sources if source),
        "is_open": is_open,
        "pk": deadline.pk,
        "is_running": deadline.state in Deadline.OPEN,
    }


def clock_views(deadlines) -> list[dict]:
    """Open clocks first, by due date; then those that are over."""
    ordered = sorted(deadlines, key=lambda clock: (not clock.is_open, clock.effective_end, clock.pk))
    return [clock_view(clock) for clock in ordered]
