"""A job whose worker died is taken up again, and in the end it is done or says 失败，可重试."""

import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from portal.jobs import queue
from portal.jobs.models import Job
from tests.database import maintenance

LONG_AGO = timedelta(minutes=5)
during: list = []


@queue.job("tests.interrupted")
def work(running, report, word: str) -> str:
    report(50, "正在处理")
    for act in during:
        act(running, report)
    return f"/{word}/"


@pytest.fixture(autouse=True)
def usual_work():
    yield
    during.clear()


@pytest.fixture
def asked(db):
    return queue.ask("tests.interrupted", "年度报告", word="done")


def held_by(job, holder: str, *, silent_for=timedelta(0), attempts=1):
    beat = timezone.now() - silent_for
    Job.objects.filter(pk=job.pk).update(state="running", run_by=holder, attempts=attempts, beat_at=beat)


def here(number: int) -> str:
    return f"{socket.gethostname()}:{number}"


@pytest.fixture
def dead_process() -> int:
    """The number of a process that has just ended."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


@pytest.fixture
def living_process():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield child.pid
    child.kill()
    child.wait()


def test_a_job_of_a_killed_process_is_taken_up_at_once(asked, dead_process):
    held_by(asked, here(dead_process))
    done = queue.run(asked.pk)
    assert (done.state, done.attempts, done.result_url) == ("done", 2, "/done/")


def test_what_this_process_left_lying_is_taken_up_at_once(asked):
    held_by(asked, here(os.getpid()))
    assert queue.run(asked.pk).state == "done"


@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_a_job_that_is_being_done_is_left_alone(asked, living_process, where):
    held_by(asked, here(living_process) if where == "here" else "another-machine:7")
    assert queue.run(asked.pk) is None
    asked.refresh_from_db()
    assert asked.state == "running"


def test_a_worker_on_another_machine_counts_as_dead_once_it_is_silent(asked):
    held_by(asked, "another-machine:7", silent_for=LONG_AGO)
    assert list(queue.waiting().values_list("pk", flat=True)) == [asked.pk]
    assert queue.run(asked.pk).state == "done"


def test_after_three_interruptions_it_says_so_and_can_be_repeated(asked, dead_process):
    held_by(asked, here(dead_process), attempts=queue.MOST_ATTEMPTS)
    failed = queue.run(asked.pk)
    assert failed.get_state_display() == "失败，可重试"
    assert failed.message == "任务执行中断多次，未能完成。可以重试。"
    assert list(queue.waiting()) == []
    queue.retry(failed)
    assert queue.run(asked.pk).state == "done"


def test_only_the_word_of_the_newest_try_counts(asked):
    """A worker that was thought dead comes back while another does its job."""
    during.append(lambda running, report: held_by(asked, "another-machine:7", attempts=2))
    during.append(lambda running, report: report(90, "正在存入"))
    assert queue.run(asked.pk) is None
    asked.refresh_from_db()
    assert (asked.state, asked.attempts, asked.progress) == ("running", 2, 50)


def test_work_that_fails_stands_with_its_reason(asked):
    def fail(running, report):
        raise ValueError("纸张不够")

    during.append(fail)
    failed = queue.run(asked.pk)
    assert (failed.state, failed.message) == ("failed", "未能完成：纸张不够")
    asked.refresh_from_db()
    assert (asked.state, asked.progress) == ("failed", 50)


@pytest.mark.django_db(transaction=True)
def test_a_lost_database_leaves_the_job_to_the_next_try():
    asked = queue.ask("tests.interrupted", "年度报告", word="done")
    during.append(cut_off)
    with pytest.raises(OperationalError):
        queue.run(asked.pk)
    asked.refresh_from_db()
    assert asked.state == "running"
    during.clear()
    assert queue.run(asked.pk).state == "done"


def cut_off(running, report):
    """The server ends this connection, as when it is killed."""
    with maintenance() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    report(90, "正在存入")


@pytest.mark.django_db(transaction=True)
def test_the_heart_beats_while_the_work_is_silent(monkeypatch):
    monkeypatch.setattr(queue, "BEAT_EVERY", timedelta(seconds=0.05))
    asked = queue.ask("tests.interrupted", "年度报告", word="done")
    beats = []

    def be_silent(running, report):
        first = Job.objects.get(pk=asked.pk).beat_at
        for _ in range(100):
            threading.Event().wait(0.05)
            if Job.objects.get(pk=asked.pk).beat_at > first:
                beats.append(True)
                return

    during.append(be_silent)
    assert queue.run(asked.pk).state == "done"
    assert beats
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("heartbeat")]
