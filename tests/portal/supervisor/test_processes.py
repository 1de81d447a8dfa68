"""Processes end when told to, end with their parent, and come back when they die."""

import os
import signal
import subprocess
import sys
import time

import pytest

from portal.supervisor.layout import PROJECT
from portal.supervisor.process import Process, stop_all
from portal.supervisor.trouble import Trouble
from portal.supervisor.watch import FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER, Watch

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def python(name, programme, folder):
    return Process(name, [sys.executable, "-c", programme], log=folder / f"{name}.log")


def exists(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def eventually(is_so, seconds=10):
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.05)
    return is_so()


def test_a_process_that_ignores_the_request_is_removed_in_time(tmp_path):
    process = python("deaf", DEAF, tmp_path)
    process.start()
    assert eventually(lambda: "up" in process.last_lines())
    begun = time.monotonic()

    stop_all([process], 0.5)

    assert not process.is_running
    assert time.monotonic() - begun < 3


def test_children_of_a_process_go_with_it(tmp_path):
    programme = "import subprocess, sys, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    process = python("parent", programme, tmp_path)
    process.start()
    assert eventually(lambda: process.last_lines().strip())
    grandchild = int(process.last_lines())

    stop_all([process], 2)

    assert eventually(lambda: not exists(grandchild) or _is_zombie(grandchild))


def _is_zombie(number):
    with open(f"/proc/{number}/stat", encoding="ascii") as file:
        return file.read().rsplit(")", 1)[1].split()[0] == "Z"


def test_a_killed_supervisor_leaves_nothing_behind(tmp_path):
    programme = (
        "import sys, time, pathlib; from portal.supervisor.process import Process; "
        f"p = Process('x', ['sleep', '60'], log=pathlib.Path({str(tmp_path / 'x.log')!r})); p.start(); "
        "print(p.child.pid, flush=True); time.sleep(60)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", programme], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    child = int(supervisor.stdout.readline())

    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    supervisor.stdout.close()

    assert eventually(lambda: not exists(child) or _is_zombie(child))


def test_a_programme_that_is_not_there_is_named(tmp_path):
    process = Process("缺失", [str(tmp_path / "nothing")], log=tmp_path / "x.log")

    with pytest.raises(Trouble, match="缺失"):
        process.start()


class Clock:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


def wait_for_end(process):
    assert eventually(lambda: not process.is_running)


def test_a_process_that_dies_is_started_again_after_growing_pauses(tmp_path):
    clock, said = Clock(), []
    process = python("brief", "pass", tmp_path)
    watch = Watch([process], say=said.append, now=clock)
    process.start()
    pauses = []
    for _ in range(7):
        wait_for_end(process)
        process.started_at = clock.seconds
        watch.look()
        before = clock.seconds
        while not process.is_running and clock.seconds - before < 100:
            first = process.child.pid
            clock.seconds += 0.5
            watch.look()
            if process.child.pid != first:
                break
        pauses.append(clock.seconds - before)

    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]
    assert len(said) == 7


def test_a_process_that_ran_steadily_is_started_again_at_once(tmp_path):
    clock, said = Clock(), []
    process = python("steady", "pass", tmp_path)
    watch = Watch([process], say=said.append, now=clock)
    for _ in range(2):
        process.start()
        wait_for_end(process)
        process.started_at = clock.seconds
        clock.seconds += STEADY_AFTER + 1
        watch.look()
        clock.seconds += FIRST_PAUSE
        watch.look()
        wait_for_end(process)

    assert all(f"{FIRST_PAUSE:.0f} 秒" in line for line in said)
