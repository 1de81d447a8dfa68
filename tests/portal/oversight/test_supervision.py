"""The county compares towns by three rates, sees the files behind each figure, and presses those overdue."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from portal.audit.models import AuditEntry
from portal.moment import clock_set_to
from portal.oversight.filing import URGED
from tests.portal.oversight import filings

DAY = date(2026, 10, 12)
PAGE = "/county/supervision/"
FILES = "/county/supervision/longtan/normative_docs.filing_rate/"


@pytest.fixture
def later():
    with clock_set_to(DAY):
        yield DAY


def test_each_town_has_its_three_rates(world, as_person, later):
    filings.recorded(world)
    filings.prepared(world, title="没有报送的办法")
    shown = as_person("county_supervisor").get(PAGE, {"year": 2026, "quarter": 4}).content.decode()
    for words in ("报备率", "及时率", "规范率", "龙潭镇", "清河镇", "50.0%", "100.0%"):
        assert words in shown


def test_a_period_without_limits_has_nothing_to_count(world, as_person, later):
    filings.recorded(world)
    shown = as_person("county_supervisor").get(PAGE, {"year": 2026, "quarter": 1}).content.decode()
    assert "%</a>" not in shown
    assert "无" in shown


def test_the_files_behind_a_figure_and_those_that_keep_it_down(world, as_person, later):
    filings.recorded(world, title="已经报送的办法")
    filings.prepared(world, title="没有报送的办法")
    county = as_person("county_supervisor")
    counted = county.get(FILES, {"year": 2026}).content.decode()
    assert "已经报送的办法" in counted
    assert "没有报送的办法" in counted
    short = county.get(FILES, {"year": 2026, "show": "short"}).content.decode()
    assert "已经报送的办法" not in short
    assert "没有报送的办法" in short


def test_only_the_rates_of_filing_lead_to_files(world, as_person, later):
    county = as_person("county_supervisor")
    assert county.get("/county/supervision/longtan/normative_docs.comments/").status_code == 404
    assert county.get("/county/supervision/nowhere/normative_docs.filing_rate/").status_code == 404


def test_towns_do_not_supervise(world, as_person):
    assert as_person("lt_head").get(PAGE).status_code == 403


def test_an_overdue_town_is_pressed_once_a_day_and_its_head_told(world, as_person, later):
    filing = filings.prepared(world)
    county = as_person("county_supervisor")
    assert filing.subject.title in county.get(PAGE).content.decode()
    pressed = {"file": str(filing.subject.public_id)}
    assert county.post(PAGE, pressed).status_code == 302
    again = county.post(PAGE, pressed)
    assert again.status_code == 409
    assert "今天已经督办过" in again.content.decode()
    assert world["lt_head"].notifications.filter(subject__startswith="督办").count() == 1
    assert AuditEntry.objects.filter(verb=URGED, file_id=filing.subject_id).count() == 1
    assert "已督办" in county.get(PAGE).content.decode()


def test_what_is_not_overdue_is_not_pressed(world, as_person):
    with clock_set_to(date(2026, 9, 25)):
        filing = filings.prepared(world)
        county = as_person("county_supervisor")
        assert county.post(PAGE, {"file": str(filing.subject.public_id)}).status_code == 409
        assert county.post(PAGE, {"file": "nonsense"}).status_code == 409


def test_a_reviewer_sees_the_figures_but_does_not_press(world, as_person, later):
    filing = filings.prepared(world)
    reviewer = as_person("county_reviewer")
    assert reviewer.get(PAGE).status_code == 200
    assert reviewer.post(PAGE, {"file": str(filing.subject.public_id)}).status_code == 403


def test_half_a_year_is_a_period_too(world, as_person, later):
    filings.recorded(world)
    county = as_person("county_supervisor")
    shown = county.get(PAGE, {"year": 2026, "quarter": 6}).content.decode()
    assert "2026 年下半年报备情况" in shown
    assert "100.0%" in shown
    assert "100.0%" not in county.get(PAGE, {"year": 2026, "quarter": 5}).content.decode()


def test_the_export_lists_every_file_behind_every_figure(world, as_person, later):
    filings.recorded(world, title="已经报送的办法")
    filings.prepared(world, title="没有报送的办法")
    answer = as_person("county_supervisor").get(f"{PAGE}export.xlsx", {"year": 2026, "quarter": 4})
    book = load_workbook(BytesIO(answer.content))
    rows = list(book["报备三率"].iter_rows(min_row=2, values_only=True))
    rate = [row for row in rows if row[0] == "龙潭镇" and row[1] == "报备率"]
    assert {(row[4], row[6]) for row in rate} == {("已经报送的办法", "是"), ("没有报送的办法", "否")}
    assert {float(row[2]) for row in rate} == {50.0}
    assert ["时期", "2026 年第 4 季度"] in [list(row) for row in book["导出说明"].iter_rows(values_only=True)]
