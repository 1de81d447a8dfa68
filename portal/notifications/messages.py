"""Telling people. The rows are part of the act's transaction: no act, no message; no message lost."""

from collections.abc import Iterable

from portal.moment import now
from portal.notifications.models import Notification


def notify(people: Iterable, subject: str, body: str, *, link: str = "", key: str = "", file=None) -> int:
    """Leave a message for each person; how many were new.

    ``key`` names the occasion: whoever was told of it already is not told again. ``file`` gives the
    link where none is named.
    """
    if not link and file is not None:
        link = f"/staff/cases/{file.public_id}/"
    moment = now()
    rows = [
        Notification(reader=person, subject=subject[:200], body=body, link=link, key=key[:160], created_at=moment)
        for person in people
    ]
    before = Notification.objects.filter(key=key, reader__in=[row.reader for row in rows]).count() if key else 0
    Notification.objects.bulk_create(rows, ignore_conflicts=bool(key))
    return len(rows) - before
