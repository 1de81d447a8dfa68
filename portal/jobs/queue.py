"""Asking for a job, and running one.

``@job("kind")`` registers the function that does the work: ``work(job, report, **arguments)``, where
``report(percent, message)`` shows progress and may return a result address. The worker takes a job by
locking its row, so that two workers never run the same one, and a job whose worker died (no heartbeat)
is taken again; after three tries it says 失败，可重试.
"""

import logging
import os
import socket
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from portal.jobs.models import Job

logger = logging.getLogger(__name__)

HEARTBEAT_LOST_AFTER = timedelta(seconds=60)
MOST_ATTEMPTS = 3

_work: dict[str, Callable] = {}


def job(kind: str):
    """Register the function that does the work of this kind."""

    def register(function):
        if kind in _work:
            raise ValueError(f"job kind {kind} is registered twice")
        _work[kind] = function
        return function

    return register


def ask(kind: str, label: str, *, by=None, key: str = "", **arguments) -> Job:
    """Write the job in the caller's transaction; ring the worker once that commits.

    With ``key``, asking again while the same job waits or runs gives that job instead of a second one.
    """
    if kind not in _work:
        raise ValueError(f"no work is registered for job kind {kind}")
    try:
        with transaction.atomic():
            asked = Job.objects.create(kind=kind, label=label, arguments=arguments, key=key, asked_by=by)
    except IntegrityError:
        return Job.objects.get(kind=kind, key=key, state__in=(Job.State.WAITING, Job.State.RUNNING))
    transaction.on_commit(lambda: ring(asked.pk))
    return asked


def retry(failed: Job) -> None:
    """Put a failed job back in the queue."""
    Job.objects.filter(pk=failed.pk, state=Job.State.FAILED).update(
        state=Job.State.WAITING, attempts=0, message="", progress=0, finished_at=None
    )
    transaction.on_commit(lambda: ring(failed.pk))


_bell: Callable[[int], None] | None = None


def set_bell(bell: Callable[[int], None]) -> None:
    """``tasks.py`` hands over how to wake a worker; the queue itself knows no broker."""
    global _bell
    _bell = bell


def ring(pk: int) -> None:
    """Wake a worker. A broker that is away loses nothing: the sweep over waiting rows comes by."""
    if _bell is not None:
        _bell(pk)


def waiting(now=None):
    """Jobs that should be run: waiting ones, and running ones whose worker fell silent."""
    now = now or timezone.now()
    silent = Q(state=Job.State.RUNNING) & (Q(beat_at__isnull=True) | Q(beat_at__lt=now - HEARTBEAT_LOST_AFTER))
    return Job.objects.filter(Q(state=Job.State.WAITING) | silent).order_by("id")


def run(pk: int) -> Job | None:
    """Take the job and do its work; ``None`` when somebody else has it or it is over."""
    with transaction.atomic():
        taken = waiting().select_for_update(skip_locked=True).filter(pk=pk).first()
        if taken is None:
            return None
        if taken.attempts >= MOST_ATTEMPTS:
            _finish(taken, Job.State.FAILED, "任务执行中断多次，未能完成。可以重试。")
            return taken
        moment = timezone.now()
        taken.state, taken.attempts, taken.message = Job.State.RUNNING, taken.attempts + 1, "正在处理"
        taken.run_by, taken.started_at, taken.beat_at = f"{socket.gethostname()}:{os.getpid()}", moment, moment
        taken.save()

    def report(percent: int, message: str) -> None:
        Job.objects.filter(pk=taken.pk).update(progress=percent, message=message[:300], beat_at=timezone.now())

    try:
        result = _work[taken.kind](taken, report, **taken.arguments)
    except Exception as error:  # the worker must outlive any job; the row tells what happened
        logger.exception("job failed", extra={"job": taken.pk, "kind": taken.kind})
        _finish(taken, Job.State.FAILED, f"未能完成：{error}")
        return taken
    taken.result_url = result or ""
    _finish(taken, Job.State.DONE, "已完成")
    return taken


def _finish(taken: Job, state: str, message: str) -> None:
    taken.state, taken.message, taken.finished_at = state, message[:300], timezone.now()
    taken.progress = 100 if state == Job.State.DONE else taken.progress
    taken.save(update_fields=["state", "message", "finished_at", "progress", "result_url"])
