"""A meeting is written down entry by entry, in speaking order, by people of its own town."""

import pytest

from portal.meetings.models import Meeting, Statement
from portal.meetings.recording import (
    MeetingRefused,
    add_attendance,
    add_statement,
    change_attendance,
    change_statement,
    put_on_agenda,
    remove_attendance,
    remove_statement,
    take_off_agenda,
)
from tests.portal.meetings.town import FACTS, address, complete, deliberation, draft, meeting_of


@pytest.fixture
def journey(world):
    return draft(world)


@pytest.fixture
def meeting(journey):
    return meeting_of(journey)


def member(meeting, clerk, name="徐文", **changes):
    fields = {"name": name, "post": "副镇长", "role": "member", "is_head": False, "is_legal_office": False} | changes
    return add_attendance(meeting, by=clerk, **fields)


def speakers(item):
    return [statement.attendance.name for statement in item.statements.order_by("order").select_related("attendance")]


def test_a_meeting_is_registered_from_the_page_of_the_file(journey, as_person):
    with journey.on():
        answer = as_person("lt_clerk").post(deliberation(journey), FACTS | {"act": "hold"})
    meeting = Meeting.objects.get()
    assert answer.url.endswith(f"/staff/meetings/{meeting.public_id}/")
    assert meeting.organisation == journey.cast.town
    assert meeting.items.get().file_id == journey.document.pk


def test_a_meeting_in_the_future_is_refused_and_what_was_typed_stays(journey, as_person):
    with journey.on():
        page = as_person("lt_clerk").post(deliberation(journey), FACTS | {"act": "hold", "held_on": "2026-06-01"})
    assert page.status_code == 422
    assert "召开日期不能晚于今天" in page.content.decode()
    assert 'value="2026年第5次镇长办公会议"' in page.content.decode()


def test_another_file_joins_an_open_meeting(world, meeting, as_person):
    other = draft(world)
    with other.on():
        page = as_person("lt_clerk").get(deliberation(other)).content.decode()
        as_person("lt_clerk").post(deliberation(other), {"act": "join", "meeting": str(meeting.public_id)})
    assert "列入已登记的会议" in page
    assert meeting.items.count() == 2


def test_a_file_waits_at_one_open_meeting_at_a_time(journey, meeting):
    with pytest.raises(MeetingRefused, match="另一次尚未封存"):
        meeting_of(journey, title="另一次会议")


def test_the_page_asks_for_what_is_missing_and_takes_the_entries(journey, meeting, as_person):
    client = as_person("lt_clerk")
    item = meeting.items.get()
    with journey.on():
        page = client.get(address("staff-meeting", meeting)).content.decode()
        assert "没有标明出席的主要负责人" in page
        person = {"person": "lt_head", "name": "", "post": "", "role": "member", "is_head": "on"}
        client.post(address("staff-new-attendance", meeting), person)
        head = meeting.attendances.get()
        assert (head.name, head.post, head.is_head) == ("杨振华", "龙潭镇镇长", True)
        statement = {"attendance": str(head.public_id), "stance": "for", "words": "同意。", "order": ""}
        client.post(address("staff-new-statement", meeting, item_id=item.public_id), statement)
        decision = {"result": "passed", "decision": "同意印发。", "departure_reason": "", "seen": item.seen}
        client.post(address("staff-decision", meeting, item_id=item.public_id), decision)
        page = client.get(address("staff-meeting", meeting)).content.decode()
    item.refresh_from_db()
    assert item.result == "passed"
    assert "没有讨论结果" not in page
    assert "不足应出席 5 人的过半数" in page


def test_dissent_needs_its_words(journey, meeting, as_person):
    clerk, item = journey.cast.clerk, meeting.items.get()
    speaker = member(meeting, clerk)
    typed = {"attendance": str(speaker.public_id), "stance": "against", "words": "", "order": ""}
    with journey.on():
        page = as_person("lt_clerk").post(address("staff-new-statement", meeting, item_id=item.public_id), typed)
    assert page.status_code == 422
    assert "应当记录其意见和理由" in page.content.decode()
    with pytest.raises(MeetingRefused, match="应当记录"):
        add_statement(item, by=clerk, attendance=speaker, stance="reserved", words=" ")


def test_speakers_can_be_put_in_their_right_order(journey, meeting):
    clerk, item = journey.cast.clerk, meeting.items.get()
    people = [member(meeting, clerk, name) for name in ("甲", "乙", "丙")]
    for person in people[:2]:
        add_statement(item, by=clerk, attendance=person, stance="for", words="")
    add_statement(item, by=clerk, attendance=people[2], stance="for", words="", order=1)
    assert speakers(item) == ["丙", "甲", "乙"]
    last = item.statements.get(attendance=people[2])
    change_statement(last, by=clerk, stance="for", words="", order=3)
    assert speakers(item) == ["甲", "乙", "丙"]
    remove_statement(item.statements.get(attendance=people[0]), by=clerk)
    assert list(item.statements.values_list("order", flat=True)) == [1, 2]


def test_one_person_one_head_and_nobody_who_was_excused_speaks(journey, meeting):
    clerk, item = journey.cast.clerk, meeting.items.get()
    member(meeting, clerk, "杨振华", is_head=True)
    with pytest.raises(MeetingRefused, match="已在参会人员中"):
        member(meeting, clerk, "杨振华")
    with pytest.raises(MeetingRefused, match="只有一名主要负责人"):
        member(meeting, clerk, "徐文", is_head=True)
    absent = member(meeting, clerk, "马超", role="excused")
    with pytest.raises(MeetingRefused, match="请假"):
        add_statement(item, by=clerk, attendance=absent, stance="for", words="")


def test_who_has_spoken_stays_on_the_list_and_the_item_on_the_agenda(journey, meeting):
    members = complete(journey, meeting)
    with pytest.raises(MeetingRefused, match="已有发言记录"):
        remove_attendance(members[0], by=journey.cast.clerk)
    with pytest.raises(MeetingRefused, match="不能撤出"):
        take_off_agenda(meeting.items.get(), by=journey.cast.clerk)


def test_the_second_of_two_clerks_is_told(journey, meeting):
    clerk = journey.cast.clerk
    person = member(meeting, clerk)
    seen = person.seen
    fields = {"name": "徐文", "role": "member", "is_head": False, "is_legal_office": False}
    change_attendance(person, by=clerk, seen=seen, post="常务副镇长", **fields)
    with pytest.raises(MeetingRefused, match="刚刚已由他人修改"):
        change_attendance(person, by=clerk, seen=seen, post="党委委员", **fields)


def test_a_file_of_another_town_does_not_come_before_this_meeting(world, journey, meeting):
    other = draft(world, "qinghe")
    with pytest.raises(MeetingRefused, match="只能列入本机关"):
        put_on_agenda(meeting, other.document, by=journey.cast.clerk)


@pytest.mark.parametrize("name", ["staff-meeting", "staff-meeting-edit", "staff-seal", "staff-new-attendance"])
def test_for_another_town_the_meeting_does_not_exist(meeting, as_person, name):
    assert as_person("qh_clerk").get(address(name, meeting)).status_code == 404


def test_who_records_no_meetings_reads_and_changes_nothing(journey, meeting, as_person):
    client = as_person("lt_head")
    with journey.on():
        assert client.get(address("staff-meeting", meeting)).status_code == 200
        assert client.get(address("staff-new-attendance", meeting)).status_code == 403
        assert client.post(address("staff-seal", meeting), {"declaration": "yes"}).status_code == 403


def test_every_entry_stands_in_the_history(journey, meeting):
    complete(journey, meeting)
    verbs = set(journey.document.audit_entries.values_list("verb", flat=True))
    assert {"meeting.on_agenda", "meeting.statement", "meeting.decision"} <= verbs
    assert Statement.objects.count() == 4
