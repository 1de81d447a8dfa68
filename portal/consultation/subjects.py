"""What a file asks the public about: the room of the file says it, so that whoever answers can read it first."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A public page."""

    title: str
    url: str


_told: dict[str, Callable] = {}


def register(kind: str, tell: Callable) -> None:
    """``tell(file)`` gives the :class:`Subject` of a file of this kind, or ``None`` while nobody may read it."""
    _told[kind] = tell


def subject_of(file) -> Subject | None:
    tell = _told.get(file.kind)
    return tell(file) if tell is not None else None
