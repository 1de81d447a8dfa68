"""Celery's side of the outbox."""

from celery import shared_task

from portal.notifications.mailing import send_waiting


@shared_task(name="portal.notifications.mail")
def mail_notifications() -> int:
    """Every few minutes: mail what waits."""
    return send_waiting()
