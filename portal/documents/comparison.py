"""A text paragraph by paragraph, beside what stood there before. Pure: no database."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.documents.rendering.blocks import ARTICLE_MARK, CHAPTER_MARK, NUMERAL

LONGEST_COMPARED = 4000
"""Characters of one paragraph beyond which it is shown as replaced whole: comparing costs the square of its length."""

_SECTION_MARK = re.compile(rf"[{NUMERAL}]+、")
_WORDS = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A run of text: ``kind`` is same, ins or del."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """A paragraph as shown.

    ``kind`` is title, chapter, article or text; ``label`` is 第六条; ``marked``: something was found in it.
    """

    kind: str
    label: str
    pieces: tuple[Piece, ...]
    marked: bool = False

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


def paragraphs(text: str) -> list[str]:
    """The lines of a text without the space around them; empty ones are left out."""
    lines = (line.strip().strip("　") for line in text.splitlines())
    return [line for line in lines if line]


def compared(text: str, before: str | None = None, clauses: frozenset[str] = frozenset()) -> list[Line]:
    """The paragraphs of ``text``, with what was added to and struck from ``before``, if there is one.

    Articles are matched by their number (sections 一、 in texts without articles), so that one moved or rewritten is
    compared with itself.

    :param clauses: labels (第六条) to be marked because something was found in them.
    """
    new = paragraphs(text)
    if before is None:
        return [_line(paragraph, (Piece("same", paragraph),), clauses, first=n == 0) for n, paragraph in enumerate(new)]
    old = paragraphs(before)
    lines: list[Line] = []
    mark = ARTICLE_MARK if any(ARTICLE_MARK.match(p) for p in (*old, *new)) else _SECTION_MARK
    matcher = SequenceMatcher(None, [_key(p, mark) for p in old], [_key(p, mark) for p in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(old[i1:i2], new[j1:j2], strict=True)
            lines += [
                _line(after, pieces_of(earlier, after), clauses, first=not lines and not n)
                for n, (earlier, after) in enumerate(pairs)
            ]
            continue
        lines += [_line(struck, (Piece("del", struck),), clauses) for struck in old[i1:i2]]
        lines += [_line(added, (Piece("ins", added),), clauses) for added in new[j1:j2]]
    return lines


def changes(lines: list[Line]) -> int:
    """How many paragraphs differ."""
    return sum(line.is_changed for line in lines)


def clauses_of(text: str) -> list[str]:
    """The labels of the articles, in order, for choosing one."""
    return [mark[0] for paragraph in paragraphs(text) if (mark := ARTICLE_MARK.match(paragraph))]


def _key(paragraph: str, mark: re.Pattern) -> str:
    found = mark.match(paragraph)
    return found[0] if found else paragraph


def _line(paragraph: str, pieces: tuple[Piece, ...], clauses: frozenset[str], *, first: bool = False) -> Line:
    mark = ARTICLE_MARK.match(paragraph)
    if mark:
        return Line("article", mark[0], pieces, mark[0] in clauses)
    if CHAPTER_MARK.match(paragraph):
        return Line("chapter", "", pieces)
    return Line("title" if first else "text", "", pieces)


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """What was kept, added to and struck from one paragraph, character by character, numbers and words whole."""
    if before == after:
        return (Piece("same", after),)
    if max(len(before), len(after)) > LONGEST_COMPARED:
        return (Piece("del", before), Piece("ins", after))
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(new[j1:j2])))
            continue
        if i2 > i1:
            pieces.append(Piece("del", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("ins", "".join(new[j1:j2])))
    return tuple(pieces)
