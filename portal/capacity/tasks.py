"""The daily look whether somebody is without a legal adviser, or soon will be."""

from celery import shared_task

from portal.capacity.advisers.appointing import remind
from portal.moment import today


@shared_task(name="portal.capacity.remind")
def remind_of_advisers() -> int:
    """Run daily by beat, harmless when run again."""
    return remind(today())
