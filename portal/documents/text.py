"""Text of accepted files, for search, for reading beside the picture and for the importer."""

import re
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

from portal.documents import kinds
from portal.documents.content import pages, plain, sheets, words
from portal.documents.kinds import FileKind

MAX_BYTES = 1024 * 1024
"""Most text that is kept of one file, in UTF-8."""

# PostgreSQL holds no NUL, UTF-8 no lone surrogates; other control characters come from broken fonts.
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Reading:
    """What a file says: its text, whether it has a text layer at all, and whether some was cut off."""

    text: str
    has_text_layer: bool
    is_cut: bool = False


def read(stream: BinaryIO, kind: FileKind, limit: int = MAX_BYTES) -> Reading:
    """The text of an accepted file, up to `limit` bytes of UTF-8.

    A picture and an OFD have none. Raises FileRefused for a file that cannot be read after all.
    """
    stream.seek(0)
    # Closing matters: a half-read PDF would keep the one lock of its library.
    with closing(_pieces(stream, kind)) as pieces:
        return _gathered(pieces, limit)


def _pieces(stream: BinaryIO, kind: FileKind) -> Generator[str, None, None]:
    if kind is kinds.PDF:
        yield from pages.texts(stream)
    elif kind is kinds.DOCX:
        yield from words.lines(stream)
    elif kind is kinds.XLSX:
        yield from sheets.lines(stream)
    elif kind is kinds.TXT:
        yield plain.decoded(stream.read(plain.MAX_BYTES))


def _gathered(pieces: Iterable[str], limit: int) -> Reading:
    parts: list[str] = []
    size = 0
    is_cut = False
    for piece in pieces:
        clean = cleaned(piece)
        parts.append(clean)
        size += len(clean.encode()) + 1
        if size > limit:
            is_cut = True
            break
    text = "\n".join(parts).strip()
    if is_cut:
        text = text.encode()[:limit].decode(errors="ignore")
    return Reading(text=text, has_text_layer=bool(text), is_cut=is_cut)


def cleaned(text: str) -> str:
    """Text that the database can hold, with Unix line ends."""
    return _UNUSABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
