"""Dates as Chinese official paper prints them.

Found are 2026年3月1日 (also with spaces or full-width digits), 二〇二六年三月一日 with every character that is
used for the zero, and, where a caller asks for it, the figures-only forms of web pages (2026-03-01).
A date that the calendar does not have is found too, with ``value`` None: the reader must be told, not misled.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

# Zero is printed as 〇 or ○, and mistyped as a Latin or Cyrillic O, a large circle or a figure.
_ZEROS = "〇○零Oo0OОо◯"
_DIGIT = {**dict.fromkeys(_ZEROS, 0), **{c: n for n, c in enumerate("一二三四五六七八九", start=1)}}
_CHINESE_DIGIT = f"[{_ZEROS}一二三四五六七八九]"
_GAP = r"[ \t\u3000]*"
_PRINTED = re.compile(
    rf"(?P<year>[12]\d{{3}}|[一二]{_GAP}(?:{_CHINESE_DIGIT}{_GAP}){{3}}){_GAP}年{_GAP}"
    rf"(?P<month>\d{{1,2}}|[一二三四五六七八九十元正]{{1,2}}){_GAP}月{_GAP}"
    rf"(?P<day>\d{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}}){_GAP}[日号]"
)
_FIGURES = re.compile(r"(?<!\d)(?P<year>[12]\d{3})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
NUMERAL = r"(?:\d+|[一二两三四五六七八九十]{1,3})"


@dataclass(frozen=True)
class FoundDate:
    """A date in a text: where it stands, and its value (None when the calendar has no such day)."""

    start: int
    end: int
    printed: str
    value: date | None


def narrow_digits(text: str) -> str:
    """The text with full-width digits as plain ones; positions stay the same."""
    return text.translate(_FULL_WIDTH)


def small_number(printed: str) -> int | None:
    """3, 三, 两, 十二, 二十三 or 廿三 as a number; None for anything else."""
    printed = narrow_digits(printed).strip()
    if printed.isdecimal():
        return int(printed)
    printed = printed.replace("廿", "二十").replace("卅", "三十").replace("两", "二")
    printed = printed.replace("元", "一").replace("正", "一")
    tens, ten, units = printed.rpartition("十")
    if any(c not in _DIGIT for c in tens + units) or len(tens) > 1 or len(units) > 1 or not printed:
        return None
    unit = _DIGIT[units] if units else 0
    return unit + (10 * (_DIGIT[tens] if tens else 1) if ten else 0)


def find_dates(text: str, *, figures: bool = False) -> list[FoundDate]:
    """Every printed date in order; with ``figures`` also 2026-03-01, 2026/3/1 and 2026.3.1."""
    found = list(_matches(_PRINTED, text))
    if figures:
        found += _matches(_FIGURES, text)
    return sorted(found, key=lambda item: item.start)


def whole_date(text: str, *, figures: bool = False) -> FoundDate | None:
    """The date when the text is a date and nothing else (brackets around it allowed), else None."""
    bare = text.strip().strip("（）()").strip()
    found = find_dates(bare, figures=figures)
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(bare):
        return found[0]
    return None


def day_after(start: date, *, days: int) -> date:
    """The first day after ``days`` full days, the starting day not counted (民法典 art. 201)."""
    return start + timedelta(days=days + 1)


def add_months(start: date, months: int) -> date:
    """The same day ``months`` later; where that month is too short, the first day of the next month."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    try:
        return date(year, month, start.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def last_day_of_term(start: date, *, months: int) -> date:
    """The last day of a term of ``months`` that begins on ``start``; 5 years from 29 February end on 28 February."""
    return add_months(start, months) - timedelta(days=1)


def _matches(pattern: re.Pattern, text: str) -> Iterator[FoundDate]:
    for match in pattern.finditer(narrow_digits(text)):
        year = _year(match["year"])
        month, day = small_number(match["month"]), small_number(match["day"])
        value = None
        if year and month and day:
            try:
                value = date(year, month, day)
            except ValueError:
                value = None
        yield FoundDate(match.start(), match.end(), text[match.start() : match.end()], value)


def _year(printed: str) -> int | None:
    if printed.isdecimal():
        return int(printed)
    digits = [_DIGIT[c] for c in printed if c in _DIGIT]
    return int("".join(map(str, digits))) if len(digits) == 4 else None
