"""What lies in a folder, counted through: every piece with its number, its place in the packet and its digest."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from portal.documents.names import safe_name
from portal.dossiers.dossier import Part, Piece

HEADS = ("件号", "类别", "题名", "责任者", "日期", "页数", "文件", "SHA-256")


@dataclass(frozen=True)
class Entry:
    """One line of the index. ``content`` holds what is no stored version, as it was written out."""

    number: int
    part: str
    piece: Piece
    path: str
    digest: str
    content: bytes | None = None

    @property
    def day(self) -> str:
        return f"{self.piece.at:%Y-%m-%d}" if self.piece.at else ""

    def cells(self) -> tuple[str, ...]:
        piece = self.piece
        pages = str(piece.pages) if piece.pages else ""
        return (str(self.number), self.part, piece.title, piece.who, self.day, pages, self.path, self.digest)


def entries_of(parts: Iterable[Part]) -> list[Entry]:
    """Every piece of the folder in its order; records of the portal are written out once, here."""
    entries: list[Entry] = []
    for order, part in enumerate(parts, start=1):
        folder = safe_name(f"{order:02d}_{part.label}")
        for piece in part.pieces:
            number = len(entries) + 1
            content = piece.content() if piece.version is None else None
            digest = piece.version.blob.digest if content is None else hashlib.sha256(content).hexdigest()
            path = f"{folder}/{safe_name(f'{number:03d}_{piece.name}')}"
            entries.append(Entry(number, part.label, piece, path, digest, content))
    return entries


def contents_digest(entries: Iterable[Entry]) -> str:
    """One digest over all pieces in their order: it changes with any piece, its name or its place."""
    lines = "".join(f"{entry.digest}  {entry.path}\n" for entry in entries)
    return hashlib.sha256(lines.encode()).hexdigest()
