"""One number per request: it ties a page, its log lines and its audit entries together.

An error page shows the number and nothing else; the operator finds the rest in the log.
"""

import json
import logging
import re
import traceback
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime

_request_id: ContextVar[str] = ContextVar("portal_request_id", default="")

# A proxy may hand its own number on; anything else in that header would be a way to forge log lines.
ACCEPTABLE = re.compile(r"[A-Za-z0-9-]{8,64}")


def current_request_id() -> str:
    """Return the number of the request being answered, or "" outside of one (jobs, commands)."""
    return _request_id.get()


class RequestIdMiddleware:
    """Gives each request its number, `request.request_id`, and answers it in the header X-Request-ID."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        offered = request.headers.get("X-Request-ID", "")
        request.request_id = offered if ACCEPTABLE.fullmatch(offered) else uuid.uuid4().hex
        token = _request_id.set(request.request_id)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response["X-Request-ID"] = request.request_id
        return response


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON.

    Line breaks inside a message are escaped by JSON itself, so no input can forge a second line. Of an exception
    the type and the places are kept, not its text: texts of database errors repeat the row, which may be a person's.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := current_request_id():
            line["request_id"] = request_id
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["at"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False)
