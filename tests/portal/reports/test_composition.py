"""The command gives the report as data: figures with their records, chapters with their text; it writes nothing."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.moment import clock_set_to
from tests.portal.reports.desk import record_document


@pytest.fixture(autouse=True)
def in_2026():
    with clock_set_to(date(2026, 1, 20)):
        yield


def _json(name="云溪县龙潭镇人民政府", year=2025):
    out = io.StringIO()
    call_command("annual_report", organisation=name, year=year, kind="json", output="-", stdout=out)
    return json.loads(out.getvalue())


def _figure(report, code):
    return next(figure for figure in report["figures"] if figure["code"] == code)


def test_the_json_has_the_agreed_shape(recorded):
    report = _json()
    assert list(report) == ["organisation", "year", "figures", "sections"]
    assert (report["organisation"], report["year"]) == ("云溪县龙潭镇人民政府", 2025)
    assert all(list(figure) == ["code", "indicator", "value", "of", "unit", "records"] for figure in report["figures"])
    assert all({"title", "text"} <= set(section) for section in report["sections"])


def test_figures_equal_their_records(recorded):
    found = _figure(_json(), "normative_docs.recorded")
    assert (found["indicator"], found["value"], found["unit"]) == ("登记存量行政规范性文件", 2, "件")
    assert found["records"] == sorted(document.number for document in recorded[:2])


def test_a_document_that_lapsed_in_the_year_is_recorded_but_not_in_force(recorded):
    found = _figure(_json(), "normative_docs.in_force")
    assert found["records"] == [recorded[0].number]


def test_nothing_to_count_is_null_in_data_and_none_in_words(recorded):
    report = _json()
    assert _figure(report, "normative_docs.filing_rate")["value"] is None
    assert _figure(report, "normative_docs.filing_rate")["of"] == 0
    assert any("报备率：无" in section["text"] for section in report["sections"])


def test_chapters_stand_in_order_with_their_marks(recorded):
    titles = [section["title"] for section in _json()["sections"]]
    assert titles[0] == "一、上一年度推进法治政府建设的主要举措和成效"
    assert titles[1] == "（一）推进“放管服”改革"
    assert titles[6] == "二、存在的不足和原因"
    assert titles[-1] == "四、下一年度推进法治政府建设的主要安排"


@pytest.mark.parametrize("name", ["龙潭镇", "longtan", "云溪县龙潭镇"])
def test_the_town_is_found_by_short_name_code_and_alias(recorded, name):
    assert _json(name)["organisation"] == "云溪县龙潭镇人民政府"


def test_an_unknown_organisation_is_said_in_chinese_with_the_towns_there_are(world):
    with pytest.raises(CommandError, match=r"没有名为“桃源镇”的机构.*云溪县清河镇人民政府"):
        _json("桃源镇")


def test_a_year_to_come_is_refused(world):
    with pytest.raises(CommandError, match="2015 年至 2026 年"):
        _json(year=2031)


def test_the_report_as_written_is_given_where_there_is_one(desk):
    desk.walk("write_all")
    texts = {section["code"]: section["text"] for section in _json()["sections"]}
    assert texts["next_year"] == "一季度完成文件清理，年内组织四次集中学法。"


def test_an_approved_report_is_given_as_approved(desk, world):
    desk.walk("approve")
    record_document(world, on=date(2025, 12, 20), number="龙政规〔2025〕3号")
    assert _figure(_json(), "normative_docs.recorded")["value"] == 2


def test_the_command_writes_nothing_to_the_database(recorded):
    def rows():
        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
            return cursor.fetchone()

    before = rows()
    _json()
    assert rows() == before


@pytest.mark.parametrize(("kind", "head"), [("pdf", b"%PDF-"), ("docx", b"PK\x03\x04")])
def test_paper_is_written_to_a_file(recorded, tmp_path, kind, head):
    target = tmp_path / f"report.{kind}"
    call_command("annual_report", organisation="龙潭镇", year=2025, kind=kind, output=str(target), stderr=io.StringIO())
    assert target.read_bytes().startswith(head)


def test_a_place_that_cannot_be_written_is_said_in_chinese(recorded, tmp_path):
    with pytest.raises(CommandError, match="不能写入"):
        call_command("annual_report", organisation="龙潭镇", year=2025, kind="json", output=str(tmp_path))
