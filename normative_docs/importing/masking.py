"""Sentences with their titles, dates and numbers replaced by single marks, so that clauses can be read by pattern.

《关于废止〈甲〉的通知》 is a name, not a repeal: with the name masked, the verb inside it is out of the way.
"""

import re
from dataclasses import dataclass
from datetime import date

from normative_docs.importing.dates import FoundDate, find_dates
from normative_docs.importing.numbers import numbers_in
from normative_docs.importing.titles import normalised_title, quoted_titles

TITLE, NUMBER, DATE, OWN = "[\ue000-\ue3ff]", "[\ue400-\ue7ff]", "[\ue800-\uebff]", "[\uec00-\ueeff]"
_KINDS = {"title": 0xE000, "number": 0xE400, "date": 0xE800, "own": 0xEC00}
_ARTICLE = re.compile(
    r"^(?:第[一二三四五六七八九十百零〇\d]{1,6}条[、.．：: \u3000]*|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d))*"
    r"(?:[（(【][^）)】]{1,12}[）)】])?[ \u3000]*(?:附[ \u3000]*则[ \u3000]*)?"
)


@dataclass(frozen=True)
class Masked:
    """One sentence: its masked text, and what each mark stands for."""

    text: str
    printed: dict[str, str]
    dates: dict[str, FoundDate]

    def unmask(self, part: str) -> str:
        """The part as it was printed."""
        return "".join(self.printed.get(char, char) for char in part)

    def day(self, mark: str) -> date | None:
        """The date behind a mark."""
        return self.dates[mark].value


def masked_sentences(line: str, own_titles: set[str]) -> list[Masked]:
    """The sentences of a line, article numbers cut off; ``own_titles`` are normalised names of this very document."""
    text, printed, dates = _mask(line, own_titles)
    pieces = re.split(r"[。；;！]", text)
    return [Masked(_ARTICLE.sub("", piece.strip(" \u3000\t")), printed, dates) for piece in pieces if piece.strip()]


def _mask(line: str, own_titles: set[str]) -> tuple[str, dict[str, str], dict[str, FoundDate]]:
    printed: dict[str, str] = {}
    dates: dict[str, FoundDate] = {}
    counts = dict.fromkeys(_KINDS, 0)

    def mark(kind: str, text: str) -> str:
        sign = chr(_KINDS[kind] + counts[kind])
        counts[kind] = min(counts[kind] + 1, 250)
        printed[sign] = text
        return sign

    for start, end, title in reversed(quoted_titles(line)):
        kind = "own" if normalised_title(title) in own_titles else "title"
        line = line[:start] + mark(kind, line[start:end]) + line[end:]
    for found in reversed(find_dates(line)):
        sign = mark("date", found.printed)
        dates[sign] = found
        line = line[: found.start] + sign + line[found.end :]
    for start, end, _number in reversed(numbers_in(line)):
        line = line[:start] + mark("number", line[start:end]) + line[end:]
    return line, printed, dates
