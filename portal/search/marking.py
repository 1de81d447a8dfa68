"""Mark what was looked for in a title or a snippet, as segments, never as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.search.cutter import HAN

Segments = list[tuple[str, bool]]
"""A text in pieces; True beside a piece that was looked for. A template writes <mark> around those."""

# Folding that keeps every character in its place, so that a hit in the folded text is a hit in the original.
_SAME_LENGTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SAME_LENGTH |= {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_SAME_LENGTH |= {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)}

_BLANKS = r"\s*"
_LATIN = re.compile(rf"[^\W_{HAN}]+")


def pattern(needles: Iterable[tuple[str, ...]]) -> re.Pattern[str] | None:
    """Return the expression that finds the wanted runs in a text, the longest first; None without any."""
    written = sorted({_BLANKS.join(_unit(unit) for unit in units) for units in needles}, key=len, reverse=True)
    return re.compile("|".join(written)) if written else None


def _unit(unit: str) -> str:
    if unit[0] == "〔":
        return rf"[\[(〔【{{﹝]\s*{unit[1:-1]}\s*[\])〕】}}﹞]\s*第?\s*0*"
    if _LATIN.fullmatch(unit):
        return rf"(?<![a-z0-9]){re.escape(unit)}(?![a-z0-9])" if unit.isascii() else re.escape(unit)
    return re.escape(unit)


def mark(text: str, wanted: re.Pattern[str] | None) -> Segments:
    """Split a text into segments, hits apart from the rest."""
    if wanted is None:
        return [(text, False)] if text else []
    segments: Segments = []
    end = 0
    for hit in wanted.finditer(text.translate(_SAME_LENGTH)):
        if hit.end() == hit.start():
            continue
        if hit.start() > end:
            segments.append((text[end : hit.start()], False))
        segments.append((text[hit.start() : hit.end()], True))
        end = hit.end()
    if end < len(text):
        segments.append((text[end:], False))
    return segments


def snippet(body: str, wanted: re.Pattern[str] | None, length: int = 110) -> Segments:
    """Return about `length` characters around the first hit, marked; the opening when nothing hits."""
    text = " ".join(body.split())
    hit = wanted.search(text.translate(_SAME_LENGTH)) if wanted else None
    start = max(0, hit.start() - length // 3) if hit else 0
    start = _after_a_sentence_end(text, start, hit.start()) if hit and start else start
    piece = text[start : start + length]
    segments = mark(piece, wanted)
    if start:
        segments.insert(0, ("…", False))
    if start + length < len(text):
        segments.append(("…", False))
    return segments


def _after_a_sentence_end(text: str, start: int, hit: int) -> int:
    """Begin after a full stop when one stands between the cut and the hit; half a sentence reads badly."""
    stop = max(text.rfind(mark, start, hit) for mark in "。；\n")
    return stop + 1 if stop >= 0 else start
