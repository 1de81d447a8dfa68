"""Cut Chinese text into search terms, the same way for what is stored and for what is asked.

A text is folded (full-width to half-width, letters to lower case, document numbers to one bracket style) and read as a
row of *units*: one Han character, one run of letters or digits, or one bracketed year. The terms are

* every unit, so that one character can be looked for;
* every two and three neighbouring units, so that every part of a word is found: a question of two characters is one
  term, a longer one the conjunction of its three-character parts. PostgreSQL answers that from the index alone,
  whereas a phrase would have to read and check each row;
* the words a dictionary finds, with their places, which tell a text that speaks of a thing often from one that
  mentions it.

Nothing here touches the database.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import rjieba

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff]")
_YEAR_IN_BRACKETS = re.compile(r"\s*[\[(〔【{]\s*((?:19|20)\d\d)\s*[\])〕】}]\s*")
_NUMBER_AFTER_YEAR = re.compile(r"(〔\d{4}〕)\s*第?\s*0*(\d+)\s*号")
_UNIT = re.compile(rf"〔\d{{4}}〕|[{HAN}]|[^\W_{HAN}]+")
_BREAK = re.compile(r"(?:(?!〔\d{4}〕)(?<!〔\d{4})[^\w\s]|_)+")
_DOCUMENT_NUMBER = re.compile(rf"[{HAN}]+〔\d{{4}}〕\d+号")
_IS_WORD = re.compile(rf"[{HAN}]{{2,}}|[^\W_{HAN}]{{2,}}")

LONGEST_UNIT = 40
"""Characters of a run of letters or digits that are kept; longer ones are checksums, not words."""

LARGEST_VECTOR = 900_000
"""Bytes a vector may take by our reckoning; PostgreSQL refuses one of 1 MiB."""

_FIRST_CJK = "\u2e80"  # what sorts before it is written with blanks between words
_LAST_PLACE = 16_383  # the highest place a tsvector can note
_LEAD_WORDS = 60  # words of a body's opening that count a little more
_FREQUENT_WORDS = 60  # words of the rest that count at all
_PLACES_PER_WORD = 6  # more tell ranking nothing new


def fold(text: str) -> str:
    """Bring a text to the one form in which terms are cut and compared."""
    return _one_number_style(_plain(text)).casefold()


def fold_keeping_case(text: str) -> str:
    """Fold all but the case of letters, for a parser that still has to tell AND from and."""
    return _one_number_style(_plain(text))


def _plain(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).replace("\x00", " "))


def _one_number_style(text: str) -> str:
    return _NUMBER_AFTER_YEAR.sub(r"\1\2号", _YEAR_IN_BRACKETS.sub(r"〔\1〕", text))


def runs(folded: str) -> Iterator[list[str]]:
    """Yield the units between two punctuation marks; blanks and line ends do not part what belongs together."""
    for stretch in _BREAK.split(folded):
        units = [unit[:LONGEST_UNIT] for unit in _UNIT.findall(stretch)]
        if units:
            yield units


def _glued(units: list[str]) -> list[str]:
    """Return the units with a blank after each Latin one that another follows: `open source`, but 第3条."""
    follower = [*units[1:], "\u2e80"]
    return [unit + " " if unit < _FIRST_CJK > after else unit for unit, after in zip(units, follower, strict=True)]


def join(units: list[str]) -> str:
    """Write neighbouring units as one term."""
    return "".join(_glued(units))


def shingles(units: list[str], width: int) -> list[str]:
    """Return every `width` neighbouring units as terms."""
    return [join(units[start : start + width]) for start in range(len(units) - width + 1)]


def document_number(text: str) -> str:
    """Return the one form of a document number (发文字号), or "" when the whole text is not one.

    龙政规【2026】第03号, 龙政规(2026)3号 and 龙政规〔2026〕3号 all give 龙政规〔2026〕3号.
    """
    folded = fold(text).strip()
    return folded if _DOCUMENT_NUMBER.fullmatch(folded) else ""


def words(folded: str) -> list[str]:
    """Return the words of a dictionary cut, in order, without punctuation and single characters."""
    return [word[:LONGEST_UNIT] for word in rjieba.cut(folded) if _IS_WORD.fullmatch(word)]


def terms_of(units: list[str]) -> list[str]:
    """Return all terms of a run: units, pairs, triples, and the plain year of a bracketed one."""
    glued = _glued(units)
    pairs = [first + second for first, second in zip(glued, units[1:], strict=False)]
    triples = [first + second for first, second in zip(glued, pairs[1:], strict=False)]
    years = [unit[1:-1] for unit in units if unit[0] == "〔"]
    return [*units, *years, *pairs, *triples]


@dataclass
class Vector:
    """Collects the terms of one entry and writes them as two tsvector literals: one to find by, one to rank by.

    What is found needs every term but no places; what is ranked needs places and weights but few terms. Apart, the
    first can't be cut off at PostgreSQL's last place (16,383), and the second is small enough to be read for each of a
    thousand hits.
    """

    terms: set[str] = field(default_factory=set)
    places: dict[str, list[str]] = field(default_factory=dict)
    size: int = 0
    _place: int = 0

    def add_zone(self, text: str, weight: str) -> None:
        """Add a short text (title, number, name) whose every term counts with `weight` (A, B or C)."""
        folded = fold(text)
        for units in runs(folded):
            self._note(terms_of(units), weight)
        self._note(words(folded), weight)
        number = document_number(text)
        if number:
            self._note([number], weight)

    def add_body(self, text: str) -> None:
        """Add a long text: every part can be found; its opening words (C) and its most frequent ones (D) rank it.

        A text whose terms would burst the vector is indexed as far as they fit.
        """
        folded = fold(text)
        for units in runs(folded):
            if self.size > LARGEST_VECTOR:
                return
            self.add_terms(terms_of(units))
        spoken = words(folded)
        self.add_terms(spoken)
        self._note(spoken[:_LEAD_WORDS], "C")
        for word, count in Counter(spoken[_LEAD_WORDS:]).most_common(_FREQUENT_WORDS):
            self._note([word] * min(count, _PLACES_PER_WORD), "D")

    def add_terms(self, terms: Iterable[str]) -> None:
        """Add terms to find by, which count nothing for ranking."""
        fresh = set(terms) - self.terms
        self.terms |= fresh
        self.size += 3 * sum(map(len, fresh)) + 8 * len(fresh)

    def _note(self, terms: Iterable[str], weight: str) -> None:
        for term in terms:
            self._place = min(self._place + 1, _LAST_PLACE)
            self.places.setdefault(term, []).append(f"{self._place}{weight}")
        self.add_terms(terms)

    def literal(self) -> str:
        """Return the literal to find by; terms hold letters, digits, blanks and 〔〕 only."""
        return " ".join(map(quoted, self.terms))

    def ranking_literal(self) -> str:
        """Return the literal to rank by, with places and weights."""
        return " ".join(f"{quoted(term)}:{','.join(places)}" for term, places in self.places.items())


def quoted(term: str) -> str:
    """Quote a term for a tsvector or tsquery literal.

    Units cannot hold a quote or a backslash; doubling them keeps that true should the cutting ever change.
    """
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
