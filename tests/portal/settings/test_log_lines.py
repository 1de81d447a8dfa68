"""A log line is one JSON object with the request's number, and no personal data from a database error."""

import json
import logging

from django.http import HttpResponse

from portal.request_id import JsonLines, RequestIdMiddleware, current_request_id


def line(message, *values, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("portal.test", logging.WARNING, __file__, 1, message, values, info)
    return JsonLines().format(record)


def test_a_line_break_in_the_input_cannot_forge_a_second_line():
    text = line("signed in: %s", 'x\n{"level": "INFO"}')

    assert "\n" not in text
    assert json.loads(text)["message"].startswith("signed in: x\n")


def test_chinese_stays_readable():
    assert "龙潭镇" in line("龙潭镇")


def test_the_text_of_an_error_is_left_out():
    try:
        raise ValueError("Key (id_number)=(110101199003078888) already exists")
    except ValueError as error:
        text = line("failed", error=error)

    assert "110101199003078888" not in text
    assert json.loads(text)["exception"] == "ValueError"
    assert "test_log_lines.py" in json.loads(text)["at"][0]


def test_each_request_has_a_number_that_its_log_lines_carry(rf):
    seen = []

    def view(request):
        seen.append((request.request_id, current_request_id(), json.loads(line("x"))["request_id"]))
        return HttpResponse()

    answer = RequestIdMiddleware(view)(rf.get("/"))

    assert set(seen[0]) == {answer["X-Request-ID"]}
    assert current_request_id() == ""


def test_a_proxys_number_is_kept(rf):
    answer = RequestIdMiddleware(lambda request: HttpResponse())(rf.get("/", headers={"X-Request-ID": "a1b2c3d4e5"}))

    assert answer["X-Request-ID"] == "a1b2c3d4e5"


def test_a_number_that_is_none_is_replaced(rf):
    answer = RequestIdMiddleware(lambda request: HttpResponse())(rf.get("/", headers={"X-Request-ID": "<b>1</b>"}))

    assert "<" not in answer["X-Request-ID"]
