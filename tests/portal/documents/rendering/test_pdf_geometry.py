"""The PDF read back with a measure: GB/T 9704-2012 page, grid, mark, rules and page numbers."""

import itertools
import re
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from portal.documents.rendering import Layout, Paragraph
from portal.documents.rendering.fonts import DIRECTORIES_VARIABLE

PAGE_HEIGHT = 297.0
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0  # the type area of 156 by 225 mm, from the left and upper edge


def red(picture):
    """Give a mask of what is red."""
    channels = picture.split()
    return ImageChops.darker(channels[0].point(lambda x: 255 * (x > 180)), channels[1].point(lambda x: 255 * (x < 90)))


def black(picture):
    """Give a mask of what is black or nearly so."""
    return picture.split()[0].point(lambda x: 255 * (x < 110))


def rows_with(mask, left=LEFT, right=RIGHT, share=0.0):
    """Give the heights in mm of the rows in which more than a share of the dots between two edges are in the mask."""
    dots = mask.height / PAGE_HEIGHT
    strip = mask.crop((int(left * dots) + 2, 0, int(right * dots) - 2, mask.height)).convert("F")
    shares = strip.resize((1, mask.height), Image.Resampling.BOX).get_flattened_data()
    return [row / dots for row, value in enumerate(shares) if value / 255 > share]


def assert_full_grid(lines):
    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}
    for line in lines:
        assert line[0].left == pytest.approx(LEFT, abs=0.3)
        pitch = (line[-1].left - line[0].left) / 27
        assert pitch == pytest.approx(156 / 28, abs=0.02)
        assert line[-1].left + pitch <= RIGHT + 0.3
    pitches = [later[0].baseline - earlier[0].baseline for earlier, later in itertools.pairwise(lines)]
    assert all(pitch == pytest.approx(225 / 22, abs=0.1) for pitch in pitches)
    assert lines[0][0].baseline > TOP
    assert lines[-1][0].baseline < BOTTOM


def text_lines(pdf, page_number):
    """Give the lines of a page above its page number."""
    return [line for line in pdf.lines(page_number) if line[0].baseline < BOTTOM]


def test_a_full_page_holds_22_lines_of_28_characters_in_the_type_area(read_back, filing_report, plain_sentence):
    paper = replace(filing_report, body=(Paragraph(plain_sentence * 80),))
    assert_full_grid(text_lines(read_back(paper), 2))


@pytest.mark.full
def test_the_grid_is_the_same_without_the_optional_faces(monkeypatch, read_back, filing_report, plain_sentence):
    monkeypatch.setenv(DIRECTORIES_VARIABLE, "/usr/share/fonts")
    paper = replace(filing_report, body=(Paragraph(plain_sentence * 80),))
    assert_full_grid(text_lines(read_back(paper), 2))


def test_pages_are_a4(read_back, filing_report):
    pdf = read_back(filing_report)
    for page in pdf.document:
        width, height = page.get_size()
        assert (width * 25.4 / 72, height * 25.4 / 72) == pytest.approx((210, 297), abs=0.1)


def test_nothing_but_page_numbers_stands_outside_the_type_area(read_back, filing_report):
    pdf = read_back(filing_report)
    for number in range(1, len(pdf) + 1):
        for line in text_lines(pdf, number):
            for sign in line:
                assert LEFT - 0.5 < sign.left < RIGHT
                assert sign.baseline > TOP


def test_the_mark_begins_72_mm_below_the_upper_edge(read_back, filing_report):
    picture = read_back(filing_report).picture(1)
    assert rows_with(red(picture))[0] == pytest.approx(72, abs=0.5)


def test_the_red_rule_is_as_wide_as_the_type_area_and_4_mm_below_the_number(read_back, filing_report):
    pdf = read_back(filing_report)
    rule = rows_with(red(pdf.picture(1)), share=0.95)[0]
    number = next(sign for sign in pdf.signs(1) if sign.text == "〔")
    # The number's line reaches about 2.8 mm below its baseline: half of what the pitch exceeds the type, plus descent.
    assert rule - number.baseline == pytest.approx(4 + 2.8, abs=0.7)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(read_back, filing_report):
    pdf = read_back(filing_report)
    assert len(pdf) >= 4
    for number in range(1, len(pdf) + 1):
        line = next(line for line in pdf.lines(number) if line[0].baseline > BOTTOM)
        assert "".join(sign.text for sign in line) == f"—{number}—"
        if number % 2:
            assert RIGHT - 10 < line[-1].left < RIGHT - 4.9
        else:
            assert line[0].left == pytest.approx(LEFT + 4.9, abs=0.5)


def test_the_dashes_of_the_page_number_are_7_mm_below_the_type_area(read_back, filing_report):
    picture = read_back(filing_report).picture(1)
    ink = [height for height in rows_with(black(picture), left=175, right=178.5) if height > BOTTOM + 1]
    assert ink[0] == pytest.approx(BOTTOM + 7, abs=0.6)


def test_the_colophon_stands_on_the_lower_edge_of_the_last_page(read_back, filing_report):
    pdf = read_back(filing_report)
    rules = rows_with(black(pdf.picture(len(pdf))), share=0.95)
    assert max(rules) == pytest.approx(BOTTOM, abs=0.5)
    assert len([rule for rule in rules if rule > 230]) >= 3
    assert pdf.page_text(len(pdf)).count("抄送：") == 1


def test_a_colophon_without_room_goes_to_a_page_of_its_own(read_back, filing_report, plain_sentence):
    full = replace(filing_report, attachments=(), body=(Paragraph(plain_sentence * 31),))
    pdf = read_back(full)
    assert "抄送：" in pdf.page_text(len(pdf))
    assert pdf.text().count("抄送：") == 1


@pytest.mark.full
def test_the_signature_never_stands_on_a_page_without_text(read_back, filing_report, plain_sentence):
    for sentences in range(5, 12):
        paper = replace(
            filing_report,
            attachments=(),
            annotation="",
            copies_to=(),
            print_organ="",
            printed_on=None,
            body=(Paragraph(plain_sentence * sentences),),
        )
        pdf = read_back(paper)
        page = next(number for number in range(1, len(pdf) + 1) if "2026年3月1日" in pdf.page_text(number))
        assert len(text_lines(pdf, page)) > 2


def test_the_sealed_date_stands_four_characters_in_from_the_right(read_back, filing_report):
    pdf = read_back(filing_report)
    page = next(number for number in range(1, len(pdf) + 1) if "2026年3月1日" in pdf.page_text(number))
    line = next(line for line in pdf.lines(page) if "".join(sign.text for sign in line) == "2026年3月1日")
    assert line[-1].left + 156 / 28 == pytest.approx(RIGHT - 4 * 156 / 28, abs=1.0)


def test_letter_format_has_its_mark_30_mm_down_and_no_number_on_the_first_page(
    read_back, filing_report, plain_sentence
):
    letter = replace(
        filing_report,
        kind="函",
        layout=Layout.LETTER,
        signers=(),
        copy_number="",
        number="龙政函〔2026〕3号",
        body=(Paragraph(plain_sentence * 40),),
    )
    pdf = read_back(letter)
    picture = pdf.picture(1)
    mark = rows_with(red(picture))
    assert mark[0] == pytest.approx(30, abs=0.5)
    foot = rows_with(red(picture), left=20, right=190, share=0.95)[-1]
    assert foot == pytest.approx(297 - 20, abs=0.8)
    assert not re.search(r"—1—", pdf.page_text(1))
    assert "—2—" in pdf.page_text(2)


def test_joint_paper_keeps_both_marks_in_the_type_area(read_back, filing_report):
    joint = replace(filing_report, mark=("云溪县龙潭镇人民政府", "云溪县农业农村局"))
    pdf = read_back(joint)
    assert not rows_with(red(pdf.picture(1)), left=RIGHT + 0.5, right=209)
    assert "云溪县农业农村局" in pdf.page_text(1)
