"""Sessions in use: when they began, when they were last used, and how they end.

Basis: GB/T 22239-2019 8.1.4.1 (登录连接超时自动退出). Times are real time, never the clock that the demo
may set: a session is a fact of the machine.
"""

from datetime import datetime, timedelta

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from portal.accounts.models import Person, SignedInSession
from portal.accounts.passwords import is_too_old

# Noting every click would write a row per request; half a minute is exact enough for a limit of half an hour.
NOTED_EVERY = timedelta(seconds=30)
MUST_CHANGE_FOR_AGE = "must_change_for_age"

ENDED, IDLE, ABSOLUTE = "ended", "idle", "absolute"


@receiver(user_logged_in, dispatch_uid="accounts.note_signed_in")
def note_signed_in(sender, request, user, **kwargs) -> None:
    """Enter the new session in the list of its owner."""
    if not isinstance(user, Person):
        return
    moment = timezone.now()
    if request.session.session_key is None:
        # Signing in over another person's session empties it first; the new one has no key before it is saved.
        request.session.save()
    SignedInSession.objects.filter(
        person=user, started_at__lt=moment - timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS)
    ).delete()
    SignedInSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "person": user,
            "address": get_client_ip_address(request) or None,
            "agent": request.META.get("HTTP_USER_AGENT", "")[:200],
            "started_at": moment,
            "last_seen_at": moment,
        },
    )
    if is_too_old(user):
        request.session[MUST_CHANGE_FOR_AGE] = True


def why_over(row: SignedInSession | None, moment: datetime) -> str:
    """Why a session may not go on: ``ended``, ``idle`` or ``absolute``; empty while it may."""
    if row is None:
        return ENDED
    if moment - row.started_at >= timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS):
        return ABSOLUTE
    if moment - row.last_seen_at >= timedelta(seconds=settings.SESSION_IDLE_SECONDS):
        return IDLE
    return ""


def ends_at(row: SignedInSession) -> datetime:
    """When the session ends if nothing more happens in it."""
    idle = row.last_seen_at + timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    return min(idle, row.started_at + timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS))


def seen(row: SignedInSession, moment: datetime) -> None:
    """Note that the session is in use."""
    if moment - row.last_seen_at >= NOTED_EVERY:
        row.last_seen_at = moment
        SignedInSession.objects.filter(pk=row.pk).update(last_seen_at=moment)


@transaction.atomic
def end(rows) -> int:
    """End these sessions (a queryset of ``SignedInSession``); returns how many. Their cookies are worthless at once."""
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    SignedInSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def moved(old_key: str, new_key: str) -> None:
    """The session got a new key (after a change of password) and goes on under it."""
    SignedInSession.objects.filter(session_key=old_key).update(session_key=new_key)
