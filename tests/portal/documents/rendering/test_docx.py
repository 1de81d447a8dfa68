"""The DOCX: the same text as the PDF, the same measures, Chinese faces by their East Asian names."""

import io
from dataclasses import replace

import docx
import pytest
import time_machine
from docx.oxml.ns import qn

from portal.documents.rendering import Layout, paper_lines, render_docx
from portal.documents.rendering.word_parts import TABLE_PROPERTIES


@pytest.fixture
def opened(filing_report):
    return docx.Document(io.BytesIO(render_docx(filing_report)))


def squeezed(text):
    return "".join(text.split())


def body_text(document):
    return squeezed("".join(node.text or "" for node in document.element.body.iter(qn("w:t"))))


@pytest.mark.parametrize("layout", list(Layout))
def test_it_has_the_text_of_the_paper_in_order(filing_report, layout):
    paper = replace(filing_report, layout=layout, mark=filing_report.mark if layout is not Layout.PLAIN else ())
    document = docx.Document(io.BytesIO(render_docx(paper)))
    assert body_text(document) == squeezed("".join(paper_lines(paper)))


def test_pdf_and_docx_of_one_paper_have_the_same_text(filing_report, read_back, opened):
    assert body_text(opened) == read_back(filing_report).text()


def test_written_on_another_day_the_bytes_are_the_same(filing_report):
    with time_machine.travel("2026-03-02T09:00:00+08:00"):
        first = render_docx(filing_report)
    with time_machine.travel("2026-03-05T10:00:00+08:00"):
        assert render_docx(filing_report) == first


def test_page_and_margins_are_those_of_the_standard(opened):
    section = opened.sections[0]
    found = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(length.mm) for length in found] == [210, 297, 37, 35]
    assert [round(length.mm) for length in (section.left_margin, section.right_margin)] == [28, 26]


def test_lines_are_exactly_a_twenty_second_of_the_type_area(opened):
    line = next(paragraph for paragraph in opened.paragraphs if paragraph.text.startswith("根据有关规定"))
    assert line.paragraph_format.line_spacing.pt == pytest.approx(28.99, abs=0.05)
    grid = opened.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:linePitch")) == "580"


def test_text_headings_and_title_name_their_chinese_faces(opened):
    faces = {run.text[:4]: run._r.rPr.rFonts.get(qn("w:eastAsia")) for line in opened.paragraphs for run in line.runs}
    assert faces["根据有关"] == "仿宋_GB2312"
    assert faces["一、制定"] == "黑体"
    assert faces["（一）上"] == "楷体_GB2312"
    assert faces["周明远"] == "楷体_GB2312"
    assert faces["云溪县龙"] in ("方正小标宋简体", "仿宋_GB2312")


def test_page_numbers_are_fields_right_on_odd_and_left_on_even_pages(opened):
    section = opened.sections[0]
    assert opened.settings.odd_and_even_pages_header_footer
    for footer, alignment in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.alignment.name.lower() == alignment
        assert squeezed(paragraph.text) == "—1—"
        assert " PAGE " in [node.text for node in paragraph._p.iter(qn("w:instrText"))]


def test_the_mark_is_red_and_the_rule_below_the_number_too(opened):
    mark = next(line for line in opened.paragraphs if line.text.endswith("文件"))
    assert str(mark.runs[0].font.color.rgb) == "E60012"
    number = next(line for line in opened.paragraphs if "〔2026〕3号" in line.text)
    assert number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom")).get(qn("w:color")) == "E60012"


def test_the_colophon_is_tied_to_the_foot_of_the_page(opened):
    place = opened.tables[-1]._tbl.tblPr.find(qn("w:tblpPr"))
    assert place.get(qn("w:tblpYSpec")) == "bottom"
    assert place.get(qn("w:vertAnchor")) == "margin"


def test_the_head_of_a_table_is_repeated_on_each_page(opened):
    first_row = opened.tables[0].rows[0]._tr
    assert first_row.trPr.find(qn("w:tblHeader")) is not None


def test_the_parts_of_table_properties_stand_in_the_order_of_the_schema(opened):
    names = [part.tag.rpartition("}")[2] for part in opened.tables[-1]._tbl.tblPr]
    assert names == sorted(names, key=TABLE_PROPERTIES.index)


def test_a_letter_has_its_second_red_rule_at_the_foot_of_the_first_page_only(filing_report):
    letter = replace(filing_report, layout=Layout.LETTER, signers=())
    section = docx.Document(io.BytesIO(render_docx(letter))).sections[0]
    assert section.different_first_page_header_footer
    rule = section.first_page_footer.paragraphs[0]._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert rule.get(qn("w:val")) == "thinThickSmallGap"
    assert section.first_page_footer.paragraphs[0].text == ""
