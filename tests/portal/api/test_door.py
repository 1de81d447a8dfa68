"""Who gets in, with which token, how often; and what strangers are told."""

import pytest
from django.conf import settings as django_settings

from tests.portal.api.conftest import place

INSIDE = [
    "/api/v1/case-files/", "/api/v1/normative-documents/", "/api/v1/filings/", "/api/v1/work-items/",
    "/api/v1/indicators/", "/api/v1/session/",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_a_stranger_is_asked_to_sign_in(client, db, address):
    answer = client.get(address)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Session"
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("#not-signed-in")


def test_a_change_without_the_token_is_refused(asking, draft):
    clerk = asking("lt_head", enforce_csrf_checks=True)
    step = place(draft, "transitions/terminate/")
    assert clerk.send(step, {"note": "不再制定。"}).status_code == 403
    token = clerk.get("/api/v1/session/").json()["csrf_token"]
    assert clerk.send(step, {"note": "不再制定。"}, headers={"X-CSRFToken": token}).status_code == 200


def test_the_session_says_who_i_am(asking):
    me = asking("lt_clerk").get("/api/v1/session/").json()
    assert (me["username"], me["full_name"], me["roles"]) == ("lt_clerk", "王建国", ["经办人"])


def test_answers_behind_the_sign_in_are_kept_by_no_cache(asking, draft):
    assert "no-store" in asking("lt_clerk").get(place(draft))["Cache-Control"]


def rates(**changes):
    framework = django_settings.REST_FRAMEWORK
    return framework | {"DEFAULT_THROTTLE_RATES": framework["DEFAULT_THROTTLE_RATES"] | changes}


def test_a_stranger_who_asks_too_often_must_wait(client, world, settings):
    settings.REST_FRAMEWORK = rates(visitor="2/min")
    answers = [client.get("/api/v1/organisations/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert answers[-1]["Content-Type"] == "application/problem+json"


def test_a_programme_gone_wild_is_stopped_at_its_changes_while_reading_goes_on(asking, draft, settings):
    settings.REST_FRAMEWORK = rates(change="1/min")
    clerk = asking("lt_clerk")
    step = place(draft, "transitions/terminate/")
    assert [clerk.send(step, {"note": "x"}).status_code for _ in range(2)] == [403, 429]
    assert clerk.get(place(draft)).status_code == 200


def test_one_persons_requests_do_not_use_up_anothers(asking, draft, settings):
    settings.REST_FRAMEWORK = rates(person="1/min")
    clerk = asking("lt_clerk")
    assert [clerk.get(place(draft)).status_code for _ in range(2)] == [200, 429]
    assert asking("lt_head").get(place(draft)).status_code == 200
