"""How the lines of a paragraph are filled: Chinese line breaking with both edges straight.

The PDF engine stretches lines at spaces only, and Chinese has none; so lines are broken here, with the true widths of
the faces, and what is left of a line is spread evenly between its characters. No line begins with a closing sign or
ends with an opening one (避头尾), and figures, Latin words and units of them are never torn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .fonts import Role, advance
from .gb9704 import GRID_TRACKING_PT, SIZE_3_PT, TYPE_WIDTH_PT

NEVER_FIRST = frozenset("、。，．：；！？）》〉」』】〕〗”’…—·％‰℃%)]},.:;!?~～")
NEVER_LAST = frozenset("（《〈「『【〔〖“‘([{￥$")
UNBREAKABLE = re.compile(r"〔\d{4}〕\d*号?|[0-9A-Za-z][0-9A-Za-z.,:/@_+\-]*[%‰℃％]?|……|——|.", re.DOTALL)
LONGEST_UNIT = 40  # characters; a longer run of Latin is cut wherever the line ends


@dataclass(frozen=True)
class Run:
    """A stretch of text in one typeface."""

    text: str
    role: Role = Role.FANGSONG


@dataclass(frozen=True)
class Line:
    """A filled line: its runs, the tracking that fills it, its indent, in points; `is_last` ends the paragraph."""

    runs: tuple[Run, ...]
    tracking_pt: float
    indent_pt: float
    is_last: bool


@dataclass(frozen=True)
class _Unit:
    """What stays together: one character, or a figure, with its natural width in points at grid tracking."""

    text: str
    role: Role
    width_pt: float


def compose(
    runs: tuple[Run, ...], *, indent: float, size_pt: float = SIZE_3_PT, width_pt: float = TYPE_WIDTH_PT
) -> tuple[Line, ...]:
    """Fill the lines of one paragraph; the first is `indent` characters (字) in.

    The text of the lines, joined, is the text of the runs.
    """
    tracking = GRID_TRACKING_PT * size_pt / SIZE_3_PT
    units = [unit for run in runs for unit in _units(run, size_pt, tracking)]
    first_indent = indent * (size_pt + tracking)
    lines: list[Line] = []
    start = 0
    while start < len(units):
        indent_pt = first_indent if not lines else 0.0
        room = width_pt - indent_pt
        end = _line_end(units, start, room)
        taken = units[start:end]
        is_last = end == len(units)
        lines.append(Line(_joined(taken), _tracking(taken, room, tracking, is_last=is_last), indent_pt, is_last))
        start = end
    return tuple(lines)


def _units(run: Run, size_pt: float, tracking_pt: float) -> list[_Unit]:
    units = []
    for match in UNBREAKABLE.finditer(run.text):
        pieces = match[0] if len(match[0]) > LONGEST_UNIT else (match[0],)
        for piece in pieces:
            width = sum(advance(sign, run.role) * size_pt + tracking_pt for sign in piece)
            units.append(_Unit(piece, run.role, width))
    return units


def _line_end(units: list[_Unit], start: int, room_pt: float) -> int:
    """Give the number of the first unit that goes to the next line."""
    filled, end = 0.0, start
    while end < len(units) and filled + units[end].width_pt <= room_pt + 0.05:
        filled += units[end].width_pt
        end += 1
    end = max(end, start + 1)
    if end >= len(units):
        return len(units)
    fits = end
    while end > start + 1 and not _may_part(units[end - 1], units[end]):
        end -= 1
    return end if _may_part(units[end - 1], units[end]) else fits


def _may_part(before: _Unit, after: _Unit) -> bool:
    return after.text[0] not in NEVER_FIRST and before.text[-1] not in NEVER_LAST


def _tracking(taken: list[_Unit], room_pt: float, tracking_pt: float, *, is_last: bool) -> float:
    """Spread what is left of a line; its last character keeps its tracking too, hence as many gaps as characters."""
    if is_last:
        return tracking_pt
    left = room_pt - sum(unit.width_pt for unit in taken)
    characters = sum(len(unit.text) for unit in taken)
    return tracking_pt + left / max(characters - 1, 1)


def _joined(taken: list[_Unit]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for unit in taken:
        if runs and runs[-1].role is unit.role:
            runs[-1] = Run(runs[-1].text + unit.text, unit.role)
        else:
            runs.append(Run(unit.text, unit.role))
    return tuple(runs)
