"""A draft of 龙潭镇 before the public, and people of the public who write about it."""

from datetime import date

from django.test import Client
from django.urls import reverse

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from portal.consultation.conducting import receive_comment
from portal.consultation.standing import newest
from portal.demo.walking import cast_of

OPENED = date(2026, 3, 2)
CLOSES = date(2026, 4, 8)
DURING = date(2026, 3, 10)
AFTER = date(2026, 4, 9)

OPINION = {
    "article": "第二条",
    "content": "建议把公示期改为十日。",
    "sent_from": "person",
    "name": "赵大海",
    "contact": "0000-6123456",
    "website": "",
}


def open_draft_to_public(world, town="longtan") -> Journey:
    """A draft whose consultation runs from 2 March to 8 April 2026, both included."""
    journey = Journey(cast_of(world, town), texts.market(), OPENED)
    journey.open()
    journey.consult(closes_on=CLOSES)
    return journey


def write(journey, content="建议放宽期限。", **fields):
    """An opinion that came in on 10 March."""
    with journey.on(DURING):
        return receive_comment(newest(journey.document), content=content, **fields)[0]


def public_address(name, consultation, **more):
    return reverse(f"consultation:{name}", kwargs={"public_id": consultation.public_id, **more})


def staff_address(name, journey, **more):
    return reverse(f"consultation:{name}", kwargs={"public_id": journey.document.public_id, **more})


def type_opinion(consultation, client=None, **changes):
    """Fill in the form; returns the answer of the portal."""
    client = client or Client()
    return client.post(public_address("public-comment", consultation), OPINION | changes)


def hand_in(consultation, client=None, **changes):
    """Fill in, check, hand in; returns the receipt page."""
    client = client or Client()
    check = type_opinion(consultation, client, **changes)
    return client.post(check.url, {"declaration": "yes"}, follow=True)
