"""The folder bound as one PDF (卷宗): cover, index with page numbers, every piece in its order, and the closing note.

DA/T 22-2015 (归档文件整理规则): the pieces' pages are numbered through from 1 in the upper corner; cover and index are
not counted. What is no page by itself (Word, Excel, text, a record of the portal) is set from its words; the original
goes into the packet beside the volume.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from portal.documents import kinds, storage
from portal.documents.content.plain import decoded
from portal.documents.previews import page_image
from portal.documents.refusals import FileRefused
from portal.documents.rendering import (
    Layout,
    OfficialPaper,
    Paragraph,
    Table,
    missing_characters,
    parse_blocks,
    render_together,
)
from portal.documents.rendering.paper import chinese_date
from portal.documents.text import read
from portal.dossiers.contents import Entry
from portal.moment import today

MOST_SET = 60_000
"""Characters of one piece that are set; a longer one goes on in its original."""
A4 = (1240, 1754)  # pixels at 150 dots per inch
UNKNOWN_SIGN = "〓"
INDEX_HEADS = ("件号", "题名", "责任者", "日期", "页号")
_STAMP_SIZE, _STAMP_MARGIN = 11, 28  # points
_FIGURES = DictionaryObject(
    {
        NameObject("/DossierNo"): DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
    }
)


@dataclass(frozen=True)
class Line:
    """One piece in the volume, with its first and last page."""

    entry: Entry
    first: int
    last: int

    @property
    def pages(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def cells(self) -> tuple[str, ...]:
        entry = self.entry
        return (str(entry.number), _printable(entry.piece.title), _printable(entry.piece.who), entry.day, self.pages)


@dataclass(frozen=True)
class Cover:
    """What stands on the cover and in the closing note."""

    organisation: str
    label: str
    title: str
    facts: tuple[tuple[str, str], ...]
    bound_by: str
    remarks: str = ""


@dataclass
class Volume:
    """The bound folder: its bytes, its index, and how many numbered pages it has."""

    content: bytes = b""
    lines: list[Line] = field(default_factory=list)
    pages: int = 0
    front: int = 0  # pages of cover and index, before page 1


def bind(cover: Cover, entries: list[Entry], report: Callable[[int, str], None]) -> Volume:
    """Bind the pieces into one volume.

    :param report: progress in percent, and what is being done.
    :raises FileNotFoundError: the bytes of a stored paper are missing.
    """
    report(10, "正在排印卷内材料")
    ready = {entry.number: _pages_at_hand(entry) for entry in entries}
    papers = [_set(entry) for entry in entries if not ready[entry.number]]
    if papers:
        content, counts = render_together(papers)
        done, start = PdfReader(io.BytesIO(content)).pages, 0
        for entry in entries:
            if not ready[entry.number]:
                count, *counts = counts
                ready[entry.number] = list(done[start : start + count])
                start += count
    lines, at = [], 1
    for entry in entries:
        lines.append(Line(entry, at, at + len(ready[entry.number]) - 1))
        at += len(ready[entry.number])
    report(50, "正在排印封面和卷内目录")
    front, ends = _front_and_end(cover, lines, at - 1)
    report(65, "正在合订卷宗")
    volume = Volume(lines=lines, pages=at - 1, front=len(front))
    volume.content = _bound(cover, front, [ready[entry.number] for entry in entries], ends, volume)
    return volume


def _bound(cover: Cover, front, bodies, ends, volume: Volume) -> bytes:
    writer = PdfWriter()
    writer.add_metadata({"/Title": cover.title, "/Author": cover.organisation})
    for page in front:
        writer.add_page(page)
    writer.add_outline_item(title="封面", page_number=0)
    writer.add_outline_item(title="卷内目录", page_number=1)
    number = 0
    for line, pages in zip(volume.lines, bodies, strict=True):
        for page in pages:
            number += 1
            _stamp(writer.add_page(page), str(number))
        place = volume.front + line.first - 1
        writer.add_outline_item(title=f"{line.entry.number} {line.entry.piece.title}", page_number=place)
    for page in ends:
        writer.add_page(page)
    writer.add_outline_item(title="卷内备考表", page_number=volume.front + volume.pages)
    writer.compress_identical_objects()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _front_and_end(cover: Cover, lines: list[Line], pages: int) -> tuple[list[PageObject], list[PageObject]]:
    """Cover and index, which stand before page 1, and the closing note behind the last page."""
    totals = (("卷内件数", f"{len(lines)} 件"), ("卷内页数", f"{pages} 页"))
    facts = tuple((name, _printable(value)) for name, value in (*cover.facts, *totals) if value)
    papers = [
        OfficialPaper(
            kind="卷宗", layout=Layout.PLAIN, title=_printable(f"{cover.organisation}\n{cover.label}卷宗"),
            body=(Table(("项目", "内容"), facts, widths=(4, 15), align=("left", "left")),),
        ),
        OfficialPaper(
            kind="目录", layout=Layout.PLAIN, title="卷内目录",
            body=(Table(INDEX_HEADS, tuple(line.cells() for line in lines), widths=(2, 11, 5, 5, 3)),),
        ),
        OfficialPaper(
            kind="备考表", layout=Layout.PLAIN, title="卷内备考表",
            body=(
                Paragraph(f"本卷共 {len(lines)} 件、{pages} 页。"),
                Paragraph(_printable(cover.remarks) or "卷内材料齐全，没有需要说明的情况。"),
                Paragraph("Word、Excel、文本和系统记录按其文字排印，原件在移交包中，以卷内目录所列摘要值为准。"),
                Paragraph(f"立卷人：{_printable(cover.bound_by)}"),
                Paragraph(f"立卷日期：{chinese_date(today())}"),
            ),
        ),
    ]  # fmt: skip
    content, counts = render_together(papers)
    done = list(PdfReader(io.BytesIO(content)).pages)
    front = counts[0] + counts[1]
    return done[:front], done[front:]


def _pages_at_hand(entry: Entry) -> list[PageObject]:
    """The pages of what has pages already: a PDF as it is, a picture on a sheet; none for what must be set."""
    version = entry.piece.version
    if version is None or not version.kind.has_page_images:
        return []
    try:
        if version.kind is kinds.PDF:
            with storage.open_blob(version.blob.digest) as stored:
                return [_upright(page) for page in PdfReader(io.BytesIO(stored.read())).pages]
        return list(PdfReader(io.BytesIO(_sheet(page_image(version, 1)))).pages)
    except (PyPdfError, FileRefused, IndexError, ValueError, KeyError, RecursionError):
        # What cannot be drawn is named on a sheet of its own; the original goes along.
        return []


def _upright(page: PageObject) -> PageObject:
    if page.rotation:
        page.transfer_rotation_to_content()
    return page


def _sheet(png: bytes) -> bytes:
    """A picture on a white A4 sheet."""
    with Image.open(io.BytesIO(png)) as picture:
        picture = picture.convert("RGB")
        picture.thumbnail((A4[0] - 160, A4[1] - 240))
        sheet = Image.new("RGB", A4, "white")
        sheet.paste(picture, ((A4[0] - picture.width) // 2, 140))
    out = io.BytesIO()
    sheet.save(out, "PDF", resolution=150)
    return out.getvalue()


def _set(entry: Entry) -> OfficialPaper:
    """A piece without pages of its own, set from its words; where there are none, a sheet that says where it is."""
    version = entry.piece.version
    body = list(_blocks(entry))
    if version is not None and version.kind is not kinds.TXT:
        body.insert(0, Paragraph(f"（本件原件为{version.kind.label}，见移交包“{_printable(entry.path)}”。）"))
    if not body:
        body = [Paragraph("（无文字内容，见移交包中的原件。）")]
    return OfficialPaper(kind="", layout=Layout.PLAIN, title=_printable(entry.piece.title), body=tuple(body))


def _blocks(entry: Entry):
    if entry.content is not None:
        text = entry.content.decode("utf-8-sig")
        if entry.piece.name.endswith(".csv"):
            rows = [tuple(_printable(cell) for cell in row) for row in csv.reader(io.StringIO(text))]
            return (Table(rows[0], tuple(rows[1:])),)
    else:
        text = _words(entry.piece.version)
    rest = ("……（以下略，全文见移交包中的原件。）",) if len(text) > MOST_SET else ()
    return (*parse_blocks(_printable(text[:MOST_SET])), *(Paragraph(words) for words in rest))


def _words(version) -> str:
    with storage.open_blob(version.blob.digest) as stored:
        if version.kind is kinds.TXT:
            return decoded(stored.read(4 * MOST_SET + 4))
        if not version.kind.has_text:
            return ""
        try:
            return read(stored, version.kind).text
        except FileRefused:
            return ""


def _printable(text: str) -> str:
    """The text with 〓 for every sign that no installed font holds, as printers do for a missing type."""
    unknown = missing_characters(text)
    return text.translate({ord(sign): UNKNOWN_SIGN for sign in unknown}) if unknown else text


def _stamp(page: PageObject, number: str) -> None:
    """The page number in the upper right corner, in the viewer's own figures: it needs no font of ours."""
    box = page.cropbox
    x = float(box.right) - _STAMP_MARGIN - len(number) * _STAMP_SIZE * 0.56
    y = float(box.top) - _STAMP_MARGIN
    figures = DecodedStreamObject()
    figures.set_data(f"BT /DossierNo {_STAMP_SIZE} Tf 0 g {x:.2f} {y:.2f} Td ({number}) Tj ET".encode())
    over = PageObject.create_blank_page(width=1, height=1)
    over.mediabox = over.cropbox = over.trimbox = box
    over[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): _FIGURES})
    over[NameObject("/Contents")] = figures
    page.merge_page(over)
