"""Minutes are sealed only when they are whole; after that no page and no service changes them."""

import pytest

from portal.meetings.minutes import digest_of, seal
from portal.meetings.recording import MeetingRefused, add_attendance, add_statement, change_meeting, record_decision
from tests.ground import made_once
from tests.portal.meetings.town import FACTS, address, complete, deliberation, draft, meeting_of


@made_once
def journey(world):
    return draft(world)


@pytest.fixture
def meeting(journey):
    return meeting_of(journey)


@pytest.fixture
def sealed(journey, meeting):
    complete(journey, meeting)
    with journey.on():
        return seal(meeting, by=journey.cast.clerk)


def test_unfinished_minutes_are_not_sealed_and_the_page_lists_every_gap(journey, meeting, as_person):
    with journey.on():
        page = as_person("lt_clerk").post(address("staff-seal", meeting), {"declaration": "yes"})
    meeting.refresh_from_db()
    assert page.status_code == 409
    assert "没有标明出席的主要负责人" in page.content.decode()
    assert not meeting.is_sealed


def test_sealing_asks_for_the_declaration_first(journey, meeting, as_person):
    complete(journey, meeting)
    client = as_person("lt_clerk")
    with journey.on():
        assert client.post(address("staff-seal", meeting), {}).status_code == 422
        assert client.post(address("staff-seal", meeting), {"declaration": "yes"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes_digest == digest_of(meeting)
    assert meeting.minutes_number == 1
    assert journey.document.audit_entries.filter(verb="meeting.sealed").count() == 1


def test_sealed_twice_keeps_its_number(journey, sealed):
    with journey.on():
        assert seal(sealed, by=journey.cast.clerk).minutes_number == sealed.minutes_number


def test_a_sealed_meeting_shows_a_page_instead_of_its_forms(journey, sealed, as_person):
    client, item = as_person("lt_clerk"), sealed.items.get()
    pages = [
        address("staff-meeting-edit", sealed), address("staff-new-attendance", sealed), address("staff-seal", sealed),
        address("staff-decision", sealed, item_id=item.public_id),
        address("staff-new-statement", sealed, item_id=item.public_id),
    ]  # fmt: skip
    with journey.on():
        for page in pages:
            shown = client.get(page)
            assert shown.status_code == 409
            assert "会议纪要已经封存" in shown.content.decode()
        assert client.post(pages[0], FACTS).status_code == 409


def test_no_service_writes_to_a_sealed_meeting(journey, sealed):
    clerk, item = journey.cast.clerk, sealed.items.get()
    member = sealed.attendances.first()
    facts = {"kind": "other", "title": "改", "held_on": sealed.held_on, "place": "改", "members_due": 1}
    person = {"name": "后来", "post": "委员", "role": "member", "is_head": False, "is_legal_office": False}
    acts = (
        lambda: change_meeting(sealed, by=clerk, **facts),
        lambda: add_attendance(sealed, by=clerk, **person),
        lambda: add_statement(item, by=clerk, attendance=member, stance="for", words=""),
        lambda: record_decision(item, by=clerk, result="rejected", decision="改"),
    )  # fmt: skip
    for act in acts:
        with pytest.raises(MeetingRefused, match="已经封存"):
            act()


def test_the_page_of_the_file_shows_what_was_said_and_decided(journey, sealed, as_person):
    with journey.on():
        text = as_person("lt_head").get(deliberation(journey)).content.decode()
    assert "会议同意印发。" in text
    assert "已封存，第 1 期" in text
    assert "登记一次会议" not in text
