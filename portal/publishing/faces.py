"""What the public may see of a kind of file, declared by its app in ``public.py``. Default closed.

What no face names has no way to the public: pages, downloads and open data read only the reviewed copy made of
the declared parts (政府信息公开条例 arts. 13-17).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.accounts.authority import may
from portal.documents.rendering.paper import chinese_date


@dataclass(frozen=True)
class Obligation:
    """The duty to publish: ``after`` names the steps (transition codes) of which any makes it begin, ``limit`` the
    time limit within which it must be done, ``basis`` the article."""

    after: tuple[str, ...]
    limit: str
    basis: str


@dataclass(frozen=True)
class Validity:
    """From when to when a document is in force: first day, last day, first day after repeal."""

    starts_on: date | None = None
    ends_on: date | None = None
    repealed_on: date | None = None


def _nobody(file: Any) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class PublicField:
    """One line of the index block. ``kind`` names a masking rule for the whole value (``person``, ``phone`` …);
    without it the value is read like free text."""

    label: str
    value: Callable[[Any], Any]
    kind: str = ""


@dataclass(frozen=True)
class PublicFace:
    """The public side of one kind of file (workflow code).

    :param column: the column of the site, such as 政策文件.
    :param fields: (label, getter) or :class:`PublicField`; getters give text, a date or nothing.
    :param papers: codes of the slots whose papers may go out, as reviewed renditions.
    :param published_on: the day of publication in law, none before it.
    :param names: people whose names are masked wherever they stand.
    :param validity: for documents that are in force for a time; ``None`` for what has no validity.
    :param prepared_with: the authority to mark the public text. :param reviewed_with: the authority to review it and
        to take it down; other than a town's where the county publishes papers of its own.
    """

    kind: str
    column: str
    title: Callable[[Any], str]
    text: Callable[[Any], str]
    published_on: Callable[[Any], date | None]
    fields: tuple = ()
    number: Callable[[Any], str] = lambda file: ""
    organisation: Callable[[Any], Any] = lambda file: file.organisation
    papers: tuple[str, ...] = ()
    names: Callable[[Any], tuple[str, ...]] = _nobody
    validity: Callable[[Any], Validity] | None = None
    obligation: Obligation | None = None
    prepared_with: str = "publishing.prepare"
    reviewed_with: str = "publishing.review"

    def public_fields(self) -> tuple[PublicField, ...]:
        """All fields in one shape."""
        return tuple(field if isinstance(field, PublicField) else PublicField(*field) for field in self.fields)


_faces: dict[str, PublicFace] = {}


def register(face: PublicFace) -> PublicFace:
    """Declare a kind's public side.

    :raises ValueError: the kind has one already.
    """
    if _faces.setdefault(face.kind, face) is not face:
        raise ValueError(f"the public face of {face.kind} is declared twice")
    return face


def unregister(kind: str) -> None:
    """Take a face away again (for tests)."""
    _faces.pop(kind, None)


def face_of(kind: str) -> PublicFace | None:
    """The public side of a kind; ``None`` means that nothing of it is public."""
    return _faces.get(kind)


def may_prepare(person, file) -> bool:
    """Whether the person may mark the public text of this file; of a kind without a face nobody may."""
    face = face_of(file.kind)
    return face is not None and may(person, face.prepared_with, file.organisation)


def may_review(person, file) -> bool:
    """Whether the person may review the public text of this file, and take it down again."""
    face = face_of(file.kind)
    return face is not None and may(person, face.reviewed_with, file.organisation)


def all_faces() -> list[PublicFace]:
    return sorted(_faces.values(), key=lambda face: face.kind)


def columns() -> list[str]:
    """The columns of the site, each once."""
    return list(dict.fromkeys(face.column for face in all_faces()))


def as_text(value: Any) -> str:
    """A field's value as the public reads it; a date as 2026年3月1日."""
    if value is None:
        return ""
    return chinese_date(value) if isinstance(value, date) else str(value)
