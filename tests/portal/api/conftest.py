import json
from datetime import date

import pytest
from django.test import Client

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from portal.demo.county import build_county
from portal.demo.walking import cast_of
from portal.moment import clock_set_to

START = date(2026, 3, 2)


@pytest.fixture
def world(db):
    return build_county("Yunxi-2026-demo")


@pytest.fixture
def asking(world):
    """`asking("lt_clerk")`: a signed-in client that speaks JSON."""

    def signed_in(username: str, **options) -> "Asker":
        client = Asker(**options)
        client.force_login(world[username], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


class Asker(Client):
    """The test client with bodies and answers as JSON."""

    def send(self, path, body=None, raw: bytes | None = None, content_type="application/json", **extra):
        data = raw if raw is not None else json.dumps(body if body is not None else {}).encode()
        return self.post(path, data=data, content_type=content_type, **extra)


@pytest.fixture
def begun(world):
    """`begun("longtan")`: a journey with its file open, still being drafted."""

    def begin(town: str = "longtan", until: str = "open") -> Journey:
        journey = Journey(cast_of(world, town), texts.market(), START)
        journey.walk(until)
        return journey

    return begin


@pytest.fixture
def draft(begun):
    """A draft of 龙潭镇."""
    return begun().document


@pytest.fixture
def on_the_day():
    """The clock stands where the journeys begin."""
    with clock_set_to(START) as moment:
        yield moment


@pytest.fixture
def notice():
    """What the form of opening a consultation asks, filled in lawfully for the first day."""
    return {
        "summary": "为规范集镇秩序，公开征求意见。",
        "closes_on": "2026-04-30",
        "contact_unit": "龙潭镇党政综合办公室",
        "contact_phone": "0000-6128001",
        "confirmed": True,
    }


def place(file, rest: str = "", prefix: str = "normative-documents") -> str:
    return f"/api/v1/{prefix}/{file.public_id}/{rest}"
