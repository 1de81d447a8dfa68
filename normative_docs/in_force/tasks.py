"""Celery's side of the daily round over lapsed documents."""

from celery import shared_task

from normative_docs.in_force.sweep import sweep
from portal.moment import today


@shared_task(name="normative_docs.in_force.sweep")
def sweep_lapsed() -> int:
    """Record the lapses up to today; how many were new. Run daily by beat, harmless when run again."""
    return sweep(today())
