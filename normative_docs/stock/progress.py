"""Progress that can be seen while one long transaction is open."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connections

from portal.jobs.models import Job

Report = Callable[[int, str], None]


@contextmanager
def told_aside(taken: Job, report: Report) -> Iterator[Report]:
    """``report`` by a connection of its own, so that what it writes shows before the transaction here commits.

    A job whose own row is not committed is seen by nobody; then it is told within the transaction.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="progress") as aside:
        try:
            is_seen = aside.submit(Job.objects.filter(pk=taken.pk).exists).result()
            yield (lambda percent, message: aside.submit(report, percent, message).result()) if is_seen else report
        finally:
            aside.submit(connections.close_all).result()
