"""Pages: chapters as tasks, each number leading to its records; towns see their own, the county what was sent."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.moment import clock_set_to
from portal.reports.models import AnnualReport
from portal.reports.writing import digest_of
from tests.portal.reports.desk import Desk, record_document

FIGURE = "/staff/figures/longtan/2025/normative_docs.recorded/"


@pytest.fixture(autouse=True)
def in_2026():
    with clock_set_to(date(2026, 1, 20)):
        yield


def _case(report):
    return f"/staff/cases/{report.public_id}/"


def test_a_clerk_opens_last_years_report_and_finds_its_figures(as_person, recorded):
    client = as_person("lt_clerk")
    assert "2025年度" in client.get("/staff/reports/").content.decode()
    response = client.post("/staff/reports/new/", {"year": "2025"}, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert "登记存量行政规范性文件" in page
    assert f'href="{FIGURE}"' in page
    assert AnnualReport.objects.get().title in page


def test_asked_for_again_the_report_that_is_there_opens(as_person, desk):
    report = desk.start()
    response = as_person("lt_clerk").post("/staff/reports/new/", {"year": "2025"})
    assert response["Location"] == _case(report)


def test_people_of_the_county_open_no_report(as_person, recorded):
    assert as_person("county_supervisor").get("/staff/reports/new/").status_code == 403


def test_a_chapter_is_written_beside_its_figures(as_person, desk):
    report = desk.start()
    client = as_person("lt_clerk")
    address = f"{_case(report)}annual-report/measures_capacity/"
    page = client.get(address).content.decode()
    assert f'href="{FIGURE}"' in page
    section = report.sections.get(code="measures_capacity")
    client.post(address, {"text": "补充学法情况。", "seen": digest_of(section)})
    assert report.sections.get(code="measures_capacity").text == "补充学法情况。"
    stale = client.post(address, {"text": "旧页面上的文字。", "seen": digest_of(section)})
    assert stale.status_code == 409
    assert "由他人修改" in stale.content.decode()
    assert "旧页面上的文字。" in stale.content.decode()


def test_the_refresh_button_brings_figures_up_to_date(as_person, desk, world):
    report = desk.start()
    record_document(world, on=date(2025, 12, 20), number="龙政规〔2025〕3号")
    client = as_person("lt_clerk")
    assert "不一致" in client.get(_case(report)).content.decode()
    client.post(f"{_case(report)}annual-report/refresh/")
    assert report.snapshots()["normative_docs.recorded"].value == 3


def test_the_case_page_shows_the_state_of_the_work_on_the_papers(as_person, desk):
    report = desk.start()
    client = as_person("lt_clerk")
    client.post(f"{_case(report)}annual-report/paper/")
    assert "等待中" in client.get(_case(report)).content.decode()
    fragment = client.get(f"{_case(report)}annual-report/paper/", headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<div class="job"')
    desk.make_paper()
    assert "查看文本" in client.get(_case(report)).content.decode()


def test_steps_refused_are_told_on_the_page(as_person, desk):
    report = desk.start()
    response = as_person("lt_clerk").post(f"{_case(report)}transitions/hand_in/", {"note": "", "expects": "0"})
    assert response.status_code == 409
    assert "各部分内容齐备" in response.content.decode()


def test_the_report_is_sent_by_the_page_to_those_the_rule_names(as_person, desk):
    report = desk.walk("make_paper")
    client = as_person("lt_clerk")
    address = f"{_case(report)}transitions/submit/"
    page = client.get(address).content.decode()
    assert "中共云溪县委员会（主送）" in page
    data = {"confirmed": "on", "recipients": ["中共云溪县委员会"], "expects": report.last_record().pk}
    assert "应当报送云溪县人民政府" in client.post(address, data).content.decode()
    data["recipients"] = ["云溪县人民政府", "中共云溪县委员会"]
    data["more"] = "云溪县人民代表大会常务委员会"
    assert client.post(address, data).status_code == 302
    assert report.recipients.count() == 3


class TestFigurePage:
    def test_it_tells_how_the_number_came_about_and_lists_the_files(self, as_person, recorded):
        page = as_person("lt_clerk").get(FIGURE).content.decode()
        assert "国办发〔2018〕37号" in page
        assert recorded[0].number in page
        assert recorded[1].number in page
        assert recorded[2].number not in page

    def test_after_approval_it_shows_what_changed_since(self, as_person, desk, world):
        desk.walk("approve")
        new = record_document(world, on=date(2025, 12, 20), number="龙政规〔2025〕3号")
        client = as_person("lt_clerk")
        page = client.get(FIGURE).content.decode()
        assert "与报告不同" in page
        assert new.number in client.get(f"{FIGURE}?shown=added").content.decode()
        assert new.number not in client.get(f"{FIGURE}?shown=frozen").content.decode()

    def test_another_town_is_not_found(self, as_person, desk):
        report = desk.start()
        client = as_person("qh_clerk")
        assert client.get(FIGURE).status_code == 404
        for rest in ("", "annual-report/next_year/", "annual-report/paper/"):
            assert client.get(_case(report) + rest).status_code == 404
        assert client.post(f"{_case(report)}annual-report/refresh/").status_code == 404

    def test_the_county_sees_the_number_and_only_the_files_sent_to_it(self, as_person, recorded):
        page = as_person("county_supervisor").get(FIGURE).content.decode()
        assert "共涉及 2 件案卷，您可以查看其中 0 件" in page

    @pytest.mark.parametrize(
        "address",
        ["/staff/figures/longtan/2025/no.such/", "/staff/figures/nowhere/2025/normative_docs.recorded/",
         "/staff/figures/longtan/1900/normative_docs.recorded/"],
    )  # fmt: skip
    def test_what_does_not_exist_is_not_found(self, as_person, address, world):
        assert as_person("lt_clerk").get(address).status_code == 404

    def test_its_queries_do_not_grow_with_the_files(self, as_person, recorded, world):
        client = as_person("lt_clerk")
        client.get(FIGURE)
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(FIGURE)
        for number in range(10, 18):
            record_document(world, on=date(2025, 12, 20), number=f"龙政规〔2025〕{number}号")
        with CaptureQueriesContext(connection) as many:
            client.get(FIGURE)
        assert len(many) == len(few)


class TestCountyList:
    def test_it_shows_every_town_with_its_lamp(self, as_person, desk):
        desk.walk("make_paper")
        desk.day = date(2026, 1, 20)
        report = desk.submit()
        page = as_person("county_supervisor").get("/county/reports/").content.decode()
        assert "共 4 个乡镇（街道），已上报 1 个" in page
        assert f'href="{_case(report)}"' in page
        assert page.count("未编制") == 3

    def test_a_town_that_opened_nothing_is_late_in_march(self, as_person, world):
        client = as_person("county_supervisor")
        with clock_set_to(date(2026, 3, 2)):
            assert "逾期 2 日" in client.get("/county/reports/").content.decode()

    def test_a_report_being_written_is_not_linked(self, as_person, desk):
        report = desk.start()
        page = as_person("county_supervisor").get("/county/reports/?year=2025").content.decode()
        assert "编制中" in page
        assert str(report.public_id) not in page

    def test_its_queries_do_not_grow_with_the_reports(self, as_person, world):
        client = as_person("county_supervisor")
        client.get("/county/reports/")
        Desk(world).start()
        with CaptureQueriesContext(connection) as few:
            client.get("/county/reports/")
        for town in ("qinghe", "baishi", "dongcheng"):
            Desk(world, town).start()
        with CaptureQueriesContext(connection) as many:
            client.get("/county/reports/")
        assert len(many) <= len(few)  # no limit is left to reckon once every town has opened its report

    def test_clerks_of_towns_do_not_see_it(self, as_person, world):
        assert as_person("lt_clerk").get("/county/reports/").status_code == 403


class TestPublicPages:
    def test_nothing_is_shown_before_publication(self, client, desk):
        desk.walk("submit")
        assert client.get("/reports/2025/longtan/").status_code == 404
        assert "还没有公开的年度报告" in client.get("/reports/").content.decode()

    def test_a_published_report_is_read_and_downloaded_without_a_session(self, client, desk):
        desk.walk("publish")
        assert "/reports/2025/longtan/" in client.get("/reports/").content.decode()
        assert client.get("/reports/2025/").status_code == 200
        response = client.get("/reports/2025/longtan/")
        page = response.content.decode()
        assert "一、上一年度推进法治政府建设的主要举措和成效" in page
        assert "sessionid" not in response.cookies
        assert "public" in response["Cache-Control"]
        download = client.get(re.search(r'href="(/docs/[^"]*/files/[^"]*)"', page)[1])
        assert download["Content-Type"] == "application/pdf"
        assert b"".join(download.streaming_content).startswith(b"%PDF-")

    def test_a_year_without_reports_is_not_found(self, client, world):
        assert client.get("/reports/2019/").status_code == 404
