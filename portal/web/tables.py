"""A register or worklist as data; ``components/register.html`` draws it."""

from dataclasses import dataclass, field
from typing import Any

CELL_KINDS = {
    "title": "title",
    "no": "no",  # numbers of files and documents, dates
    "date": "no",
    "number": "r num",
    "nowrap": "nowrap",
    "text": "",
}


@dataclass
class Cell:
    """One value. ``lamp``, ``tag`` or ``links`` replace the text; ``prefix`` is 已失效 before a title."""

    text: Any = ""
    kind: str = "text"
    url: str = ""
    lamp: Any = None
    tag: str = ""
    tag_kind: str = ""
    risk: int = 0
    risk_text: str = ""
    sub: str = ""
    prefix: str = ""
    links: list[dict] = field(default_factory=list)  # {label, url, of}
    stack_label: str = ""  # printed before the value on phones
    drop: bool = False  # left out on phones

    @property
    def css_class(self) -> str:
        return f"{CELL_KINDS[self.kind]}{' drop' if self.drop else ''}".strip()


@dataclass
class Column:
    label: str
    code: str = ""
    kind: str = "text"
    sort_url: str = ""
    sorted: str = ""  # "ascending", "descending" or ""


@dataclass
class Row:
    """One line; ``name`` says which one to people who cannot see the line."""

    cells: list[Cell]
    key: str = ""
    name: str = ""
    number: int | None = None
    picked: bool = False


@dataclass
class Pager:
    """Keyset pages: an empty address means that there is no such page."""

    range_text: str
    first_url: str = ""
    previous_url: str = ""
    next_url: str = ""
    sizes: list[dict] = field(default_factory=list)  # {size, url, current}


@dataclass
class Table:
    """What ``components/register.html`` shows.

    :param label: names the region for screen readers.
    :param tools: links of the toolbar, such as the export with its rows and columns in words.
    :param bulk: ``{url, acts: [{value, label}]}``; the ticked rows arrive as ``pick``, the act as ``act``.
    :param column_choice: ``{url, columns: [{code, label, shown}]}``; arrives as ``column``.
    :param empty: ``{title, text, url, link}``.
    """

    label: str
    columns: list[Column]
    rows: list[Row]
    count_text: str
    caption: str = ""
    tools: list[dict] = field(default_factory=list)
    bulk: dict | None = None
    column_choice: dict | None = None
    pager: Pager | None = None
    empty: dict = field(default_factory=lambda: {"title": "没有符合条件的记录。"})
    numbered: bool = False
    tight: bool = False
    stack: bool = False
    printable: bool = True
