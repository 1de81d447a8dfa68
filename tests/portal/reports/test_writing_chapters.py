"""Figures are brought up to date inside the text; what a writer reworded is never overwritten."""

from datetime import date

import pytest

from portal.reports.writing import ReportRefused, digest_of, refresh, write
from tests.portal.reports.desk import record_document


def _refresh(desk, world):
    record_document(world, on=date(2025, 12, 20), number="龙政规〔2025〕3号")
    with desk.on():
        return refresh(desk.document, by=desk.cast.clerk)


def _section(desk, code="measures_capacity"):
    return desk.document.sections.get(code=code)


def test_an_untouched_chapter_follows_the_figures(desk, world):
    desk.start()
    assert "登记存量行政规范性文件2件" in _section(desk).text
    assert set(_refresh(desk, world)) == {"normative_docs.recorded", "normative_docs.in_force", "reports.published"}
    assert "登记存量行政规范性文件3件" in _section(desk).text


def test_what_a_writer_added_stays_and_the_sentences_follow(desk, world):
    desk.start()
    desk.write("measures_capacity", f"{_section(desk).text}\n组织集中学法四次。")
    _refresh(desk, world)
    section = _section(desk)
    assert "登记存量行政规范性文件3件" in section.text
    assert section.text.endswith("组织集中学法四次。")
    assert not section.needs_check


def test_reworded_sentences_are_kept_and_marked_to_be_checked(desk, world):
    desk.start()
    desk.write("measures_capacity", "全年登记文件两件。")
    _refresh(desk, world)
    section = _section(desk)
    assert (section.text, section.needs_check) == ("全年登记文件两件。", True)
    desk.write("measures_capacity", "全年登记文件三件。")
    assert not _section(desk).needs_check


def test_nothing_changes_while_the_records_stay_the_same(desk):
    desk.start()
    before = {code: value.pk for code, value in desk.document.snapshots().items()}
    with desk.on():
        assert refresh(desk.document, by=desk.cast.clerk) == []
    assert {code: value.pk for code, value in desk.document.snapshots().items()} == before


def test_two_writers_do_not_overwrite_each_other(desk, world):
    desk.start()
    seen = digest_of(_section(desk, "next_year"))
    desk.write("next_year", "甲的安排")
    with desk.on(), pytest.raises(ReportRefused, match="由他人修改"):
        write(_section(desk, "next_year"), by=world["lt_legal"], text="乙的安排", seen=seen)
    assert _section(desk, "next_year").text == "甲的安排"


def test_a_report_handed_in_is_not_written_any_more(desk):
    desk.walk("hand_in")
    with pytest.raises(ReportRefused, match="不能修改"):
        desk.write("next_year", "改动")
