"""The blocks of which the text of official paper is made, and how plain text is cut into them.

GB/T 9704-2012, 7.3.3 knows four levels of headings: 「一、」 in 黑体, 「（一）」 in 楷体, 「1.」 and 「（1）」 in 仿宋.
Normative documents (规范性文件) add chapters (第一章) and articles (第一条).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .gb9704 import text_width

SENTENCE_END = "。！？；"
HEADING_LIMIT = 40  # characters; a longer "heading" is a paragraph that happens to begin with a number
RUN_IN_LIMIT = 30  # characters; the same for a heading whose text runs on
# Characters; between these a column without a given width asks for what its longest cell needs.
NARROWEST_COLUMN, WIDEST_COLUMN = 3.0, 18.0
SHORT_CELL = 6  # characters; columns of cells no longer than this are centred

NUMERAL = "一二三四五六七八九十百零〇"
LEVEL_MARKS = {
    1: re.compile(rf"[{NUMERAL}]+、"),
    2: re.compile(rf"[（(][{NUMERAL}]+[）)]"),
    3: re.compile(r"\d{1,3}[.．](?!\d)"),
    4: re.compile(r"[（(]\d{1,3}[）)]"),
}
CHAPTER_MARK = re.compile(rf"第[{NUMERAL}]+[编章节](?=\s|　|$)")
ARTICLE_MARK = re.compile(rf"第[{NUMERAL}]+条(?:之[{NUMERAL}]+)?(?=\s|　)")
LABEL_MARK = re.compile(r"(出席|请假|列席|主持|记录|参加|缺席)(?:人员|人)?[：:]")
TABLE_ROW = re.compile(r"\|(.+)\|")
TABLE_RULE_ROW = re.compile(r"\|[\s|:\-]+\|")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text, two characters in."""

    text: str

    def lines(self) -> Iterator[str]:
        yield self.text


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4 with its mark (「一、总体要求」), and the text that runs on in the same paragraph."""

    level: int
    text: str
    rest: str = ""

    def __post_init__(self) -> None:
        if self.level not in LEVEL_MARKS:
            raise ValueError(f"公文层次序数只有四级，没有第{self.level}级。")

    def lines(self) -> Iterator[str]:
        yield self.text + self.rest


@dataclass(frozen=True)
class Chapter:
    """The heading of a chapter (第一章 总则) of a normative document, centred."""

    text: str

    def lines(self) -> Iterator[str]:
        yield self.text


@dataclass(frozen=True)
class Article:
    """The first paragraph of an article: 「第三条」 in 黑体, then its text."""

    label: str
    text: str

    def lines(self) -> Iterator[str]:
        yield f"{self.label}　{self.text}"


@dataclass(frozen=True)
class Labelled:
    """A label in 黑体 and a list of names under it: 出席、请假、列席 of minutes (GB/T 9704-2012, 10.3)."""

    label: str
    text: str

    def lines(self) -> Iterator[str]:
        yield f"{self.label}：{self.text}"


@dataclass(frozen=True)
class Listing:
    """A list; numbered 「1.」, or each item under its own mark when `numbered` is false."""

    items: tuple[str, ...]
    numbered: bool = True

    def lines(self) -> Iterator[str]:
        for number, item in enumerate(self.items, start=1):
            yield f"{number}.{item}" if self.numbered else item


@dataclass(frozen=True)
class Table:
    """A table with a head that is repeated on each page.

    `widths` are shares of the width of the type area (any unit); when empty, the content decides. `align` holds one of
    left, center, right per column; when empty, figures stand right, serial numbers and short words in the middle, text
    left.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    widths: tuple[float, ...] = ()
    align: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        columns = len(self.header)
        if any(len(row) != columns for row in self.rows):
            raise ValueError("表格各行的列数与表头不一致。")
        for given in (self.widths, self.align):
            if given and len(given) != columns:
                raise ValueError("列宽、对齐的个数与表头不一致。")

    def column_shares(self) -> tuple[float, ...]:
        """Give the width of each column as a share of 1."""
        columns = zip(self.header, *self.rows, strict=True)
        widths = self.widths or tuple(
            min(max(*(text_width(cell) for cell in cells), NARROWEST_COLUMN), WIDEST_COLUMN) for cells in columns
        )
        return tuple(width / sum(widths) for width in widths)

    def column_alignments(self) -> tuple[str, ...]:
        """Give left, center or right for each column."""
        if self.align:
            return self.align
        columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.header)
        return tuple(_alignment(name, column) for name, column in zip(self.header, columns, strict=True))

    def lines(self) -> Iterator[str]:
        if self.caption:
            yield self.caption
        for row in (self.header, *self.rows):
            yield from row


Block = Paragraph | Heading | Chapter | Article | Labelled | Listing | Table


def _alignment(name: str, cells: tuple[str, ...]) -> str:
    if name in ("序号", "编号"):
        return "center"
    if _is_figures(cells):
        return "right"
    return "center" if all(len(cell) <= SHORT_CELL for cell in cells) else "left"


def _is_figures(cells: tuple[str, ...]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip() not in ("", "—", "-")]
    return bool(filled) and all(re.fullmatch(r"[+\-−]?[\d,.]+\s*%?", cell) for cell in filled)


def parse_blocks(text: str) -> tuple[Block, ...]:
    """Cut plain text into blocks by the marks at the beginning of its lines.

    One line is one paragraph; empty lines part nothing but tables. Marks read: 第一章, 第一条, 一、, （一）, 1., （1）,
    出席：, and rows of a table written between upright strokes (| 甲 | 乙 |, the first row is the head).
    A numbered line that is long or holds a sentence after its heading gives a heading with running text.
    """
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for raw in [*text.splitlines(), ""]:
        line = raw.strip().strip("　").strip()
        if TABLE_ROW.fullmatch(line):
            if not TABLE_RULE_ROW.fullmatch(line):
                rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            blocks.append(_table(rows))
            rows = []
        if line:
            blocks.append(_block(line))
    return tuple(blocks)


def _table(rows: list[tuple[str, ...]]) -> Table:
    columns = max(len(row) for row in rows)
    filled = [row + ("",) * (columns - len(row)) for row in rows]
    return Table(header=filled[0], rows=tuple(filled[1:]))


def _block(line: str) -> Block:
    if CHAPTER_MARK.match(line):
        return Chapter(text=line)
    if mark := ARTICLE_MARK.match(line):
        return Article(label=mark[0], text=line[mark.end() :].strip().strip("　"))
    if mark := LABEL_MARK.match(line):
        return Labelled(label=mark[0][:-1], text=line[mark.end() :].strip())
    for level, pattern in LEVEL_MARKS.items():
        if pattern.match(line):
            return _heading(level, line)
    return Paragraph(text=line)


def _heading(level: int, line: str) -> Block:
    """Part a numbered line into its heading and the text that runs on after the heading's full stop.

    A heading of its own line has no full stop; a single numbered sentence is therefore text, not a heading.
    """
    end = next((place for place, sign in enumerate(line, start=1) if sign in SENTENCE_END), 0)
    if end == 0:
        return Heading(level, line) if len(line) <= HEADING_LIMIT else Paragraph(line)
    if end == len(line) or end > RUN_IN_LIMIT or line[end - 1] != "。":
        return Paragraph(line)
    return Heading(level, line[:end], line[end:])
