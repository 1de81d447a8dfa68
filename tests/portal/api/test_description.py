"""The OpenAPI description: valid, complete, current."""

import yaml
from django.conf import settings
from drf_spectacular.validation import validate_schema

from portal.api import problems
from portal.web.docs import openapi


def test_the_description_is_valid_openapi(client, world):
    schema = yaml.safe_load(client.get("/api/v1/schema/").content)
    validate_schema(schema)
    assert client.get("/api/v1/schema/", {"format": "json"}).json()["openapi"] == schema["openapi"]


def test_every_operation_has_a_chinese_heading_and_names_its_refusals(client, world):
    schema = yaml.safe_load(client.get("/api/v1/schema/").content)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert any("\u4e00" <= character <= "\u9fff" for character in operation["summary"]), (method, path)
            refusals = [answer for status, answer in operation["responses"].items() if status[0] in "45"]
            assert refusals
            assert all(problems.CONTENT_TYPE in answer["content"] for answer in refusals)


def test_the_kept_description_is_current():
    kept = (settings.BASE_DIR / openapi.TARGET).read_text(encoding="utf-8")
    assert openapi.generate(settings.BASE_DIR)[openapi.TARGET] == kept, "run: bin/portal manage build_docs"
