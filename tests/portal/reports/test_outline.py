"""The outline says what the law asks, and states registered figures only."""

from decimal import Decimal

import pytest

from portal.indicators.registry import Figure, indicators
from portal.reports.outline import (
    OUTLINE,
    amount,
    chapter,
    composed,
    figures_are_registered,
    number_text,
    outline_codes,
)


def test_the_outline_has_the_parts_that_article_25_names():
    titles = [one.title for one in OUTLINE if one.level == 1]
    assert [title[:2] for title in titles] == ["上一", "存在", "党政", "下一", "其他"]


def test_every_figure_of_the_outline_is_registered():
    assert figures_are_registered(None) == []
    assert all(code in indicators for code in outline_codes())


def test_only_the_last_part_may_be_left_out():
    assert [one.code for one in OUTLINE if not one.required and not one.heading_only] == ["other"]


def test_a_chapter_without_figures_composes_nothing_and_tells_what_belongs_there():
    one = chapter("measures_enforcement")
    assert composed(one, {}) == ""
    assert one.hint


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "无"), (Decimal("3"), "3"), (Decimal("66.70"), "66.7"), (Decimal("100"), "100"), (Decimal("0"), "0")],
)
def test_values_are_printed_without_needless_zeros(value, text):
    assert number_text(value) == text


def test_a_figure_of_nothing_to_count_reads_as_none_without_unit():
    rate = indicators["normative_docs.filing_rate"]
    assert amount(rate, None) == "无"
    assert amount(rate, Decimal("50.0")) == "50%"


def test_sentences_carry_figures_with_their_units():
    one = chapter("measures_integrity")
    figures = {code: Figure(Decimal(number)) for number, code in enumerate(one.codes, start=1)}
    assert composed(one, figures) == "全年主动公开文件1件。就行政规范性文件草案公开征求意见2次，收到公众意见3条。"


def test_an_unknown_chapter_is_an_error():
    with pytest.raises(KeyError):
        chapter("poetry")
