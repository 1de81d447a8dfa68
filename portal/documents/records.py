"""Records of the portal as plain text: what a room knows of a file, written so that it is kept without the portal."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from io import StringIO


@dataclass(frozen=True)
class Record:
    """One record: its name, the day and who it comes from; ``text`` writes it when it is asked for.

    ``ending`` is the extension of its file, ``csv`` for a table.
    """

    title: str
    text: Callable[[], str]
    at: date | None = None
    who: str = ""
    ending: str = "txt"


def table(heads: Iterable[str], rows: Iterable[Iterable]) -> str:
    """A table as CSV; no cell is taken for a formula by the programme that opens it."""
    out = StringIO()
    written = csv.writer(out)
    written.writerow(heads)
    for row in rows:
        written.writerow([f"'{cell}" if str(cell)[:1] in ("=", "+", "-", "@") else cell for cell in row])
    return out.getvalue()
