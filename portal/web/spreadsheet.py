"""XLSX out: dates as dates, everything else that people typed as text, no cell that could run as a formula."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Note:
    """One line of the 导出说明 sheet."""

    key: str
    value: Any


def workbook(title: str, heads: list[str], rows: list[list[Any]], notes: list[Note]) -> bytes:
    """A sheet of data and a sheet that says who exported what, when, under which filter."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for index, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = max(12, min(40, len(head) * 2 + 4))
    sheet.append([_head(sheet, head) for head in heads])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    about = book.create_sheet("导出说明")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 14, 80
    for note in notes:
        about.append([_head(about, note.key), _cell(about, note.value)])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _head(sheet, text):
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet, value):
    if isinstance(value, bool):
        value = "是" if value else "否"
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    if value is None or isinstance(value, int | float | Decimal):
        return WriteOnlyCell(sheet, value=value)
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    text = str(value)
    # An apostrophe keeps spreadsheet programs from running what a stranger typed.
    cell = WriteOnlyCell(sheet, value=f"'{text}" if text.startswith(FORMULA_STARTS) else text)
    cell.number_format = "@"
    return cell
