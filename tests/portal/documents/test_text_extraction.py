"""What a file says is read for search, in reading order and within bounds."""

import io

import pytest
from PIL import Image

from portal.documents import kinds, text
from portal.documents.refusals import FileRefused
from tests.portal.documents import specimens as make


def said(content: bytes, kind, **options) -> text.Reading:
    return text.read(io.BytesIO(content), kind, **options)


def test_a_pdf_gives_the_text_of_its_pages_in_order():
    reading = said(make.pdf("First page", "Second page"), kinds.PDF)
    assert reading.text.index("First page") < reading.text.index("Second page")
    assert reading.has_text_layer


def test_a_scanned_pdf_has_no_text_layer():
    scan = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(scan, "PDF")
    reading = said(scan.getvalue(), kinds.PDF)
    assert reading.text == ""
    assert not reading.has_text_layer


def test_a_word_file_gives_paragraphs_and_tables_in_order():
    package = make.word("第一条 总则", "第二条 职责", table=(("姓名", "职务"), ("张三", "经办人")))
    assert said(package, kinds.DOCX).text == "第一条 总则\n第二条 职责\n姓名\t职务\n张三\t经办人\n表后一段"


def test_deleted_text_field_codes_and_second_copies_are_not_read():
    fragment = (
        "<w:del><w:r><w:delText>删去的话</w:delText><w:t>也删去</w:t></w:r></w:del>"
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:r><w:t>正本</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>副本</w:t></w:r></mc:Fallback>"
        "</mc:AlternateContent>"
    ).encode()
    content = said(make.word_with_body(fragment + make.field("PAGE")), kinds.DOCX).text
    assert "正本" in content
    assert not any(word in content for word in ("删去", "副本", "PAGE"))


def test_a_workbook_gives_its_sheets_row_by_row():
    content = said(make.sheet(("序号", "意见", "采纳"), (1, "延长期限", "是"), (None, None, None)), kinds.XLSX).text
    assert content == "采纳情况\n序号\t意见\t采纳\n1\t延长期限\t是"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_text_file_is_read_in_the_usual_encodings(encoding):
    reading = said("问：何时？\r\n答：昨日。".encode(encoding), kinds.TXT)
    assert reading.text == "问：何时？\n答：昨日。"


def test_rare_name_characters_survive():
    assert said("𠮷喆堃䶮".encode("gb18030"), kinds.TXT).text == "𠮷喆堃䶮"


def test_a_picture_and_an_ofd_have_no_text():
    assert said(make.picture(), kinds.PNG).text == ""
    assert said(make.ofd(), kinds.OFD).text == ""


def test_the_text_is_cut_at_the_limit_and_says_so():
    reading = said(("龙" * 999 + "\n").encode() * 20, kinds.TXT, limit=1000)
    assert reading.is_cut
    assert len(reading.text.encode()) <= 1000
    assert reading.text.endswith("龙")


def test_a_pdf_that_is_cut_short_does_not_block_the_next_one():
    long = make.pdf(*(["a long page of words"] * 5))
    assert said(long, kinds.PDF, limit=30).is_cut
    assert said(make.pdf("next"), kinds.PDF).text == "next"


def test_what_the_database_cannot_hold_is_left_out():
    assert text.cleaned("甲\0乙\ud800丙\x07丁\r\n戊") == "甲乙丙丁\n戊"


def test_a_workbook_that_cannot_be_read_is_refused_not_raised():
    broken = make.repacked(
        make.sheet(), change={"xl/worksheets/sheet1.xml": lambda content: content[: len(content) // 2]}
    )
    with pytest.raises(FileRefused):
        said(broken, kinds.XLSX)
