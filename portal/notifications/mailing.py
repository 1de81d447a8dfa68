"""Notifications by e-mail: one letter a person and run, naming what is new. The messages stay here."""

import logging
from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from portal.moment import now
from portal.notifications.models import Notification

logger = logging.getLogger(__name__)

# What could not be sent for three days is no longer news; it is still in the portal.
GIVEN_UP_AFTER = timedelta(days=3)


def waiting():
    """Unread messages, not mailed yet and not too old, to active people with an address; oldest first."""
    return (
        Notification.objects.filter(
            emailed_at=None, read_at=None, created_at__gte=now() - GIVEN_UP_AFTER, reader__is_active=True
        )
        .exclude(reader__email="")
        .order_by("created_at", "id")
    )


def send_waiting(limit: int = 200) -> int:
    """Mail what waits, at most ``limit`` messages a run; how many were mailed.

    A letter that the server refuses leaves its messages waiting for the next run. Rows are held while their letter
    goes out, so that two workers never send the same.
    """
    keys_of = defaultdict(list)
    for key, reader in waiting().values_list("pk", "reader_id")[:limit]:
        keys_of[reader].append(key)
    connection = get_connection()
    return sum(_send_to_one(keys, connection) for keys in keys_of.values())


@transaction.atomic
def _send_to_one(keys: list[int], connection) -> int:
    held = waiting().filter(pk__in=keys).select_for_update(of=("self",), skip_locked=True).select_related("reader")
    rows = list(held)
    if not rows:
        return 0
    letter = EmailMessage(
        subject=f"您有 {len(rows)} 条新通知", body=_body(rows), to=[rows[0].reader.email], connection=connection
    )
    try:
        letter.send()
    except OSError:  # the network's errors, and every smtplib.SMTPException
        logger.warning("mail not sent", extra={"reader": rows[0].reader_id, "waiting": len(rows)}, exc_info=True)
        return 0
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(emailed_at=now())
    return len(rows)


def _body(rows: list[Notification]) -> str:
    """Subjects with their links; without a known domain the reader is told where to look."""
    lines = [f"{rows[0].reader.full_name}：", ""]
    for row in rows:
        lines.append(f"· {row.subject}")
        if settings.SITE_DOMAIN and row.link:
            lines.append(f"  https://{settings.SITE_DOMAIN}{row.link}")
    lines += ["", f"请登录{settings.SITE_NAME}查看。本邮件由系统发出，请勿回复。"]
    return "\n".join(lines)
