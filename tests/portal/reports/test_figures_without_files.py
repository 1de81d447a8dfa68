"""A figure of meetings opens onto the meetings; a report keeps which they were."""

from datetime import date

import pytest

from portal.meetings.minutes import seal
from portal.meetings.recording import add_attendance, record_meeting
from portal.moment import clock_set_to
from portal.reports.composing import compose_report
from portal.reports.writing import refresh

FIGURE = "/staff/figures/longtan/2025/meetings.special_study/"
CODE = "meetings.special_study"


def study(world, title, on=date(2025, 3, 4)):
    clerk = world["lt_clerk"]
    with clock_set_to(on):
        meeting = record_meeting(
            by=clerk, organisation=world.longtan, kind="special_study", title=title, held_on=on, place="会议室",
            members_due=3, summary="研究年度要点。",
        )  # fmt: skip
        add_attendance(meeting, by=clerk, name="徐文", post="副镇长", role="member", is_head=False)
        return seal(meeting, by=clerk)


@pytest.fixture
def meeting(world):
    return study(world, "第一次专题研究会议")


def test_the_page_lists_the_meetings_with_their_addresses(meeting, as_person):
    page = as_person("lt_clerk").get(FIGURE)
    assert page.status_code == 200
    text = page.content.decode()
    assert f'<a href="/staff/meetings/{meeting.public_id}/">2025-03-04　第一次专题研究会议</a>' in text
    assert "1次" in text


def test_who_sees_only_own_files_sees_the_number_without_the_meetings(meeting, as_person):
    page = as_person("lt_village01").get(FIGURE)
    assert "第一次专题研究会议" not in page.content.decode()


def test_a_page_without_meetings_says_so(world, as_person):
    assert "没有计入的记录" in as_person("lt_clerk").get(FIGURE).content.decode()


def test_the_report_states_them_and_keeps_their_labels(meeting, desk):
    report = desk.start()
    figure = next(one for one in compose_report(report).figures if one.code == CODE)
    assert (figure.value, figure.records) == (1, ("2025-03-04　第一次专题研究会议",))
    assert "专题研究法治政府建设1次。" in report.sections.get(code="first_responsible").text


def test_another_meeting_changes_the_figure(meeting, desk, world):
    report = desk.start()
    study(world, "第二次专题研究会议", date(2025, 9, 2))
    with desk.on():
        assert CODE in refresh(report, by=desk.cast.clerk)
    assert report.snapshots()[CODE].value == 2


def test_an_approved_report_still_shows_the_meetings_it_counted(meeting, desk, world, as_person):
    desk.walk("approve")
    study(world, "补登的专题研究会议", date(2025, 9, 2))
    text = as_person("lt_clerk").get(FIGURE).content.decode()
    assert "报告所计的记录" in text
    assert "与报告不同" in text
