"""What rooms above add to a review: a part of the opinion letter, and a line on the review page.

The review knows none of them; they register when their app starts.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """A part of the opinion letter: heading without number, a sentence, and a table where there are rows.

    ``widths`` are relative, one a column.
    """

    heading: str
    lead: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Summary:
    """A line on the review page with the page where there is more."""

    label: str
    words: str
    url: str
    link: str


_letters: list[Callable] = []
_summaries: list[Callable] = []


def register(*, letter: Callable | None = None, summary: Callable | None = None) -> None:
    """Add ``letter(review) -> Note | None`` and ``summary(file) -> Summary | None``."""
    if letter is not None:
        _letters.append(letter)
    if summary is not None:
        _summaries.append(summary)


def letter_notes(review) -> list[Note]:
    """What stands in the opinion letter of this round besides checklist and findings."""
    return [note for ask in _letters if (note := ask(review)) is not None]


def summaries(file) -> list[Summary]:
    return [line for ask in _summaries if (line := ask(file)) is not None]
