"""Who is acting: kept for the length of a request, a job or a command."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import pghistory


@dataclass(frozen=True)
class Acting:
    person: Any = None
    request_id: str = ""


_NOBODY = Acting()
_acting: ContextVar[Acting] = ContextVar("acting", default=_NOBODY)


def current() -> Acting:
    return _acting.get()


@contextmanager
def acting(person=None, request_id: str | None = None):
    """Everything recorded inside is recorded as done by this person.

    Row history (pghistory) gets the same context, so that a changed row names who changed it.
    """
    before = _acting.get()
    token = _acting.set(Acting(person, before.request_id if request_id is None else request_id))
    try:
        with pghistory.context(person=getattr(person, "pk", None), request=_acting.get().request_id):
            yield
    finally:
        _acting.reset(token)
