"""What the rules ask of a paper is named before it is printed; signature and lines stand where they must."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.rendering import Layout
from portal.documents.rendering.composition import NEVER_FIRST, NEVER_LAST, Run, compose
from portal.documents.rendering.gb9704 import (
    MARGIN_BOTTOM_MM,
    MARGIN_RIGHT_MM,
    mark_size_pt,
    signature_right_indents,
)
from portal.documents.rendering.paper import chinese_date


def test_a_complete_report_has_no_problems(filing_report):
    assert filing_report.problems() == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"signers": ()}, "签发人"),
        ({"number": "龙政报[2026]3号"}, "六角括号"),
        ({"number": "龙政报〔2026〕03号"}, "虚位"),
        ({"mark": ()}, "发文机关标志"),
        ({"issued_on": None}, "成文日期"),
        ({"copy_number": "12"}, "份号"),
        ({"printed_on": None}, "印发日期"),
        ({"kind": "请示", "annotation": ""}, "联系人"),
        ({"title": ""}, "标题"),
    ],
)
def test_each_missing_element_is_named(filing_report, change, word):
    assert any(word in problem for problem in replace(filing_report, **change).problems())


def test_a_plain_paper_needs_neither_mark_nor_number(filing_report):
    plain = replace(filing_report, layout=Layout.PLAIN, mark=(), number="", signers=())
    assert plain.problems() == []


def test_dates_have_no_empty_places():
    assert chinese_date(date(2026, 3, 1)) == "2026年3月1日"


def test_margins_leave_the_type_area_where_the_standard_has_it():
    assert (MARGIN_RIGHT_MM, MARGIN_BOTTOM_MM) == (26.0, 35.0)


def test_a_mark_is_never_higher_than_15_mm_nor_wider_than_the_page():
    assert mark_size_pt(6) / 72 * 25.4 == pytest.approx(15)
    assert mark_size_pt(14) * 14 / 72 * 25.4 == pytest.approx(156)


def test_a_sealed_signature_is_centred_above_its_date():
    organ, day = signature_right_indents("云溪县龙潭镇人民政府", "2026年3月1日", sealed=True)
    assert day == 4
    assert organ + 10 / 2 == day + 6 / 2


def test_an_unsealed_date_begins_two_characters_right_of_the_organ():
    organ, day = signature_right_indents("云溪县龙潭镇人民政府", "2026年3月1日", sealed=False)
    assert organ == 2
    assert (day + 6) + 2 == organ + 10


def test_a_date_longer_than_the_organ_pushes_the_organ_left():
    organ, day = signature_right_indents("司法局", "2026年12月21日", sealed=False)
    assert day == 2
    assert organ + 3 == day + 7 + 2


@given(st.text(alphabet="根据规定，制定“本”办法。（一）《通知》2026年3%、；〔〕", min_size=1, max_size=200))
def test_filled_lines_keep_the_text_and_the_rules_for_line_ends(text):
    lines = compose((Run(text),), indent=2)
    assert "".join(run.text for line in lines for run in line.runs) == text
    assert [line.is_last for line in lines] == [False] * (len(lines) - 1) + [True]


def test_no_line_of_ordinary_text_begins_or_ends_with_a_forbidden_sign():
    text = "根据《云溪县行政规范性文件管理办法》（云政规〔2025〕3号）第二十三条的规定，“应当”在15日内报送备案。" * 12
    lines = ["".join(run.text for run in line.runs) for line in compose((Run(text),), indent=2)]
    assert len(lines) > 15
    assert not any(line[0] in NEVER_FIRST or line[-1] in NEVER_LAST for line in lines)
    assert "〔2025〕3号" in "|".join(lines)
