"""XLSX in: a list that people fill in after a template. Columns are declared once, for template, notes and reader.

``portal.web.spreadsheet`` is the way out. What a row means, and whether it is right, is the room's own matter.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import BinaryIO

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from portal.documents.content.archive import DAMAGED
from portal.documents.refusals import FileRefused
from portal.organisations.models import Organisation

NOTES = "填写说明"
DAY, TEXT, CHOICE = "日期", "文字", "从清单选择"
HEAD_ROWS = 5
MOST_COLUMNS = 60


class UnreadableList(Exception):
    """The list cannot be read as one; the message is a Chinese sentence for the user."""


def _none(organisation: Organisation) -> list[str]:
    return []


@dataclass(frozen=True)
class ListColumn:
    """One column: its code is the name of the value, ``note`` says how to fill it in.

    ``choices`` gives the words that the sheet offers to this organisation.
    """

    code: str
    label: str
    note: str
    kind: str = TEXT
    is_needed: bool = False
    width: int = 16
    choices: Callable[[Organisation], list[str]] = _none


@dataclass
class ReadList:
    """The rows as (number in the sheet, values by code), and what the person should know of the sheet."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ListSheet:
    """A list of one kind.

    :param sheet: name of the sheet in the template.
    :param mark: code of the column by which the row of heads is known.
    :param sentences: what stands below the explained columns.
    :param nothing: what is said of a list without rows.
    """

    sheet: str
    columns: tuple[ListColumn, ...]
    mark: str
    sentences: tuple[str, ...]
    nothing: str
    most_rows: int = 2000

    def template(self, organisation: Organisation) -> bytes:
        """An empty list: heads with notes, lists to choose from, and a sheet that explains every column."""
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = self.sheet
        sheet.freeze_panes = "B2"
        for index, column in enumerate(self.columns, start=1):
            self._head(sheet, index, column)
            if choices := column.choices(organisation):
                self._offer(sheet, index, column, choices)
        self._explain(book.create_sheet(NOTES), organisation)
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()

    @staticmethod
    def _head(sheet, index: int, column: ListColumn) -> None:
        head = sheet.cell(1, index, f"{column.label}{'（必填）' if column.is_needed else ''}")
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="center")
        head.fill = PatternFill("solid", fgColor="FFF2CC" if column.is_needed else "F2F2F2")
        head.comment = Comment(f"{column.kind}。{column.note}", NOTES, height=90, width=260)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
        for row in range(2, 12):
            sheet.cell(row, index).number_format = "yyyy-mm-dd" if column.kind == DAY else "@"

    def _offer(self, sheet, index: int, column: ListColumn, choices: list[str]) -> None:
        rule = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=not column.is_needed)
        rule.error, rule.errorTitle = "请从清单中选择", column.label
        rule.prompt, rule.promptTitle = column.note, column.label
        rule.showErrorMessage = rule.showInputMessage = True
        sheet.add_data_validation(rule)
        letter = get_column_letter(index)
        rule.add(f"{letter}2:{letter}{self.most_rows + 1}")

    def _explain(self, notes, organisation: Organisation) -> None:
        notes.append(["栏目", "必填", "类型", "怎样填写", "可选的内容"])
        for cell in notes[1]:
            cell.font = Font(bold=True)
        for column in self.columns:
            needed = "必填" if column.is_needed else "选填"
            notes.append([column.label, needed, column.kind, column.note, "、".join(column.choices(organisation))])
        for letter, width in zip("ABCDE", (18, 8, 14, 60, 60), strict=True):
            notes.column_dimensions[letter].width = width
        notes.append([])
        for sentence in self.sentences:
            notes.append([sentence])

    def read(self, stream: BinaryIO) -> ReadList:
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
                if (heads := self._heads(rows)) is not None:
                    return self._rows(rows, *heads)
        finally:
            book.close()
        raise UnreadableList("没有找到表头。请下载模板，按模板的栏目填写后上传。")

    def _heads(self, rows) -> tuple[dict[int, str], list[str]] | None:
        by_label = {column.label: column.code for column in self.columns}
        for number, row in rows:
            names = [_plain(value).removesuffix("（必填）").rstrip("*＊ ") for value in row]
            places = {index: by_label[name] for index, name in enumerate(names) if name in by_label}
            if self.mark in places.values() and len(places) > 1:
                missing = [c.label for c in self.columns if c.is_needed and c.code not in places.values()]
                if missing:
                    raise UnreadableList(f"清单缺少必填的栏目：{'、'.join(missing)}。请用模板的表头。")
                if len(set(places.values())) < len(places):
                    raise UnreadableList("清单中有重复的栏目，请删去多余的一栏。")
                strange = [name for name in names if name and name not in by_label]
                return places, [f"未读取的栏目：{'、'.join(strange)}"] if strange else []
            if number >= HEAD_ROWS:
                break
        return None

    def _rows(self, rows, places: dict[int, str], notes: list[str]) -> ReadList:
        found = ReadList(notes=notes)
        for number, row in rows:
            values = {code: text for index, code in places.items() if index < len(row) and (text := _plain(row[index]))}
            if not values:
                continue
            if len(found.rows) == self.most_rows:
                raise UnreadableList(f"清单超过 {self.most_rows} 行，请分成几份上传。")
            found.rows.append((number, values))
        if not found.rows:
            raise UnreadableList(self.nothing)
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
