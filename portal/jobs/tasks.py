"""Celery's side of the queue: one task runs one job, one sweep picks up what the bell missed."""

from celery import shared_task
from kombu.exceptions import OperationalError

from portal.jobs import queue


@shared_task(name="portal.jobs.run")
def run_job(pk: int) -> str:
    done = queue.run(pk)
    return done.state if done else "not taken"


@shared_task(name="portal.jobs.sweep")
def sweep_jobs() -> int:
    """Run what waits and what a dead worker left behind."""
    keys = list(queue.waiting().values_list("pk", flat=True)[:100])
    for pk in keys:
        run_job.delay(pk)
    return len(keys)


def _ring(pk: int) -> None:
    try:
        run_job.delay(pk)
    except OperationalError:
        # The row is committed; sweep_jobs finds it when the broker is back.
        return


queue.set_bell(_ring)
