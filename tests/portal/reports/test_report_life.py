"""A report is opened once, written, approved and frozen, sent upward in time, and published."""

from datetime import date

import pytest
from django.db import InternalError, transaction

from portal.reports.models import AnnualReport
from portal.reports.writing import ReportRefused, refresh, start_report
from portal.workflow.models import WorkItem
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet, NotAuthorised
from tests.portal.reports.desk import Desk, record_document


def _clock(report, code):
    return report.deadlines.get(code=code)


def test_the_report_is_due_on_the_last_of_february_and_public_by_the_end_of_march(desk):
    report = desk.start()
    assert _clock(report, "rol_report_up").effective_end == date(2026, 2, 28)
    assert _clock(report, "rol_publish").effective_end == date(2026, 3, 31)


def test_in_a_leap_year_it_is_due_on_the_29th(world):
    desk = Desk(world, year=2027, day=date(2028, 1, 10))
    assert _clock(desk.start(), "rol_report_up").effective_end == date(2028, 2, 29)


def test_the_work_item_shows_the_limit(desk):
    report = desk.start()
    item = WorkItem.objects.get(file=report, closed_at__isnull=True)
    assert (item.authority, item.deadline.code) == ("reports.prepare", "rol_report_up")


def test_there_is_one_report_a_year(desk):
    desk.start()
    with pytest.raises(ReportRefused, match="已经立卷"):
        desk.start()
    assert AnnualReport.objects.count() == 1


@pytest.mark.parametrize("year", [2026, 2027, 1999])
def test_only_a_year_that_has_ended_can_be_reported(desk, year):
    with desk.on(), pytest.raises(ReportRefused, match="已经结束"):
        start_report(by=desk.cast.clerk, organisation=desk.cast.town, year=year)


def test_nobody_opens_the_report_of_another_town(desk, world):
    with desk.on(), pytest.raises(NotAuthorised):
        start_report(by=world["qh_clerk"], organisation=desk.cast.town, year=2025)


def test_missing_parts_are_named_and_stop_the_report(desk):
    desk.start()
    with pytest.raises(GatesNotMet) as refusal:
        desk.hand_in()
    report = next(report for report in refusal.value.missing if report.code == "sections_filled")
    assert "存在的不足和原因" in report.explain
    assert "提升依法行政能力" not in report.explain  # its sentences came with the figures
    assert report.remedy_url.endswith("#chapters")


def test_approved_figures_stay_although_records_change(desk, world):
    desk.walk("approve")
    before = desk.document.snapshots()["normative_docs.recorded"]
    record_document(world, on=date(2025, 12, 20), number="龙政规〔2025〕3号")
    desk.document.refresh_from_db()
    after = desk.document.snapshots()["normative_docs.recorded"]
    assert (before.pk, after.value, len(after.counted)) == (after.pk, 2, 2)
    with desk.on(), pytest.raises(ReportRefused):
        refresh(desk.document, by=desk.cast.clerk)


def test_the_database_refuses_to_change_an_approved_report(desk):
    desk.walk("approve")
    for change in (
        lambda: desk.document.sections.update(text="改写"),
        lambda: desk.document.figures.all().delete(),
        lambda: desk.document.sections.create(code="extra", position=99, title="附加"),
    ):
        with pytest.raises(InternalError, match="approved annual report"), transaction.atomic():
            change()


def test_a_changed_record_stops_the_approval_until_the_figures_are_brought_up_to_date(desk, world):
    desk.walk("hand_in")
    record_document(world, on=date(2025, 12, 20), number="龙政规〔2025〕3号")
    with pytest.raises(GatesNotMet, match="数据与记录一致"):
        desk.approve()
    desk.step("send_back", desk.cast.head, note="数据有变化，请更新。")
    with desk.on():
        assert "normative_docs.recorded" in refresh(desk.document, by=desk.cast.clerk)
    desk.hand_in()
    assert desk.approve().is_frozen


def test_the_head_may_reopen_what_was_not_yet_sent(desk):
    desk.walk("make_paper")
    report = desk.step("reopen", desk.cast.head, note="第二部分需要补充。")
    assert (report.frozen_at, report.final_pdf) == (None, None)
    desk.write("next_year", "年内组织四次集中学法，开展一次文件清理。")


def test_the_clerk_cannot_approve(desk):
    desk.walk("hand_in")
    with desk.on(), pytest.raises(NotAuthorised):
        perform(desk.document, "approve", by=desk.cast.clerk)


def test_it_is_not_sent_before_its_paper_is_made(desk):
    desk.walk("approve")
    with pytest.raises(GatesNotMet, match="报告文本已生成"):
        desk.submit()


def test_sending_it_stops_the_limit_and_shows_it_to_the_county(desk, world):
    desk.walk("make_paper")
    assert not AnnualReport.objects.visible_to(world["county_supervisor"]).exists()
    desk.day = date(2026, 2, 27)
    report = desk.submit()
    assert AnnualReport.objects.visible_to(world["county_supervisor"]).get() == report
    clock = _clock(report, "rol_report_up")
    assert (clock.state, clock.met_on, clock.finished_late_by) == ("met", date(2026, 2, 27), 0)
    assert list(report.recipients.values_list("name", "sent_on")) == [
        ("云溪县人民政府", date(2026, 2, 27)), ("中共云溪县委员会", date(2026, 2, 27)),
    ]  # fmt: skip


def test_sent_on_the_first_of_march_it_is_a_day_late(desk):
    desk.walk("make_paper")
    desk.day = date(2026, 3, 1)
    assert _clock(desk.submit(), "rol_report_up").finished_late_by == 1


def test_it_is_published_only_after_the_review_of_its_public_text(desk):
    desk.walk("submit")
    with pytest.raises(GatesNotMet, match="保密和个人信息审查"):
        desk.publish()
    desk.review_public_text()
    report = desk.publish()
    assert report.is_closed
    assert _clock(report, "rol_publish").state == "met"
    publication = report.publications.get()
    assert publication.column == "法治政府建设年度报告"
    assert "登记存量行政规范性文件2件" in publication.text
