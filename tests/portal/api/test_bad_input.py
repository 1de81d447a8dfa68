"""Whatever is sent, the answer is a plain refusal: never a failure of the server."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.portal.api.conftest import Asker, place

STEP = "transitions/open_consultation/"
NUL, SURROGATE = b'{"summary": "a\\u0000b"}', b'{"summary": "\\ud800"}'

UNREADABLE = [
    b"", b"null", b"[]", b'"text"', b"1", b"{", b"\xff\xfe", '{"summary": "中"}'.encode("gbk"), b'{"a": NaN}',
    b'{"a": 1e400}', b'{"a": -Infinity}', NUL, SURROGATE, b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}",
    b'{"\\u0000": 1}', b'{"a": ' * 9 + b"1" + b"}" * 9,
]  # fmt: skip


@pytest.mark.parametrize("raw", UNREADABLE)
def test_a_body_that_is_no_clean_object_is_refused(asking, draft, raw):
    answer = asking("lt_clerk").send(place(draft, STEP), raw=raw)
    assert answer.status_code == 400 if raw else answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


VALUES = [
    None, [], ["a"], {}, {"a": 1}, 0, -1, 10**30, 1.5, True, "", " ", "１２３", "\u200b\ufeff", "\u202e", "𠮷㛃",
    "👩‍👩‍👧", "x" * 100_000, "e\u0301" * 5000, "{{7*7}}", "'; --", "=cmd|' /C calc'!A0", "0000-00-00", "2026-02-30",
    "9999-12-31", "二〇二六年三月", "http://x" + "y" * 3000,
]  # fmt: skip
FIELDS = ["summary", "closes_on", "contact_email", "expects", "confirmed", "note"]


@pytest.mark.usefixtures("on_the_day")
@pytest.mark.parametrize("field", FIELDS)
def test_odd_values_in_any_field_are_judged_by_the_form(asking, draft, notice, field, settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {
        "DEFAULT_THROTTLE_RATES": {"visitor": "9999/s", "person": "9999/s", "change": "9999/s"}
    }
    # Never confirmed: the draft stays where it is, however good the rest may be.
    clerk = asking("lt_clerk")
    for value in VALUES:
        body = notice | {"confirmed": False, field: value}
        answer = clerk.send(place(draft, STEP), body)
        assert answer.status_code in (200, 409, 422), (field, value, answer.content)
        if answer.status_code == 200:
            assert field == "confirmed"
            return


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ";;"])
def test_other_content_types_are_named_as_unsupported(asking, draft, content_type):
    answer = asking("lt_clerk").send(place(draft, STEP), raw=b"a=1", content_type=content_type)
    assert answer.status_code == 415


def test_form_data_without_boundary_is_refused(asking, draft):
    answer = asking("lt_clerk").send(place(draft, STEP), raw=b"a=1", content_type="multipart/form-data")
    assert answer.status_code == 400


def test_a_body_beyond_the_limit_is_refused(asking, draft, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = asking("lt_clerk").send(place(draft, STEP), {"summary": "x" * 2000})
    assert answer.status_code == 413


def test_too_many_fields_are_refused(asking, draft):
    fields = {f"f{number}": "1" for number in range(3000)}
    assert asking("lt_clerk").post(place(draft, STEP), fields).status_code == 413


@pytest.mark.parametrize("name", ["a\x00.txt", "..\\..\\x.txt", "x" * 300 + ".txt", "报\u202etxt.exe", ".txt"])
def test_odd_file_names_do_no_harm(asking, draft, name):
    upload = SimpleUploadedFile("a.txt", "内容".encode())
    upload._name = name
    answer = asking("lt_clerk").post(place(draft, "papers/"), {"slot": "other", "upload": upload})
    assert answer.status_code in (201, 400, 422)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_methods_that_do_not_exist_are_refused(asking, draft, method):
    for rest in ("", STEP, "papers/", "history/"):
        answer = getattr(asking("lt_clerk"), method)(place(draft, rest))
        assert answer.status_code == 405
        assert answer["Allow"]


@pytest.mark.parametrize(
    "address",
    ["nothing/", "normative-documents", "normative-documents/1/", "normative-documents/" + "9" * 5000 + "/",
     "time-limits/%00/", "indicators/%00/?organisation=longtan&year=2026", "organisations/%E4%B8%AD/"],
)  # fmt: skip
def test_addresses_that_do_not_exist_are_problems_not_pages(asking, draft, address):
    read, sent = asking("lt_clerk").get(f"/api/v1/{address}"), asking("lt_clerk").send(f"/api/v1/{address}")
    assert read.status_code == 404
    assert sent.status_code in (404, 405)
    for answer in (read, sent):
        assert answer["Content-Type"] == "application/problem+json"


def test_another_format_is_not_offered(asking, draft):
    answer = asking("lt_clerk").get(place(draft), headers={"Accept": "text/html"})
    assert answer.status_code == 406
    assert asking("lt_clerk").get(place(draft), {"format": "xml"}).status_code == 404


WORDS = st.text(max_size=60) | st.sampled_from(["\x00", "%", "_", "\\", "&|!()", "9" * 400, "2026-13-45", "true"])


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=WORDS, name=st.sampled_from(["q", "stage", "organisation", "published_from", "size", "cursor", "kind"]))
def test_no_query_string_breaks_a_list(asking, words, name, request):
    clerk = _one_clerk(request, asking)
    for address in ("normative-documents", "case-files", "filings", "work-items"):
        answer = clerk.get(f"/api/v1/{address}/", {name: words.encode("utf-8", "replace").decode()})
        assert answer.status_code in (200, 400, 404, 429)


def _one_clerk(request, asking) -> Asker:
    """Signing in once is enough for all examples."""
    if not hasattr(request.node, "clerk"):
        request.node.clerk = asking("lt_clerk")
    return request.node.clerk


@pytest.mark.full
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(start=WORDS, suspend=WORDS, region=WORDS, code=st.sampled_from(["foi_reply", "nd_filing", "none"]))
def test_no_question_about_a_limit_breaks_the_reckoning(world, client, start, suspend, region, code):
    query = {"start": start, "suspend": suspend, "region": region}
    query = {key: value.encode("utf-8", "replace").decode() for key, value in query.items()}
    assert client.get(f"/api/v1/time-limits/{code}/", query).status_code in (200, 400, 404, 422, 429)
