"""Words, orders and shapes that components need and templates cannot say."""

import re
from datetime import date, datetime

import segno
from django import template
from django.utils import timezone

register = template.Library()

_GATES = {
    "not_started": ("none", "未开始"),
    "in_progress": ("part", "进行中"),
    "met": ("met", "已具备"),
    "not_required": ("off", "不适用"),
}


@register.filter
def gate_order(gates):
    """Gates as the panel lists them: what is missing first, what does not apply last."""
    order = list(_GATES)
    return sorted(gates, key=lambda gate: order.index(_read(gate, "state")))


@register.filter
def gate_class(state):
    return _GATES[state][0]


@register.filter
def gate_word(state):
    return _GATES[state][1]


@register.filter
def gates_missing(gates):
    return sum(_read(gate, "state") in ("not_started", "in_progress") for gate in gates)


@register.filter
def gates_met(gates):
    return sum(_read(gate, "state") == "met" for gate in gates)


@register.filter
def gates_off(gates):
    return sum(_read(gate, "state") == "not_required" for gate in gates)


@register.filter
def step_position(steps):
    """Where a file stands: number of the current step, how many there are, the next one that applies."""
    steps = list(steps)
    at = next((index for index, step in enumerate(steps) if _read(step, "state") == "now"), None)
    if at is None:
        finished = all(_read(step, "state") in ("done", "skipped") for step in steps)
        return {"number": len(steps), "total": len(steps), "current": None, "next": None, "is_finished": finished}
    coming = (step for step in steps[at + 1 :] if _read(step, "state") != "skipped")
    return {"number": at + 1, "total": len(steps), "current": steps[at], "next": next(coming, None)}


@register.filter
def error_links(form):
    """(anchor, message) of every error of a form or formset, in the order of the page."""
    if not form:
        return []
    if hasattr(form, "non_form_errors"):
        links = [("", message) for message in form.non_form_errors()]
        for part in form.forms:
            links += error_links(part)
        return links
    links = [("", message) for message in form.non_field_errors()]
    for bound in form:
        links += [(getattr(bound, "anchor", bound.id_for_label), message) for message in bound.errors]
    return links


@register.filter
def stamp(moment):
    """A date as 2026-10-12, a moment as 2026-10-12 08:30 in local time."""
    if isinstance(moment, datetime):
        return _local(moment).strftime("%Y-%m-%d %H:%M")
    return moment.strftime("%Y-%m-%d") if isinstance(moment, date) else ""


@register.filter
def machine_time(moment):
    """The ``datetime`` attribute of ``<time>``, with its offset."""
    if isinstance(moment, datetime):
        return _local(moment).isoformat(timespec="minutes")
    return moment.isoformat() if isinstance(moment, date) else ""


@register.filter
def pairs(items):
    """Items two by two, for the index block."""
    items = list(items)
    return [items[start : start + 2] for start in range(0, len(items), 2)]


@register.filter
def title_parts(title):
    """A document title cut where a line may break by sense: before 关于 and 《, after 》."""
    return [part for part in re.split(r"(?=关于)|(?=《)|(?<=》)", str(title)) if part]


@register.filter
def qr_code(address):
    """Size and path of the address's QR code, with a quiet zone of four modules."""
    matrix = segno.make(address, micro=False).matrix
    quiet = 4
    strokes = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            run = x
            while run < len(row) and row[run]:
                run += 1
            if run > x:
                strokes.append(f"M{x + quiet} {y + quiet}.5h{run - x}")
            x = max(run, x + 1)
    return {"size": len(matrix) + 2 * quiet, "path": "".join(strokes)}


def _local(moment):
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _read(thing, name):
    return thing[name] if isinstance(thing, dict) else getattr(thing, name)
