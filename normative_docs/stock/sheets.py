"""The rows of an uploaded list, by the declared columns."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

import openpyxl

from normative_docs.stock.columns import BY_LABEL, COLUMNS, MOST_ROWS
from portal.documents.content.archive import DAMAGED
from portal.documents.refusals import FileRefused

HEAD_ROWS = 5
MOST_COLUMNS = 60


class UnreadableList(Exception):
    """The list cannot be read as one; the message is a Chinese sentence for the user."""


@dataclass
class ReadList:
    """The rows as (number in the sheet, values by code), and what the person should know of the sheet."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_list(stream: BinaryIO) -> ReadList:
    """Read the first sheet whose heads are the declared ones.

    :raises UnreadableList: no such sheet, a needed column is missing, no rows or too many.
    :raises FileRefused: damaged.
    """
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        # The library raises whatever it stumbles over in a malformed file; all of it means the same to the person.
        raise FileRefused(*DAMAGED) from error
    try:
        for sheet in book.worksheets:
            rows = enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1)
            if (heads := _heads(rows)) is not None:
                return _read_rows(rows, *heads)
    finally:
        book.close()
    raise UnreadableList("没有找到表头。请下载模板，按模板的栏目填写后上传。")


def _heads(rows) -> tuple[dict[int, str], list[str]] | None:
    for number, row in rows:
        names = [_plain(value).removesuffix("（必填）").rstrip("*＊ ") for value in row]
        places = {index: BY_LABEL[name].code for index, name in enumerate(names) if name in BY_LABEL}
        if "title" in places.values() and len(places) > 1:
            missing = [c.label for c in COLUMNS if c.is_needed and c.code not in places.values()]
            if missing:
                raise UnreadableList(f"清单缺少必填的栏目：{'、'.join(missing)}。请用模板的表头。")
            if len(set(places.values())) < len(places):
                raise UnreadableList("清单中有重复的栏目，请删去多余的一栏。")
            strange = [name for name in names if name and name not in BY_LABEL]
            return places, [f"未读取的栏目：{'、'.join(strange)}"] if strange else []
        if number >= HEAD_ROWS:
            break
    return None


def _read_rows(rows, places: dict[int, str], notes: list[str]) -> ReadList:
    found = ReadList(notes=notes)
    for number, row in rows:
        values = {code: text for index, code in places.items() if index < len(row) and (text := _plain(row[index]))}
        if not values:
            continue
        if len(found.rows) == MOST_ROWS:
            raise UnreadableList(f"清单超过 {MOST_ROWS} 行，请分成几份上传。")
        found.rows.append((number, values))
    if not found.rows:
        raise UnreadableList("清单中没有填写任何文件。")
    return found


def _plain(value) -> str:
    """A cell as text; a date as 2024-03-01, a whole number without .0, an apostrophe before formulas taken off."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip(" \t\r\n\u3000\u00a0")
    return text[1:] if text.startswith(("'=", "'+", "'-", "'@")) else text
