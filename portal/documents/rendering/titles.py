"""How a title is broken into lines: by sense, in the shape of a trapezium (梯形) or a lozenge (菱形).

GB/T 9704-2012, 7.3.1: words stay whole, the lines are arranged symmetrically and pleasantly, and the whole has the
shape of a trapezium or a lozenge. All ways of breaking between words are weighed and the best is taken.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations, pairwise

import rjieba

from .gb9704 import TITLE_GOOD_CHARACTERS, TITLE_MAX_CHARACTERS, text_width

MAX_LINES = 5
MAX_WORDS_WEIGHED = 40  # more words than a title of five lines ever has; bounds the search

OPENING = "《〈（(“‘〔["
CLOSING = "》〉）)”’〕]"
NEVER_FIRST = set(CLOSING + "、，：；。的和与及等之了")
NEVER_LAST = set(OPENING + "第和与及、对在将把")
COUNTED = set("年月日届次号期条第个")  # stay with the figure before them
ORGAN_END = re.compile(r"(人民政府|办公室|委员会|办公厅|政府|街道办事处|办事处|司法局|局|厅|部|院|中心|领导小组)$")
AFTER_ORGAN = ("关于", *"0123456789第")
PURPOSE = re.compile(r"(印发|转发|批转|修改|废止|公布|发布|报送|制定|调整|开展|做好|加强|进一步)$")

# Costs, in the unit "one character of difference in length".
COST_PER_LINE = 6.0
COST_INSIDE_BOOK_MARKS = 2.5
GAIN_AFTER_ORGAN = 7.0
GAIN_BEFORE_BOOK_MARKS = 3.0
GAIN_AFTER_PURPOSE = 1.0
COST_SHORT_LINE = 9.0
COST_HOURGLASS = 12.0
COST_RECTANGLE = 4.0
COST_LONG_LINE = 2.0


def title_lines(title: str) -> tuple[str, ...]:
    """Give the lines of a title: as its writer broke it (line feeds), otherwise broken by sense."""
    written = tuple(line.strip() for line in title.splitlines() if line.strip())
    return written if len(written) > 1 else break_title("".join(written))


@lru_cache(maxsize=512)
def break_title(title: str, width: int = TITLE_MAX_CHARACTERS) -> tuple[str, ...]:
    """Break a title into lines of at most `width` characters (字), never inside a word.

    A title that fits on one line stays on one. A single word longer than a line is cut where the line ends.
    """
    title = title.strip()
    if text_width(title) <= min(width, TITLE_GOOD_CHARACTERS):
        return (title,) if title else ()
    words = _words(title, width)
    fewest = max(1, -(-int(text_width(title)) // width))
    candidates: list[tuple[float, tuple[str, ...]]] = []
    for count in range(fewest, min(MAX_LINES, fewest + 1, len(words)) + 1):
        candidates += _ways(words, count, width)
    if not candidates:
        return _fill(words, width)
    return tuple(line.strip() for line in min(candidates)[1])


def _words(title: str, width: int) -> list[str]:
    """Cut a title into the pieces that may not be broken: words, with the signs that cling to them."""
    pieces: list[str] = []
    for word in rjieba.cut(title):
        clings = bool(pieces) and (
            word[0] in NEVER_FIRST
            or pieces[-1][-1] in NEVER_LAST
            or (pieces[-1][-1].isascii() and (word[0].isascii() or word[0] in COUNTED))
            or _inside_brackets(pieces[-1])
        )
        if clings and text_width(pieces[-1] + word) <= width:
            pieces[-1] += word
        else:
            pieces.append(word)
    # 「的通知」 stays with its last word: 「的」 has already clung to the word before, so the kind joins it there.
    if len(pieces) > 1 and pieces[-2][-1] == "的" and text_width(pieces[-2] + pieces[-1]) <= width:
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    return pieces


def _inside_brackets(piece: str) -> bool:
    """Tell whether a short round or square bracket is still open: 「（试行）」 and 〔2026〕 are never torn."""
    return any(piece.count(opening) > piece.count(closing) for opening, closing in ("（）", "〔〕", "()"))


def _ways(words: list[str], count: int, width: int) -> list[tuple[float, tuple[str, ...]]]:
    places = range(1, min(len(words), MAX_WORDS_WEIGHED))
    ways = []
    for breaks in combinations(places, count - 1):
        edges = (0, *breaks, len(words))
        lines = tuple("".join(words[start:end]) for start, end in pairwise(edges))
        lengths = [text_width(line) for line in lines]
        if max(lengths) <= width:
            ways.append((_shape_cost(lengths) + _sense_cost(lines), lines))
    return ways


def _shape_cost(lengths: list[float]) -> float:
    """Weigh the shape: trapezium and lozenge are free, hourglass and rectangle are dear, so is a stub of a line."""
    cost = COST_PER_LINE * len(lengths)
    longest = max(lengths)
    cost += sum(COST_SHORT_LINE for length in lengths if length < longest * 0.4)
    cost += sum(
        COST_LONG_LINE * (length - TITLE_GOOD_CHARACTERS) for length in lengths if length > TITLE_GOOD_CHARACTERS
    )
    cost += (longest - min(lengths)) * 0.5
    steps = [later - earlier for earlier, later in pairwise(lengths)]
    if any(steps[i] < 0 < step for i in range(len(steps)) for step in steps[i + 1 :]):
        cost += COST_HOURGLASS
    if len(lengths) > 1 and longest - min(lengths) < 1:
        cost += COST_RECTANGLE
    return cost


def _sense_cost(lines: tuple[str, ...]) -> float:
    """Weigh the sense: after the organ and before a title in book marks is good, inside book marks is not."""
    cost, read = 0.0, ""
    for line, following in pairwise(lines):
        read += line
        if read.count("《") > read.count("》"):
            cost += COST_INSIDE_BOOK_MARKS
        elif line[-1].isspace() or following[0].isspace():
            cost -= GAIN_AFTER_ORGAN  # joint organs are parted by a space
        elif ORGAN_END.search(line) and following.startswith(AFTER_ORGAN):
            cost -= GAIN_AFTER_ORGAN
        elif following.startswith("《"):
            cost -= GAIN_BEFORE_BOOK_MARKS
        elif PURPOSE.search(line):
            cost -= GAIN_AFTER_PURPOSE
    return cost


def _fill(words: list[str], width: int) -> tuple[str, ...]:
    """Fill line after line: the way out for titles of extraordinary length."""
    lines = [""]
    for word in words:
        if lines[-1] and text_width(lines[-1] + word) > width:
            lines.append("")
        lines[-1] += word
        while text_width(lines[-1]) > width:
            cut = next(place for place in range(len(lines[-1]), 0, -1) if text_width(lines[-1][:place]) <= width)
            lines[-1:] = [lines[-1][:cut], lines[-1][cut:]]
    return tuple(lines)
