"""What the PDF holds: the whole text in order, embedded fonts, nothing from outside."""

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from portal.documents.rendering import Layout, MissingCharacters, Paragraph, missing_characters, paper_lines, render_pdf
from portal.documents.rendering.pdf import font_fetcher

NAME_CHARACTERS = "喆堃翀珺玥祎赟邨昇𠮷"
UNPRINTABLE = "\U000323af"  # last character of CJK extension H, in no free typeface
LIST = Path(__file__).parent / "general_standard_characters.txt"


def squeezed(lines):
    return "".join("".join(line.split()) for line in lines)


def fonts_of(data):
    """Give the descriptors of the fonts that the pages of a PDF use."""
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            yield font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]


@pytest.mark.parametrize("layout", list(Layout))
def test_the_text_is_complete_and_in_order(read_back, filing_report, layout):
    paper = replace(filing_report, layout=layout, mark=filing_report.mark if layout is not Layout.PLAIN else ())
    if layout is Layout.PLAIN:
        paper = replace(paper, number="")
    expected = squeezed(paper_lines(paper))
    assert read_back(paper).text() == expected


def test_every_font_is_embedded_as_a_subset(filing_report):
    descriptors = list(fonts_of(render_pdf(filing_report)))
    assert len(descriptors) >= 3
    for descriptor in descriptors:
        assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
        assert descriptor["/FontName"][7:8] == "+"


def test_rare_characters_of_names_come_back_from_the_pdf(read_back, filing_report):
    assert NAME_CHARACTERS in read_back(replace(filing_report, body=(Paragraph(NAME_CHARACTERS),))).text()


def test_all_characters_of_the_general_standard_list_can_be_printed():
    rows = LIST.read_text(encoding="utf-8").splitlines()
    listed = "".join(row for row in rows if not row.startswith("#"))
    assert len(set(listed)) == 8105
    assert missing_characters(listed + NAME_CHARACTERS) == []


def test_a_character_that_no_font_has_is_reported_before_printing(filing_report):
    paper = replace(filing_report, annotation=f"联系人：{UNPRINTABLE}\U0010fffd")
    with pytest.raises(MissingCharacters) as refusal:
        render_pdf(paper)
    assert refusal.value.characters == (UNPRINTABLE, "\U0010fffd")
    assert "U+323AF" in str(refusal.value)


def test_blanks_and_variation_selectors_are_not_missing_characters():
    assert missing_characters("葛\U000e0100 　\n\u200b") == []


def test_nothing_is_fetched_while_paper_is_set():
    for address in ("https://example.org/x.png", "file:///etc/passwd", "data:text/plain,x"):
        with pytest.raises(FatalURLFetchingError):
            font_fetcher().fetch(address)


def test_markup_in_the_text_stays_text(read_back, filing_report):
    paper = replace(filing_report, body=(Paragraph("<img src='file:///etc/hostname'>&amp;"),))
    assert "<imgsrc='file:///etc/hostname'>&amp;" in read_back(paper).text()


def test_a_page_that_asks_for_a_picture_is_refused_as_a_whole():
    page = HTML(string="<img src='https://example.org/x.png'>", url_fetcher=font_fetcher())
    with pytest.raises(FatalURLFetchingError):
        page.write_pdf()


def test_the_document_carries_title_and_language(filing_report):
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(filing_report)))
    assert reader.metadata.title == filing_report.title
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
