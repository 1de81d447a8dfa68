"""Celery's side of the queue: one task runs one job, one sweep picks up what the bell missed."""

from celery import shared_task
from celery.signals import worker_ready
from kombu.exceptions import OperationalError

from portal.jobs import queue


@shared_task(
    name="portal.jobs.run",
    autoretry_for=queue.DATABASE_AWAY,
    retry_backoff=2,  # seconds, doubled each time: a database that was killed is back within some
    retry_jitter=False,
    max_retries=5,
)
def run_job(pk: int) -> str:
    done = queue.run(pk)
    return done.state if done else "not taken"


@shared_task(name="portal.jobs.sweep")
def sweep_jobs() -> int:
    """Run what waits and what a dead worker left behind."""
    queue.release_abandoned()
    keys = list(queue.waiting().values_list("pk", flat=True)[:100])
    for pk in keys:
        run_job.delay(pk)
    return len(keys)


@worker_ready.connect
def begin(**signal: object) -> None:
    """A worker that starts after a crash takes up at once what the one before it left lying."""
    sweep_jobs.delay()


def _ring(pk: int) -> None:
    try:
        run_job.delay(pk)
    except OperationalError:
        # The row is committed; sweep_jobs finds it when the broker is back.
        return


queue.set_bell(_ring)
