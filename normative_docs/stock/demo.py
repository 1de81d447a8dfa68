"""Existing documents of the demo county: a list that is on record, a packet whose drafts wait, a faulty list."""

import zipfile
from datetime import date, timedelta
from io import BytesIO

import openpyxl
from django.core.files.base import ContentFile

from normative_docs.stock import recording
from normative_docs.stock.columns import COLUMNS, SHEET
from normative_docs.stock.models import StockImport
from normative_docs.stock.reading import hand_in
from portal.demo.walking import cast_of
from portal.jobs import queue
from portal.moment import clock_set_to

_OLD = (
    ("清河镇农村公路养护管理办法", "清政规〔2021〕1号", date(2021, 3, 10), date(2021, 5, 1), date(2026, 4, 30)),
    ("清河镇村级小型水利设施管护办法", "清政规〔2021〕2号", date(2021, 9, 6), date(2021, 11, 1), date(2026, 10, 31)),
    ("清河镇集镇门前三包责任制规定", "清政规〔2019〕3号", date(2019, 7, 1), date(2019, 8, 1), date(2024, 7, 31)),
)
_PACKET = """龙潭镇人民政府关于印发《龙潭镇{subject}管理办法》的通知
龙政规〔2020〕{serial}号
各村（居）民委员会，各有关单位：
《龙潭镇{subject}管理办法》已经镇长办公会议审议通过，现印发给你们，请认真贯彻执行。
龙潭镇人民政府
2020年6月{serial}日
龙潭镇{subject}管理办法
第一条　为了规范{subject}管理，根据有关规定，制定本办法。
第二条　镇人民政府负责{subject}管理的组织协调，各村（居）民委员会予以配合。
第三条　本办法自2020年8月1日起施行。
"""


def build(world, today: date) -> None:
    """Called with the world of the demo county, behind the documents' own part."""
    qinghe, longtan = cast_of(world, "qinghe"), cast_of(world, "longtan")
    with clock_set_to(today - timedelta(days=20)):
        registered = _read(_list(qinghe.town.name, _OLD), "清河镇存量文件清单.xlsx", qinghe)
        _worked_off(recording.confirm(registered, by=qinghe.clerk))
    with clock_set_to(today - timedelta(days=3)):
        drafts = _read(_packet(("公共厕所", 11), ("文体广场", 12)), "龙潭镇2020年文件原文.zip", longtan)
        _worked_off(recording.confirm(drafts, by=longtan.clerk))
    with clock_set_to(today - timedelta(days=1)):
        wrong = (("清河镇农贸市场管理办法", "清政规〔2022〕4号", date(2022, 5, 5), date(2022, 7, 1), date(2021, 7, 1)),)
        _read(_list(qinghe.town.name, (*_OLD[:1], *wrong)), "清河镇补充清单.xlsx", qinghe)


def _read(content: bytes, name: str, cast) -> StockImport:
    return _worked_off(hand_in(ContentFile(content, name=name), by=cast.clerk, organisation=cast.town))


def _worked_off(stock_import: StockImport) -> StockImport:
    queue.run(stock_import.job_id)
    stock_import.refresh_from_db()
    return stock_import


def _list(body: str, rows) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append([column.label for column in COLUMNS])
    for title, number, issued, effective, until in rows:
        values = {
            "title": title, "document_number": number, "issuing_authority": body, "issued_on": issued,
            "effective_on": effective, "valid_until": until, "disclosure": "主动公开",
            "draft_text": f"第一条　为了规范有关管理活动，制定{title.removeprefix('清河镇')}。\n"
            f"第二条　自{effective:%Y年%-m月%-d日}起施行，有效期至{until:%Y年%-m月%-d日}。",
        }  # fmt: skip
        sheet.append([values.get(column.code) for column in COLUMNS])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _packet(*subjects) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for subject, serial in subjects:
            archive.writestr(f"{serial}_{subject}.txt", _PACKET.format(subject=subject, serial=serial))
    return stream.getvalue()
