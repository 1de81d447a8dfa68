"""What is not printed stays unknown, and what can be read two ways is said to the clerk."""

from datetime import date

import pytest

from normative_docs.importing import read_metadata_from_text
from normative_docs.importing.dates import find_dates, last_day_of_term
from normative_docs.importing.numbers import normalised_number

from .state_documents import STATE_DOCUMENTS
from .town_documents import TOWN_DOCUMENTS

DOCUMENTS = {**TOWN_DOCUMENTS, **STATE_DOCUMENTS}


@pytest.mark.parametrize(
    ("layout", "warning"),
    [
        ("letterhead, number, cover notice and annexed measures", "推算截止日为2031-03-31"),
        ("no signature, no number", "正文没有印出发文字号"),
        ("the notice extends, the annexed old text says otherwise", "以通知为准，未采用"),
        ("the notice and the annexed measures name different days", "通知与所附正文的有效期不一致"),
        ("only the imprint is dated", "只印有印发日期"),
        ("the signature is shorter than the name before the title", "印发日期（2022年9月5日）与成文日期不同"),
        ("a ministry's order with the full state name", "请按实际公布日期核对"),
        ("an article stops, not the document", "仅停止执行或废止部分条款"),
        ("a regional law with sessions only", "正文没有印出成文日期"),
    ],
)
def test_doubt_is_a_warning(layout, warning):
    found = read_metadata_from_text(DOCUMENTS[layout][0])
    assert any(warning in sentence for sentence in found.warnings), found.warnings


def test_day_that_the_calendar_does_not_have_is_not_taken():
    found = read_metadata_from_text("关于开展巡查的通知\n各村：\n请落实。\n龙潭镇人民政府\n2026年2月30日\n")
    assert found.issued_on is None
    assert any("2026年2月30日" in sentence for sentence in found.warnings)


@pytest.mark.parametrize(
    "printed",
    [
        "2026年3月1日",
        "２０２６年３月１日",
        "2026 年 3 月 1 日",
        "二〇二六年三月一日",
        "二○二六年三月一日",
        "二0二六年三月一日",
    ],
)
def test_date_is_read_in_every_print(printed):
    assert [found.value for found in find_dates(f"于{printed}印发")] == [date(2026, 3, 1)]


def test_term_from_a_leap_day_ends_on_the_last_of_february():
    assert last_day_of_term(date(2024, 2, 29), months=60) == date(2029, 2, 28)
    assert last_day_of_term(date(2026, 4, 1), months=60) == date(2031, 3, 31)


@pytest.mark.parametrize(
    "printed", ["龙政规[2026]1号", "龙政规【2026】1号", "龙政规（2026）第1号", "龙政规〔２０２６〕１号"]
)
def test_numbers_are_compared_in_one_bracket_style(printed):
    assert normalised_number(printed) == "龙政规〔2026〕1号"


def test_the_likely_body_is_a_hint_and_never_a_value():
    found = read_metadata_from_text("河湾街道停车管理办法\n第一条 为了规范停车，制定本办法。\n")
    assert found.issuing_body is None
    assert any("可能是河湾街道办事处" in sentence for sentence in found.warnings)
