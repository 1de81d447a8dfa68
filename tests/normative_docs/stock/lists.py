"""Lists and packets as a town hands them in; every name and text here is invented."""

import zipfile
from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from normative_docs.stock.columns import COLUMNS, SHEET
from normative_docs.stock.models import StockImport
from portal.jobs import queue

TEXT = "\n".join(
    [
        "龙潭镇人民政府关于印发《龙潭镇{name}管理办法》的通知",
        "龙政规〔{year}〕{serial}号",
        "各村（居）民委员会，各有关单位：",
        "《龙潭镇{name}管理办法》已经2024年第{serial}次镇长办公会议审议通过，现印发给你们，请认真贯彻执行。",
        "龙潭镇人民政府",
        "{year}年3月{serial}日",
        "龙潭镇{name}管理办法",
        "第一条  为了规范{name}管理，根据有关规定，制定本办法。",
        "第二条  本办法自{year}年5月1日起施行，有效期至{until}年4月30日。",
    ]
)


def text(serial: int, name: str = "集贸市场", year: int = 2024) -> str:
    return TEXT.format(serial=serial, name=name, year=year, until=year + 5)


def row(serial: int, **changes) -> dict:
    return {
        "title": f"龙潭镇第{serial}类事务管理办法",
        "document_number": f"龙政规〔2023〕{serial}号",
        "issuing_authority": "龙潭镇人民政府",
        "issued_on": "2023-06-01",
        "effective_on": "2023-08-01",
        "valid_until": "2028-07-31",
        "disclosure": "主动公开",
        "draft_text": f"第一条 为了规范第{serial}类事务，制定本办法。\n第二条 本办法自2023年8月1日起施行。",
    } | changes


def sheet(*rows: dict, name: str = "存量.xlsx") -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    page = book.active
    page.title = SHEET
    page.append([column.label for column in COLUMNS])
    for values in rows:
        page.append([values.get(column.code) for column in COLUMNS])
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def packet(files: dict[str, bytes | str], name: str = "原文.zip") -> SimpleUploadedFile:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in files.items():
            archive.writestr(entry, content)
    return SimpleUploadedFile(name, stream.getvalue())


def worked_off(stock_import: StockImport) -> StockImport:
    """The import after its waiting job has run."""
    stock_import.refresh_from_db()
    queue.run(stock_import.job_id)
    stock_import.refresh_from_db()
    return stock_import
