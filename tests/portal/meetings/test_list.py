"""The list shows the meetings of one's own body, filtered, page by page, at a steady cost."""

import pytest
from django.urls import reverse

from portal.meetings.models import Meeting
from tests.portal.meetings.town import FACTS, HELD, complete, draft, meeting_of

LIST = "meetings:staff-list"


@pytest.fixture
def journey(world):
    return draft(world)


def titles(page):
    return [row.name for row in page.context["table"].rows]


def test_meetings_are_filtered_by_name_kind_state_and_day(journey, as_person):
    meeting = meeting_of(journey)
    Meeting.objects.create(
        organisation=journey.cast.town, kind="joint", title="党政联席会议", held_on=HELD.replace(month=1), place="一楼",
        members_due=9, recorded_by=journey.cast.clerk,
    )  # fmt: skip
    client, address = as_person("lt_clerk"), reverse(LIST)
    assert titles(client.get(address)) == [meeting.title, "党政联席会议"]
    assert titles(client.get(address, {"words": "联席"})) == ["党政联席会议"]
    assert titles(client.get(address, {"kind": "town_heads"})) == [meeting.title]
    assert titles(client.get(address, {"since": "2026-05-01"})) == [meeting.title]
    assert titles(client.get(address, {"until": "2026-04-30"})) == ["党政联席会议"]
    complete(journey, meeting)
    assert titles(client.get(address, {"state": "sealed"})) == []


def test_another_town_sees_none_of_them(journey, as_person):
    meeting_of(journey)
    assert titles(as_person("qh_clerk").get(reverse(LIST))) == []


def test_the_county_has_no_such_page(journey, as_person):
    assert as_person("county_reviewer").get(reverse(LIST)).status_code == 403


def test_a_meeting_can_be_registered_before_any_file_comes(journey, as_person):
    with journey.on():
        as_person("lt_clerk").post(reverse("meetings:staff-new"), FACTS)
    assert Meeting.objects.get().organisation == journey.cast.town


def test_the_list_costs_the_same_for_one_and_for_many(journey, as_person, django_assert_max_num_queries):
    for number in range(20):
        Meeting.objects.create(
            organisation=journey.cast.town, kind="joint", title=f"第{number}次", held_on=HELD, place="一楼",
            members_due=9, recorded_by=journey.cast.clerk,
        )  # fmt: skip
    client = as_person("lt_clerk")
    with django_assert_max_num_queries(16):
        client.get(reverse(LIST))
