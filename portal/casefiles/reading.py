"""While a page only reads a file, what several of its parts ask is asked of the database once.

Gates, parts and facts of a page each ask for the newest consultation, the papers on file and so on, none knowing of the
others. Within ``reading()`` they share the answers. Nothing may be written meanwhile: an answer would be out of date.
"""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

_answers: ContextVar[dict | None] = ContextVar("answers", default=None)


@contextmanager
def reading():
    """Share the answers of functions marked ``asked_once`` inside."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asked_once(function: Callable) -> Callable:
    """Mark a function of one row (and nothing else) whose answer the parts of a page may share."""

    @wraps(function)
    def ask(row):
        known = _answers.get()
        if known is None:
            return function(row)
        key = (function, row.pk)
        if key not in known:
            known[key] = function(row)
        return known[key]

    return ask
