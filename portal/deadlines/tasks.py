"""Celery's side of the daily round."""

from celery import shared_task

from portal.deadlines.sweep import sweep
from portal.moment import today


@shared_task(name="portal.deadlines.sweep")
def sweep_deadlines() -> int:
    """Send the reminders due up to today; how many went out. Run daily by beat, harmless when run again."""
    return sweep(today()).reminders
