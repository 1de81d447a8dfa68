"""Find titles that sound or look like what was typed: 防讯 for 防汛, or fangxun.

A title's neighbouring syllables are terms of the same index, set apart by a mark no text can bring, so a slip in one
character still meets the rest.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT, Style
from pypinyin.style import convert as in_style

from portal.search.cutter import HAN, fold, quoted

MARK = "~"
_HAN_RUN = re.compile(f"[{HAN}]+")
_LETTERS = re.compile(r"[a-z]{2,40}")
_ENOUGH_ALIKE = 0.55


@cache
def _all_syllables() -> frozenset[str]:
    readings = {reading for entry in PINYIN_DICT.values() for reading in entry.split(",")}
    plain = {in_style(reading, Style.NORMAL, strict=False) for reading in readings}
    return frozenset(syllable for syllable in plain if syllable.isascii() and syllable.isalpha())


def syllables_of_letters(letters: str) -> list[str]:
    """Split typed pinyin, longest syllable first: fangxunyingji → fang xun ying ji; [] when it is none."""
    known = _all_syllables()
    found, start = [], 0
    while start < len(letters):
        for end in range(min(len(letters), start + 6), start, -1):
            if letters[start:end] in known:
                found.append(letters[start:end])
                start = end
                break
        else:
            return []
    return found


def _pairs(syllables: list[str]) -> list[str]:
    return [f"{MARK}{first}{second}" for first, second in pairwise(syllables)]


def sound_terms(title: str) -> list[str]:
    """Return the terms by which a title is found by sound."""
    terms = [term for run in _HAN_RUN.findall(fold(title)) for term in _pairs(lazy_pinyin(run))]
    return list(dict.fromkeys(terms))


def _spoken(text: str) -> list[str]:
    folded = fold(text)
    spoken = [syllable for run in _HAN_RUN.findall(folded) for syllable in lazy_pinyin(run)]
    return spoken or [syllable for letters in _LETTERS.findall(folded) for syllable in syllables_of_letters(letters)]


def sound_tsquery(text: str) -> str:
    """Return a tsquery literal for titles that share two neighbouring syllables with the text; "" without any."""
    return " | ".join(quoted(term) for term in dict.fromkeys(_pairs(_spoken(text)[:24])))


def nearest(text: str, titles: list[str], most: int = 5) -> list[str]:
    """Return the parts of the titles most like the text by sound, best first, as words to search for instead."""
    spoken = _spoken(text)
    best: dict[str, float] = {}
    for run in {run for title in titles for run in _HAN_RUN.findall(title)}:
        part, likeness = _most_alike(spoken, run)
        if likeness >= _ENOUGH_ALIKE and part != text.strip():
            best[part] = max(likeness, best.get(part, 0))
    return sorted(best, key=lambda part: (-best[part], len(part), part))[:most]


def _most_alike(spoken: list[str], run: str) -> tuple[str, float]:
    syllables = lazy_pinyin(run)
    width = min(len(spoken), len(syllables))
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(spoken)
    part, likeness = "", 0.0
    for start in range(len(syllables) - width + 1):
        matcher.set_seq1(syllables[start : start + width])
        if matcher.quick_ratio() > likeness and matcher.ratio() > likeness:
            part, likeness = run[start : start + width], matcher.ratio()
    return part, likeness
