"""Thousands of requests made from the description itself: no server error, and only answers that it names."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase
from hypothesis import settings as examples
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.mark.full
@pytest.mark.parametrize("username", ["", "lt_clerk", "lt_head", "county_reviewer", "sysadmin"])
def test_what_is_served_is_what_is_described(asking, begun, settings, username):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {
        "DEFAULT_THROTTLE_RATES": {"visitor": "99999/s", "person": "99999/s", "change": "99999/s"}
    }
    documents = [begun(until=act).document for act in ("open", "consult", "submit")]
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", get_wsgi_application())
    cookies = {}
    if username:
        client = asking(username)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        token = client.get("/api/v1/session/")
        cookies |= {name: morsel.value for name, morsel in token.cookies.items()}
    for found in schema.get_all_operations():
        _fuzz(found.ok(), cookies, [str(document.public_id) for document in documents])


def _fuzz(operation, cookies, known):
    @examples(
        max_examples=30, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @operation.as_strategy_test if hasattr(operation, "as_strategy_test") else _given(operation)
    def each(case):
        if "public_id" in (case.path_parameters or {}):
            case.path_parameters["public_id"] = known[hash(str(case.query)) % len(known)]
        headers = {"X-CSRFToken": cookies["csrftoken"]} if "csrftoken" in cookies else {}
        case.call_and_validate(checks=list(CHECKS), cookies=cookies, headers=headers)

    each()


def _given(operation):
    from hypothesis import given

    return given(case=operation.as_strategy())
