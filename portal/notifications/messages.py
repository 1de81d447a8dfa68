"""Telling people. The rows are part of the act's transaction: no act, no message; no message lost."""

from collections.abc import Iterable

from portal.moment import now
from portal.notifications.models import Notification


def notify(people: Iterable, subject: str, body: str, *, link: str = "", key: str = "", file=None) -> None:
    """Leave a message for each person.

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
    Notification.objects.bulk_create(rows, ignore_conflicts=bool(key))


def notify_new(people: Iterable, subject: str, body: str, *, key: str, **more) -> int:
    """Like :func:`notify`; how many had not been told of the occasion before."""
    people = list(people)
    before = Notification.objects.filter(key=key[:160], reader__in=people).count()
    notify(people, subject, body, key=key, **more)
    return len(people) - before
