"""A draft of 龙潭镇 that has come before its meeting."""

from datetime import date

from django.urls import reverse

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from portal.demo.walking import cast_of
from portal.meetings.recording import add_attendance, add_statement, put_on_agenda, record_decision, record_meeting

HELD = date(2026, 5, 12)
FACTS = {
    "kind": "town_heads", "title": "2026年第5次镇长办公会议", "held_on": "2026-05-12", "place": "二楼会议室",
    "members_due": "5", "seen": "",
}  # fmt: skip


def draft(world, town="longtan") -> Journey:
    """An open file; meetings ask nothing of where it stands."""
    journey = Journey(cast_of(world, town), texts.market(), date(2026, 3, 2))
    journey.open()
    journey.day = HELD
    return journey


def meeting_of(journey, **changes):
    """A meeting of the town with the journey's file on its agenda."""
    facts = {
        "kind": "town_heads",
        "title": "2026年第5次镇长办公会议",
        "held_on": HELD,
        "place": "二楼会议室",
        "members_due": 5,
    }
    with journey.on():
        meeting = record_meeting(by=journey.cast.clerk, organisation=journey.cast.town, **(facts | changes))
        put_on_agenda(meeting, journey.document, by=journey.cast.clerk)
    return meeting


def complete(journey, meeting):
    """Three members and the head speak in lawful order, and it is decided."""
    clerk = journey.cast.clerk
    with journey.on():
        people = [
            ("徐文", "副镇长", False),
            ("马超", "副镇长", False),
            ("罗敏", "党委委员", False),
            ("杨振华", "镇长", True),
        ]
        members = [
            add_attendance(meeting, by=clerk, name=name, post=post, role="member", is_head=head, is_legal_office=False)
            for name, post, head in people
        ]
        for item in meeting.items.all():
            for member in members:
                add_statement(item, by=clerk, attendance=member, stance="for", words="同意。")
            record_decision(item, by=clerk, result="passed", decision="会议同意印发。")
    return members


def address(name, meeting, **more):
    return reverse(f"meetings:{name}", kwargs={"meeting_id": meeting.public_id, **more})


def deliberation(journey):
    return reverse("meetings:staff-deliberation", kwargs={"public_id": journey.document.public_id})
