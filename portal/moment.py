"""The one clock. Every act and every sweep takes its moment from here; only the demo and tests set it.

Dates are dates of Asia/Shanghai; moments are aware datetimes.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")

_set_to: ContextVar[datetime | None] = ContextVar("portal_clock", default=None)


def now() -> datetime:
    """The moment acts are dated with."""
    fixed = _set_to.get()
    return fixed if fixed is not None else timezone.now()


def today() -> date:
    """The calendar day in Shanghai."""
    return now().astimezone(SHANGHAI).date()


@contextmanager
def clock_set_to(moment: datetime | date):
    """Run a block at another moment. For ``build_demo`` and tests."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 10, 0, tzinfo=SHANGHAI)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    token = _set_to.set(moment)
    try:
        yield moment
    finally:
        _set_to.reset(token)
