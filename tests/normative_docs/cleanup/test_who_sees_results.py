"""The result before the public, the county's look at its towns, registers, figures and interface."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from normative_docs.cleanup import time_limits
from portal.deadlines.models import Deadline
from portal.deadlines.sweep import sweep
from portal.indicators.registry import Scope, indicators
from portal.moment import clock_set_to
from portal.notifications.models import Notification
from portal.publishing.pages import document_url
from tests.ground import made_once
from tests.normative_docs.cleanup import lists


@made_once
def done(world):
    return lists.published(world)


def result_address(done) -> str:
    publication = done.document.publications.get()
    return f"/cleanup/{publication.year}/{publication.serial}/"


def test_the_public_reads_the_notice_and_the_four_lists_with_the_way_to_each_document(done, client):
    with done.on():
        answer = client.get(result_address(done))
        shown = answer.content.decode()
    for title in ("保留", "修改", "废止", "宣布失效"):
        assert f"{title}的行政规范性文件" in shown
    for item in done.document.items.select_related("document"):
        assert f'href="{document_url(item.document.publications.get())}"' in shown
    assert done.document.notice_number in shown
    assert "public" in answer["Cache-Control"]
    assert "sessionid" not in answer.cookies
    assert answer.context["papers"]
    assert client.get(result_address(done), HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304


def test_a_withheld_document_is_not_named_to_the_public(world, client):
    hidden = lists.recorded(world, 5)
    type(hidden).objects.filter(pk=hidden.pk).update(disclosure="withheld", disclosure_reason="内部")
    done = lists.published(world)
    assert done.document.totals().in_scope == 5
    with done.on():
        assert "第5项" not in client.get(result_address(done)).content.decode()
        assert "第5项" not in client.get("/cleanup/index.json").content.decode()


def test_open_data_has_one_record_for_each_document_with_its_conclusion(done, client):
    with done.on():
        content = json.loads(client.get("/cleanup/index.json").content)
        csv = client.get("/cleanup/index.csv").content.decode()
    assert {row["verdict"] for row in content["records"]} == {"保留", "修改", "废止", "宣布失效"}
    assert {field["code"] for field in content["fields"]} == set(content["records"][0])
    assert all(row["url"].startswith("http") for row in content["records"])
    assert csv.startswith("\ufeff公告文号")
    assert len(csv.strip().splitlines()) == 5


def test_the_archive_lists_results_with_their_numbers(done, client):
    with done.on():
        shown = client.get("/cleanup/").content.decode()
    assert done.document.notice_title in shown
    assert client.get("/cleanup/2026/999/").status_code == 404


def test_before_publication_the_public_sees_nothing(world, client):
    signed = lists.signed(world)
    with signed.on():
        assert signed.document.title not in client.get("/cleanup/").content.decode()
        assert json.loads(client.get("/cleanup/index.json").content)["records"] == []


def test_the_county_sees_who_is_overdue_and_how_far_the_others_are(done, as_person):
    due = Deadline.objects.get(file_id=done.document.pk, code=time_limits.CYCLE).effective_end
    county = as_person("county_supervisor")
    with done.on():
        shown = county.get("/county/cleanup/").content.decode()
    assert "3 个乡镇（街道）应当清理而没有清理" in shown
    assert f"{due:%Y-%m-%d}" in shown
    assert result_address(done) in shown
    with clock_set_to(due + timedelta(days=1)):
        late = county.get("/county/cleanup/").content.decode()
    assert "4 个乡镇（街道）应当清理而没有清理" in late
    assert "逾期" in late
    assert as_person("lt_clerk").get("/county/cleanup/").status_code == 403


def test_the_town_sees_its_lamp_and_is_reminded_and_the_county_too_when_it_is_late(world, done, as_person):
    due = Deadline.objects.get(file_id=done.document.pk, code=time_limits.CYCLE).effective_end
    with done.on():
        assert f"{due:%Y-%m-%d}" in as_person("lt_clerk").get("/staff/cleanup/").content.decode()
    with clock_set_to(due + timedelta(days=2)):
        sweep(due + timedelta(days=2))
        assert "逾期" in as_person("lt_clerk").get("/staff/cleanup/").content.decode()
    told = Notification.objects.filter(subject__contains="定期清理").values_list("reader__username", flat=True)
    assert {"lt_clerk", "lt_head", "county_supervisor"} <= set(told)


def test_the_county_page_asks_as_often_for_many_clean_ups_as_for_few(world, done, as_person):
    county = as_person("county_supervisor")

    def asked():
        county.get("/county/cleanup/")
        with CaptureQueriesContext(connection) as captured:
            county.get("/county/cleanup/")
        return len(captured)

    few = asked()
    for number in range(3):
        lists.special(world, trigger=f"第{number}项改革")
    assert asked() == few <= 16


def test_registers_list_and_export_what_is_filtered(done, as_person):
    clerk = as_person("lt_clerk")
    with done.on():
        assert done.document.title in clerk.get("/staff/registers/cleanups/").content.decode()
        page = clerk.get("/staff/registers/cleanup_documents/", {"verdict": "repeal"}).content.decode()
        assert page.count("公共设施管护办法</a>") == 1
        exported = clerk.get(
            "/staff/registers/cleanup_documents/export/", {"campaign": done.document.number, "verdict": "repeal"}
        )
    rows = list(load_workbook(BytesIO(exported.content)).worksheets[0].values)
    assert sum("第3项公共设施管护办法" in str(row) for row in rows) == 1
    assert not any("第1项公共设施管护办法" in str(row) for row in rows)
    other = as_person("qh_clerk").get("/staff/registers/cleanup_documents/").content.decode()
    assert "公共设施管护办法" not in other


def test_figures_count_documents_and_name_them(world, done):
    scope = Scope.of_year(world.longtan, 2026)
    with done.on():
        figures = {code: indicators[f"normative_docs.cleanup_{code}"].compute(scope) for code in
                   ("rate", "retain", "amend", "repeal", "lapse")}  # fmt: skip
    assert figures["rate"].value == 100
    assert figures["rate"].of == 4
    assert [int(figures[code].value) for code in ("retain", "amend", "repeal", "lapse")] == [1, 1, 1, 1]
    assert figures["repeal"].files.get().title == "龙潭镇第3项公共设施管护办法"
    assert indicators["normative_docs.cleanup_rate"].compute(Scope.of_year(world.qinghe, 2026)).value is None


def test_a_clean_up_that_is_not_finished_by_its_day_keeps_the_rate_down(world):
    round_ = lists.concluded(world)
    figure = indicators["normative_docs.cleanup_rate"].compute(Scope.of_year(world.longtan, 2026))
    assert (figure.value, figure.short.count()) == (0, round_.document.totals().in_scope)


def test_the_interface_gives_the_numbers_with_the_file(done, as_person):
    with done.on():
        listed = as_person("lt_clerk").get("/api/v1/normative-document-cleanups/").json()
    record = listed["results"][0]
    parts = [record[name] for name in ("retained", "amended", "repealed", "lapsed", "without_verdict")]
    assert sum(parts) == record["in_scope"] == 4


@pytest.mark.parametrize(
    "make",
    [
        *(pytest.param(make, marks=pytest.mark.full) for make in (lists.opened, lists.working, lists.adopted)),
        lists.under_review,
        lists.published,
    ],
)
def test_pages_of_a_clean_up_open_in_every_stage(world, as_person, make):
    round_ = make(world)
    place = f"/staff/cases/{round_.document.public_id}"
    with round_.on():
        for username in ("lt_clerk", "lt_legal", "lt_head"):
            for page in ("/", "/cleanup/", "/cleanup/scope/", "/cleanup/1/"):
                assert as_person(username).get(f"{place}{page}").status_code == 200, page


def test_the_notice_is_set_anew_on_request(world, as_person):
    signed = lists.adopted(world)
    signed.sign_notice()
    page = f"/staff/cases/{signed.document.public_id}/cleanup/notice/"
    clerk = as_person("lt_clerk")
    with signed.on():
        assert "等待中" in clerk.get(page).content.decode()
    signed.make_notice()
    with signed.on():
        assert "已完成" in clerk.get(page).content.decode()
        assert clerk.post(page).status_code == 302
        assert "等待中" in clerk.get(page).content.decode()
