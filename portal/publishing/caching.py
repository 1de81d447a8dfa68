"""How public pages speak to caches: shared, short-lived, and cheap to ask again."""

import hashlib
from datetime import datetime, time, timedelta
from functools import wraps

from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

from portal.moment import SHANGHAI, now

PAGE_SECONDS = 60
DATA_SECONDS = 300


def seconds_fresh(longest: int) -> int:
    """How long a page may be handed out: never past midnight, when validity and days left change."""
    here = now().astimezone(SHANGHAI)
    midnight = datetime.combine(here.date() + timedelta(days=1), time(), SHANGHAI)
    return max(1, min(longest, int((midnight - here).total_seconds())))


def shared_page(view):
    """A page that is the same for everyone: ``public`` for caches, with an ETag, answered 304 when unchanged.

    A view that knows the moment of the last change leaves it on the response as ``last_changed``.
    """

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code != 200 or response.streaming:
            return response
        response.public_for = seconds_fresh(PAGE_SECONDS)
        return answered(request, response, last_changed=getattr(response, "last_changed", None))

    return wrapper


def answered(request, response, *, last_changed: datetime | None = None):
    """The response with its validators, or 304 when the reader has it already."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    changed = None
    if last_changed is not None:
        changed = int(last_changed.timestamp())
        response["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag=etag, last_modified=changed, response=response)


def shared_data(response):
    """Mark open data and downloads as the same for everyone."""
    patch_cache_control(response, public=True, max_age=seconds_fresh(DATA_SECONDS))
    return response
