"""Asking for a job, and running one.

``@job("kind")`` registers the function that does the work: ``work(job, report, **arguments)``, where
``report(percent, message)`` shows progress and may return a result address. The worker takes a job by
locking its row, so that two workers never run the same one. While it works a thread beats in the row; a job
whose worker died (its process is gone, or no heartbeat) is taken again, and after three tries it says
失败，可重试. So work must bear being done twice: cut off anywhere, the next try completes it.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from portal.jobs.models import Job

logger = logging.getLogger(__name__)

BEAT_EVERY = timedelta(seconds=5)
HEARTBEAT_LOST_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 3
DATABASE_AWAY = (OperationalError, InterfaceError)
"""What a lost connection raises; a refused statement raises the first as well."""

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


def release_abandoned() -> None:
    """Let go of the jobs of processes of this machine that live no more, or that have turned to other work: a
    process runs one job at a time, so what it still holds when it takes the next was cut off."""
    for pk, holder in Job.objects.filter(state=Job.State.RUNNING).values_list("pk", "run_by"):
        host, _, number = holder.rpartition(":")
        if host == socket.gethostname() and (holder == _own_name() or not _lives(int(number))):
            Job.objects.filter(pk=pk, run_by=holder, state=Job.State.RUNNING).update(beat_at=None)


def run(pk: int) -> Job | None:
    """Take the job and do its work; ``None`` when somebody else has it or it is over.

    :raises OperationalError: or InterfaceError: the database is away. The row cannot say so; whoever takes the job
        up next finds it abandoned and does it again.
    """
    release_abandoned()
    with transaction.atomic():
        taken = waiting().select_for_update(skip_locked=True).filter(pk=pk).first()
        if taken is None:
            return None
        if taken.attempts >= MOST_ATTEMPTS:
            _finish(taken, Job.State.FAILED, "任务执行中断多次，未能完成。可以重试。")
            return taken
        moment = timezone.now()
        taken.state, taken.attempts, taken.message = Job.State.RUNNING, taken.attempts + 1, "正在处理"
        taken.run_by, taken.started_at, taken.beat_at = _own_name(), moment, moment
        taken.save()

    def report(percent: int, message: str) -> None:
        if not _held(taken).update(progress=percent, message=message[:300], beat_at=timezone.now()):
            raise TakenOver

    try:
        with _beating(taken):
            result = _work[taken.kind](taken, report, **taken.arguments)
    except TakenOver:
        logger.warning("job was taken over", extra={"job": taken.pk, "kind": taken.kind})
        return None
    except Exception as error:  # the worker must outlive any job; the row tells what happened
        if isinstance(error, DATABASE_AWAY) and not connection.is_usable():
            connection.close()
            raise
        logger.exception("job failed", extra={"job": taken.pk, "kind": taken.kind})
        _finish(taken, Job.State.FAILED, f"未能完成：{error}")
        return taken
    taken.result_url = result or ""
    _finish(taken, Job.State.DONE, "已完成")
    return taken


class TakenOver(Exception):
    """This worker was silent for so long that another took its job; only that one's word counts now."""


def _own_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _held(taken: Job):
    """The row as long as this try of it is the current one."""
    return Job.objects.filter(pk=taken.pk, state=Job.State.RUNNING, attempts=taken.attempts, run_by=taken.run_by)


@contextmanager
def _beating(taken: Job) -> Iterator[None]:
    """Beat in the row while the work lasts, however long it is between two reports."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT_EVERY.total_seconds()):
            try:
                with transaction.atomic():
                    # A row that somebody holds locked is not waited for: the next beat comes.
                    held = _held(taken).select_for_update(skip_locked=True).values_list("pk", flat=True)
                    Job.objects.filter(pk__in=list(held)).update(beat_at=timezone.now())
            except DATABASE_AWAY as away:
                logger.warning("no heartbeat: %s", away, extra={"job": taken.pk})
            finally:
                connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat of job {taken.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(BEAT_EVERY.total_seconds())


def _finish(taken: Job, state: str, message: str) -> None:
    """Close this try, unless another has taken its place."""
    taken.state, taken.message, taken.finished_at = state, message[:300], timezone.now()
    changed = ["state", "message", "finished_at", "result_url"]
    if state == Job.State.DONE:
        taken.progress = 100
        changed.append("progress")
    current = Job.objects.filter(pk=taken.pk, attempts=taken.attempts, run_by=taken.run_by)
    current.update(**{name: getattr(taken, name) for name in changed})
