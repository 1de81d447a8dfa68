"""Text of an XLSX: sheet by sheet, row by row, values as last computed."""

import datetime
from collections.abc import Iterator
from typing import Any, BinaryIO

import openpyxl

from portal.documents.content.archive import DAMAGED
from portal.documents.refusals import FileRefused

MAX_CELLS = 500_000


def lines(stream: BinaryIO) -> Iterator[str]:
    """The name of each sheet, then one line per row that holds something, cells divided by tabs."""
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            yield from _lines(book)
        finally:
            book.close()
    except Exception as error:
        # The library raises whatever it stumbles over in a malformed sheet; all of it means the same to the person.
        raise FileRefused(*DAMAGED) from error


def _lines(book: openpyxl.Workbook) -> Iterator[str]:
    left = MAX_CELLS
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            left -= len(row)
            if left < 0:
                return
            line = "\t".join(map(_shown, row)).rstrip("\t")
            if line.strip():
                yield line


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
