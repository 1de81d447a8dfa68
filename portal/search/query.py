"""Read what a person typed into the search box and write it as a tsquery.

Blanks, 与 and AND ask for all words; 或 and OR for either side; a leading minus, 非 and NOT leave out; quotation marks
keep blanks inside a phrase. Whatever else is typed is text or punctuation: the tsquery is built from cut terms only,
so no character of the input reaches the database as an operator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from portal.search.cutter import document_number, fold, fold_keeping_case, join, quoted, runs, shingles

LONGEST_QUESTION = 200
"""Characters that are read; the rest of a longer input is left aside, and the page says so."""

MOST_WORDS = 16
"""Words that are looked for; more add nothing but load."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟「」『』", '"'))
_TOKEN = re.compile(r'-?"[^"]*"|[^\s"]+')
_AND = {"AND", "与", "并且"}
_OR = {"OR", "或", "或者"}
_NOT = {"NOT", "非", "不含"}


@dataclass(frozen=True)
class Query:
    """A question ready for the database and for marking its hits."""

    text: str
    tsquery: str = ""
    """Literal for `::tsquery`; empty when there is nothing to look for."""
    title_tsquery: str = ""
    """The same, true only where every word stands in title or number."""
    needles: tuple[tuple[str, ...], ...] = ()
    """The units of each wanted run, for marking."""
    number_tsquery: str = ""
    """True only for the document whose own number this is; empty when no number was asked for."""
    notice: str = ""
    """What the reader should know about how the question was taken."""

    def __bool__(self) -> bool:
        return bool(self.tsquery)


@dataclass
class _Alternative:
    """Words that must all be there, and words that must not."""

    wanted: list[list[list[str]]] = field(default_factory=list)
    unwanted: list[list[list[str]]] = field(default_factory=list)


def parse(text: str) -> Query:
    """Read a question; never fails, whatever the input."""
    asked = text[:LONGEST_QUESTION]
    notices = []
    if len(text) > LONGEST_QUESTION:
        notices.append(f"输入过长，只按前 {LONGEST_QUESTION} 个字检索。")
    alternatives, typed_something = _alternatives(fold_keeping_case(asked).translate(_QUOTES))
    usable = [alternative for alternative in alternatives if alternative.wanted]
    if not usable:
        if typed_something:
            notices.append("请至少输入一个要找的字词。")
        return Query(text=asked, notice="".join(notices))
    return Query(
        text=asked,
        tsquery=_expression(usable, label=""),
        title_tsquery=_expression(usable, label=":A"),
        number_tsquery=" | ".join(quoted(number) + ":A" for number in _numbers(usable)),
        needles=tuple(dict.fromkeys(tuple(run) for one in usable for word in one.wanted for run in word)),
        notice="".join(notices),
    )


def _alternatives(folded: str) -> tuple[list[_Alternative], bool]:
    tokens = _TOKEN.findall(folded)
    alternatives = [_Alternative()]
    negated = False
    words_left = MOST_WORDS
    for place, token in enumerate(tokens):
        between = 0 < place < len(tokens) - 1
        if token in _OR and between:
            alternatives.append(_Alternative())
            continue
        if token in _AND and between:
            continue
        if token in _NOT and place < len(tokens) - 1:
            negated = True
            continue
        leaves_out = negated or (token[0] == "-" and len(token) > 1)
        negated = False
        word = list(runs(fold(token)))
        if word and words_left:
            words_left -= 1
            target = alternatives[-1].unwanted if leaves_out else alternatives[-1].wanted
            target.append(word)
    return alternatives, bool(folded.strip())


def _expression(alternatives: list[_Alternative], label: str) -> str:
    written = []
    for alternative in alternatives:
        parts = [_word(word, label) for word in alternative.wanted]
        # What is left out is left out wherever it stands, so it never carries the title's label.
        parts += [f"!{_word(word, '')}" for word in alternative.unwanted]
        written.append("(" + " & ".join(parts) + ")")
    return " | ".join(written)


def _word(word: list[list[str]], label: str) -> str:
    return "(" + " & ".join(_run(units, label) for units in word) + ")"


def _numbers(alternatives: list[_Alternative]) -> list[str]:
    runs_wanted = [units for one in alternatives for word in one.wanted for units in word]
    return list(dict.fromkeys(number for units in runs_wanted if (number := document_number(join(units)))))


def _run(units: list[str], label: str) -> str:
    parts = shingles(units, min(len(units), 3))
    expression = " & ".join(quoted(part) + label for part in dict.fromkeys(parts))
    return f"({expression})"
