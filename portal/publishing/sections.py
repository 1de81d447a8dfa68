"""What rooms above hang into the public pages of what was published: parts of the page, and words before the title."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.moment import today

Context = Callable[[Any], dict | None]
Marks = Callable[[list, date], dict[int, str]]


@dataclass(frozen=True)
class PublicSection:
    """A part of the page of one kind of file.

    :param kind: workflow code. :param context: from the publication what the template shows as ``part``; ``None``
        leaves the part out. A ``changed_at`` in it is the moment of its last change.
    :param place: ``top`` before the text, ``below`` behind it, ``side`` beside it.
    """

    kind: str
    template: str
    context: Context
    place: str = "below"


_sections: list[PublicSection] = []
_marks: list[Marks] = []


def register(section: PublicSection) -> PublicSection:
    """Show the part on every page of its kind, in the order of registration."""
    if section not in _sections:
        _sections.append(section)
    return section


def register_marks(marks: Marks) -> Marks:
    """Ask ``marks(publications, day)`` for a word (已被修改) by file id, in one query whatever their number."""
    if marks not in _marks:
        _marks.append(marks)
    return marks


def sections_of(publication) -> dict[str, list[dict]]:
    """The parts by place, each with its template and what it shows."""
    shown: dict[str, list[dict]] = {"top": [], "below": [], "side": []}
    for section in _sections:
        if section.kind == publication.file.kind:
            context = section.context(publication)
            if context is not None:
                shown[section.place].append({"template": section.template, "part": context})
    return shown


def marks_of(publications: Iterable, day: date | None = None) -> dict[int, str]:
    """The word before each title on that day (today by default), by file id. What is not in force is always marked."""
    rows, day = list(publications), day or today()
    found: dict[int, str] = {}
    if rows:
        for marks in _marks:
            found |= marks(rows, day)
    for row in rows:
        effect = row.effect_on(day)
        if effect is not None and effect.is_dead:
            found.setdefault(row.file_id, effect.label)
    return found
