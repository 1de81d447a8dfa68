"""Thousands of requests made from the description itself: no server error, and only answers that it names."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 30


@contextmanager
def one_connection():
    """The server shares the test's transaction: the end of a request doesn't close the connection (nor does Django's
    test client, which puts this handler back after each of its own requests)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.mark.full
@pytest.mark.parametrize("username", ["", "lt_clerk", "lt_head", "county_reviewer", "sysadmin"])
def test_what_is_served_is_what_is_described(asking, begun, settings, username):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {
        "DEFAULT_THROTTLE_RATES": {"visitor": "99999/s", "person": "99999/s", "change": "99999/s"}
    }
    journeys = [begun(until=act) for act in ("open", "consult", "submit")]
    files = {
        "normative-documents": [str(journey.document.public_id) for journey in journeys],
        "filings": [str(journeys[-1].filing.public_id)],
    }
    files["case-files"] = files["normative-documents"] + files["filings"]
    cookies = _cookies(asking(username)) if username else {}
    with one_connection():
        schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", get_wsgi_application())
        operations = [found.ok() for found in schema.get_all_operations()]
        assert len(operations) > 20
        for operation in operations:
            _ask_everything(operation, cookies, files.get(operation.path.split("/")[3], []))


def _cookies(client) -> dict[str, str]:
    """Of a signed-in client, with the CSRF token."""
    client.get("/api/v1/session/")
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _ask_everything(operation, cookies: dict[str, str], known: list[str]) -> None:
    """Made-up requests of one operation; every other one is about a file that exists."""
    turns = _alternating(known)
    headers = {"X-CSRFToken": cookies["csrftoken"]} if "csrftoken" in cookies else {}

    @examples(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def each(case):
        file = next(turns)
        if file and "public_id" in (case.path_parameters or {}):
            case.path_parameters["public_id"] = file
        case.call_and_validate(checks=CHECKS, cookies=cookies, headers=headers)

    each()


def _alternating(known: list[str]) -> Iterator[str]:
    while True:
        yield ""
        yield from known
