"""Meetings that decide no file: recorded, sealed with their record, and counted in the annual report."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.audit.models import AuditEntry
from portal.indicators.registry import Scope, indicators
from portal.meetings.minutes import MinutesIncomplete, faults_of, seal
from portal.meetings.models import Meeting
from portal.meetings.printing import ask_for_minutes
from portal.meetings.recording import MeetingRefused, add_attendance, change_meeting, put_on_agenda, record_meeting
from portal.moment import clock_set_to
from tests.portal.meetings.town import FACTS, HELD, address, deliberation, draft, meeting_of

STUDY = {
    "kind": "special_study", "title": "2026年第一次专题研究法治政府建设会议", "place": "三楼会议室", "members_due": 4,
    "summary": "听取汇报，研究年度要点。",
}  # fmt: skip
KINDS = {
    "special_study": "meetings.special_study",
    "rule_of_law_work": "meetings.rule_of_law_work",
    "mediation_rally": "meetings.mediation_rally",
}


@pytest.fixture(autouse=True)
def on_the_day():
    with clock_set_to(HELD):
        yield


def recorded(world, held_on=HELD, town="longtan", clerk="lt_clerk", **changes):
    return record_meeting(by=world[clerk], organisation=world.units[town], held_on=held_on, **(STUDY | changes))


def attended(world, meeting):
    add_attendance(meeting, by=world["lt_clerk"], name="徐文", post="副镇长", role="member", is_head=False)
    return meeting


def held(world, **changes):
    return seal(attended(world, recorded(world, **changes)), by=world["lt_clerk"])


def count(world, code, year=2026, town="longtan"):
    return indicators[code].compute(Scope.of_year(world.units[town], year))


def test_it_is_sealed_with_place_attendance_and_record_and_nothing_else(world):
    meeting = held(world)
    assert meeting.is_sealed
    assert not meeting.is_deliberative
    assert meeting.minutes_number is None
    entry = AuditEntry.objects.get(verb="meeting.sealed")
    assert (entry.organisation, entry.payload["digest"]) == (world.longtan, meeting.minutes_digest)


def test_what_is_missing_is_named(world):
    meeting = recorded(world, place=" ", summary="")
    assert faults_of(meeting) == ["没有填写地点", "没有登记出席人员", "没有填写会议记录"]
    with pytest.raises(MinutesIncomplete, match="没有填写会议记录"):
        seal(meeting, by=world["lt_clerk"])


def test_the_database_refuses_a_sealed_meeting_without_its_record(world):
    meeting = recorded(world, summary="")
    with pytest.raises(IntegrityError, match="meeting_without_agenda_has_its_record"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(sealed_at="2026-05-12T10:00:00+08:00")


def test_it_is_registered_and_completed_by_its_pages(world, as_person):
    client = as_person("lt_clerk")
    facts = FACTS | {"kind": "special_study", "title": STUDY["title"]}
    client.post(reverse("meetings:staff-new"), facts)
    meeting = Meeting.objects.get()
    page = client.get(address("staff-meeting", meeting)).content.decode()
    assert "没有填写会议记录" in page
    assert "还没有议题" not in page
    client.post(address("staff-meeting-edit", meeting), facts | {"summary": "研究年度要点。", "seen": meeting.seen})
    meeting.refresh_from_db()
    attended(world, meeting)
    assert "研究年度要点。" in client.get(address("staff-seal", meeting)).content.decode()
    assert client.post(address("staff-seal", meeting), {"declaration": "yes"}).status_code == 302
    page = client.get(address("staff-meeting", meeting)).content.decode()
    assert "研究年度要点。" in page
    assert "生成会议纪要" not in page


def test_no_file_comes_before_it(world, as_person):
    journey, meeting = draft(world), recorded(world)
    with pytest.raises(MeetingRefused, match="不能列入议题"):
        put_on_agenda(meeting, journey.document, by=world["lt_clerk"])
    page = as_person("lt_clerk").get(deliberation(journey)).content.decode()
    assert STUDY["title"] not in page
    assert "专题研究法治政府建设" not in page


def test_a_meeting_with_items_does_not_become_one_without(world):
    meeting = meeting_of(draft(world))
    with pytest.raises(MeetingRefused, match="已有议题"):
        change_meeting(meeting, by=world["lt_clerk"], held_on=HELD, **STUDY)


def test_it_has_no_minutes_to_print(world):
    with pytest.raises(MeetingRefused, match="没有议题的会议"):
        ask_for_minutes(held(world), by=world["lt_clerk"])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_its_own_figure_with_the_meetings_behind_it(world, kind):
    meeting = held(world, kind=kind)
    held(world, kind=kind, held_on=date(2025, 12, 31))
    assert {code: count(world, code).value for code in KINDS.values()} == {
        code: (1 if code == KINDS[kind] else 0) for code in KINDS.values()
    }
    (record,) = count(world, KINDS[kind]).records
    assert (record.label, record.url) == (f"2026-05-12　{STUDY['title']}", address("staff-meeting", meeting))


def test_an_open_record_and_another_town_are_not_counted(world):
    attended(world, recorded(world))
    assert count(world, "meetings.special_study").value == 0
    held(world)
    assert count(world, "meetings.special_study", town="qinghe").value == 0
