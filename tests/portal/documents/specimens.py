"""Files made in code: sound ones of each kind, and hostile ones that each break one rule."""

import io
import struct
import warnings
import zipfile
import zlib

import docx
import openpyxl
import pypdf
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

SCANNER_TEST = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


# ── sound files ──
def pdf(*page_texts: str, change=None) -> bytes:
    """A PDF with one page per text (Latin letters only); `change(writer)` adds what a test needs."""
    writer = pypdf.PdfWriter()
    for text in page_texts or ("Hello village",):
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode() if text else b"")
        page[NameObject("/Contents")] = writer._add_object(content)
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(*paragraphs: str, table=()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs or ("关于加强防汛工作的通知",):
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, values in zip(grid.rows, table, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
        document.add_paragraph("表后一段")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(*rows) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "采纳情况"
    for row in rows or (("序号", "意见"), (1, "建议延长期限")):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(entries: dict[str, bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return out.getvalue()


def ofd(**more: bytes) -> bytes:
    root = b'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>'
    return archive(
        {"OFD.xml": root, "Doc_0/Document.xml": b"<ofd:Document xmlns:ofd='http://www.ofdspec.org/2016'/>"} | more
    )


def picture(form="PNG", size=(40, 30), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **options)
    return out.getvalue()


def photograph_with_place() -> bytes:
    """A JPEG with a GPS position, a device name and a comment, taken with the camera turned."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 50.0)
    return picture("JPEG", exif=exif, comment=b"taken by Zhang San")


# ── changed packages ──
def repacked(package: bytes, put=None, change=None, drop=()) -> bytes:
    """A copy of a zip package with parts put in, changed by a function of their bytes, or dropped."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename in drop:
                continue
            content = old.read(entry)
            if change and entry.filename in change:
                content = change[entry.filename](content)
            new.writestr(entry.filename, content)
        for name, content in (put or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def with_relationship(package: bytes, part: str, kind: str, target: str) -> bytes:
    relation = (
        f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()
    return repacked(package, change={part: lambda content: content.replace(b"</Relationships>", relation)})


def word_with_relationship(kind: str, target: str) -> bytes:
    return with_relationship(word(), "word/_rels/document.xml.rels", kind, target)


def word_with_body(fragment: bytes) -> bytes:
    return repacked(
        word(), change={"word/document.xml": lambda content: content.replace(b"<w:p>", b"<w:p>" + fragment, 1)}
    )


def field(*runs: str) -> bytes:
    return b"".join(b"<w:r><w:instrText>" + run.encode() + b"</w:instrText></w:r>" for run in runs)


def sheet_with_formula(formula: str) -> bytes:
    cell = f'<row r="9"><c r="A9"><f>{formula}</f></c></row></sheetData>'.encode()
    return repacked(
        sheet(), change={"xl/worksheets/sheet1.xml": lambda content: content.replace(b"</sheetData>", cell)}
    )


def with_doctype(package: bytes, part: str, doctype: bytes) -> bytes:
    def change(content):
        declaration, mark, rest = content.rpartition(b"?>")
        return declaration + mark + doctype + rest

    return repacked(package, change={part: change})


BILLION_LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
EXTERNAL_ENTITY = b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def with_symlink(package: bytes) -> bytes:
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def with_same_name_twice(package: bytes) -> bytes:
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        archive.writestr("word/document.xml", b"<other/>")
    return out.getvalue()


def bomb() -> bytes:
    """Sixty megabytes of zeros in a few kilobytes."""
    return repacked(word(), put={"word/media/zeros.xml": b"<z>" + b"0" * (60 * 1024 * 1024) + b"</z>"})


def claiming_size(package: bytes, size: int) -> bytes:
    """A package whose directory claims that its first entry unpacks to `size` bytes."""
    at = package.find(b"PK\x01\x02")
    return package[: at + 24] + struct.pack("<I", size) + package[at + 28 :]


def overlapping() -> bytes:
    """Two directory entries that point to the same packed bytes (the way a small file unpacks to petabytes)."""
    package = word()
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        first, second = archive.infolist()[:2]
    at = package.find(b"PK\x01\x02")
    at = package.find(b"PK\x01\x02", at + 4)
    assert second.header_offset != first.header_offset
    return package[: at + 42] + struct.pack("<I", first.header_offset) + package[at + 46 :]


def encrypted_flag(package: bytes) -> bytes:
    at = package.find(b"PK\x01\x02")
    return package[: at + 8] + struct.pack("<H", 1) + package[at + 10 :]


# ── changed PDFs ──
def action(kind: str, **more) -> DictionaryObject:
    entries = {NameObject("/S"): NameObject(f"/{kind}")}
    entries |= {NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()}
    return DictionaryObject(entries)


def opening_with(act) -> bytes:
    def change(writer):
        writer.root_object[NameObject("/OpenAction")] = act

    return pdf(change=change)


def link_with(act) -> bytes:
    """A PDF whose first page has a link that performs the action."""

    def change(writer):
        link = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
                NameObject("/A"): act,
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])

    return pdf(change=change)


def opening_at_page() -> bytes:
    """What every word processor writes: the document opens at its first page."""

    def change(writer):
        writer.root_object[NameObject("/OpenAction")] = ArrayObject(
            [writer.pages[0].indirect_reference, NameObject("/Fit")]
        )

    return pdf(change=change)


def pdf_with_attachment() -> bytes:
    return pdf(change=lambda writer: writer.add_attachment("note.txt", b"hidden"))


def pdf_with_escaped_script() -> bytes:
    """The acting name is written with an escape, as only attackers do."""
    return opening_with(action("JavaScript", JS="app.alert(1)")).replace(b"/JavaScript", b"/J#61vaScript")


def pdf_with_compressed_script() -> bytes:
    """A script that stands in a compressed object stream, so that no search of the raw bytes finds it."""
    inner = b"<</S/JavaScript/JS(app.alert(1))>>"
    packed = zlib.compress(b"4 0 " + inner)
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        5: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    }
    out = b"%PDF-1.7\n"
    rows = {0: (0, 0, 65535), 4: (2, 5, 0)}
    for number, body in bodies.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    rows[6] = (1, at, 0)
    table = b"".join(struct.pack(">BIH", *rows[number]) for number in range(7))
    head = b"<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>" % len(table)
    return out + b"6 0 obj\n%sstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, table, at)


def locked_pdf() -> bytes:
    return pdf(change=lambda writer: writer.encrypt("secret", algorithm="RC4-128"))


def _with_stream(data: bytes, entries: dict) -> bytes:
    def change(writer):
        stream = EncodedStreamObject()
        stream._data = data
        stream.update({NameObject(key): value for key, value in entries.items()})
        writer.pages[0][NameObject("/Extra")] = writer._add_object(stream)

    return pdf(change=change)


def pdf_bomb() -> bytes:
    zeros = zlib.compressobj(9)
    packed = b"".join(zeros.compress(b"\0" * 1024 * 1024) for _ in range(80)) + zeros.flush()
    return _with_stream(packed, {"/Filter": NameObject("/FlateDecode")})


def pdf_with_huge_image() -> bytes:
    return _with_stream(
        zlib.compress(b"\0"),
        {
            "/Filter": NameObject("/FlateDecode"),
            "/Subtype": NameObject("/Image"),
            "/Width": NumberObject(50_000),
            "/Height": NumberObject(50_000),
        },
    )


def pdf_in_circles() -> bytes:
    """Pages whose parent is their own child."""

    def change(writer):
        pages = writer.root_object["/Pages"]
        pages["/Kids"].append(pages.indirect_reference)

    return pdf(change=change)


# ── changed pictures ──
def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def enormous_png() -> bytes:
    """A header of 50,000 × 50,000 pixels with almost nothing behind it."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0")) + _chunk(b"IEND", b"")
