"""The columns of a list of existing documents, declared once for the template, its notes and the reader."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from normative_docs.vocabulary import DocumentKind
from portal.casefiles.models import Disclosure
from portal.organisations.models import Organisation

SHEET, NOTES = "存量文件", "填写说明"
MOST_ROWS = 2000
DAY, TEXT, CHOICE = "日期", "文字", "从清单选择"


def _none(organisation: Organisation) -> list[str]:
    return []


@dataclass(frozen=True)
class StockColumn:
    """One column: its code is the field of the document, ``note`` says how to fill it in.

    ``choices`` gives the words that a list offers for the town.
    """

    code: str
    label: str
    note: str
    kind: str = TEXT
    is_needed: bool = False
    width: int = 16
    choices: Callable[[Organisation], list[str]] = _none


def _kinds(organisation) -> list[str]:
    return list(DocumentKind.labels)


def _disclosures(organisation) -> list[str]:
    return list(Disclosure.labels)


def names_of(organisation: Organisation) -> list[str]:
    """How the town may be named in a list: in full, short, and as it was called before."""
    return list(
        dict.fromkeys(
            [organisation.name, organisation.short_name, *organisation.aliases.values_list("name", flat=True)]
        )
    )


COLUMNS = (
    StockColumn("title", "标题", "文件全称，不加书名号，例如：龙潭镇农村住房建设管理办法", is_needed=True, width=44),
    StockColumn("document_number", "发文字号", "照原文填写，例如：龙政规〔2024〕1号；原文没有的留空", width=22),
    StockColumn(
        "issuing_authority", "制定机关", "本机关的全称、简称或者曾用名", CHOICE, is_needed=True, width=22,
        choices=names_of,
    ),
    StockColumn("document_kind", "文种", "留空的，按标题末尾的文种判断", CHOICE, choices=_kinds),
    StockColumn("issued_on", "成文日期", "例如 2024-03-01 或者 2024年3月1日", DAY, is_needed=True),
    StockColumn("published_on", "公布日期", "留空的，按成文日期登记", DAY),
    StockColumn("effective_on", "施行日期", "原文没有写明的留空，不作推测", DAY),
    StockColumn("valid_until", "有效期至", "最后一天，当日仍有效；原文没有载明的留空", DAY),
    StockColumn("validity_text", "有效期原文", "原文关于有效期的一句话", width=26),
    StockColumn("repealed_on", "废止日期", "已经废止或者宣布失效的，填写生效的日期", DAY),
    StockColumn("registration_number", "统一登记号", "已经统一登记的，照原样填写", width=20),
    StockColumn("adopted_at", "审议会议", "例如：2024年第3次镇长办公会议", width=22),
    StockColumn("topic", "主题分类", "例如：城乡建设", width=14),
    StockColumn("legal_basis", "制定依据", "上位法和文件的名称、条款", width=26),
    StockColumn("repeals_text", "废止文件", "本文件废止的文件，写明标题和文号", width=26),
    StockColumn(
        "disclosure", "公开属性", "不主动公开的，须在后一栏说明理由", CHOICE, is_needed=True, choices=_disclosures
    ),
    StockColumn("disclosure_reason", "公开属性的理由", "依申请公开或者不予公开的，必须填写", width=22),
    StockColumn("draft_text", "正文", "文件全文；与原文压缩包一起上传的可以留空，正文从原文读取", width=40),
    StockColumn("source_file", "原文文件名", "与原文压缩包一起上传时填写，例如：001.docx", width=20),
)  # fmt: skip
BY_CODE = {column.code: column for column in COLUMNS}
BY_LABEL = {column.label: column for column in COLUMNS}


def template(organisation: Organisation) -> bytes:
    """An empty list for this town: heads with notes, lists to choose from, and a sheet that explains every column."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.freeze_panes = "B2"
    for index, column in enumerate(COLUMNS, start=1):
        head = sheet.cell(1, index, f"{column.label}{'（必填）' if column.is_needed else ''}")
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="center")
        head.fill = PatternFill("solid", fgColor="FFF2CC" if column.is_needed else "F2F2F2")
        head.comment = Comment(f"{column.kind}。{column.note}", "填写说明", height=90, width=260)
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = column.width
        for row in range(2, 12):
            sheet.cell(row, index).number_format = "yyyy-mm-dd" if column.kind == DAY else "@"
        if choices := column.choices(organisation):
            rule = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=not column.is_needed)
            rule.error, rule.errorTitle = "请从清单中选择", column.label
            rule.prompt, rule.promptTitle = column.note, column.label
            rule.showErrorMessage = rule.showInputMessage = True
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    _explain(book.create_sheet(NOTES), organisation)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _explain(notes, organisation: Organisation) -> None:
    notes.append(["栏目", "必填", "类型", "怎样填写", "可选的内容"])
    for cell in notes[1]:
        cell.font = Font(bold=True)
    for column in COLUMNS:
        needed = "必填" if column.is_needed else "选填"
        notes.append([column.label, needed, column.kind, column.note, "、".join(column.choices(organisation))])
    for letter, width in zip("ABCDE", (18, 8, 14, 60, 60), strict=True):
        notes.column_dimensions[letter].width = width
    notes.append([])
    for sentence in (
        f"一行登记一件文件，一次不超过 {MOST_ROWS} 行。栏目的顺序可以变，名称不能变；多余的栏目不读取。",
        "上传后先看预览：有错误的行写明错在哪里，任何一行有错误，全部都不登记；改正后重新上传。",
        "发文字号和制定机关相同的，视为同一件文件，不会重复登记；同一份清单再次上传不会改变任何内容。",
        "登记只是把此前已经制发的文件记录在案，不补作制定程序，也不产生新的效力。",
    ):
        notes.append([sentence])
