"""Commands bring the servers up for themselves, share them, and leave standard output to the command alone."""

import os
import subprocess
import sys
import time

import pytest

from portal.supervisor.layout import PROJECT

HOLD = "import sys, time; print('in', flush=True); sys.stdin.readline(); print('out', flush=True)"
ASK = (
    "import os, psycopg2; c = psycopg2.connect(os.environ['DATABASE_URL']); k = c.cursor(); "
    "k.execute('SELECT current_user'); print(k.fetchone()[0])"
)


def supervisor(layout, *words, **switches):
    return subprocess.Popen(
        [sys.executable, "-m", "portal.supervisor", *words],
        cwd=PROJECT,
        env={**os.environ, "PORTAL_VAR": str(layout.var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **switches,
    )


def processes_below(layout):
    """Return the command lines of processes that work with this folder."""
    listing = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listing.splitlines() if str(layout.var.parent) in line]


def test_only_the_command_writes_to_standard_output(layout):
    output, _ = supervisor(layout, "run", sys.executable, "-c", ASK).communicate(timeout=60)

    assert output == "portal_web\n"


@pytest.mark.full
def test_the_exit_status_is_the_commands(layout):
    process = supervisor(layout, "run", "sh", "-c", "exit 7")
    process.communicate(timeout=60)

    assert process.returncode == 7


@pytest.mark.full
def test_nothing_runs_on_after_the_command(layout):
    supervisor(layout, "run", "true").communicate(timeout=60)

    assert processes_below(layout) == []


def test_the_first_command_waits_for_the_second_before_it_stops_the_servers(layout):
    first = supervisor(layout, "run", sys.executable, "-c", HOLD, stdin=subprocess.PIPE)
    assert first.stdout.readline() == "in\n"
    second = supervisor(layout, "run", sys.executable, "-c", HOLD + "; " + ASK, stdin=subprocess.PIPE)
    assert second.stdout.readline() == "in\n"

    first.stdin.write("\n")
    first.stdin.flush()
    assert first.stdout.readline() == "out\n"
    time.sleep(0.5)
    output, _ = second.communicate("\n", timeout=60)
    first.communicate(timeout=60)

    assert output == "out\nportal_web\n"
    assert processes_below(layout) == []


def test_down_without_a_running_portal_is_no_failure(layout):
    process = supervisor(layout, "down")
    _, said = process.communicate(timeout=60)

    assert process.returncode == 0
    assert "没有在运行" in said


def test_a_port_that_is_none_is_refused_before_anything_starts(layout, monkeypatch):
    monkeypatch.setenv("PORT", "八千")
    process = supervisor(layout, "up")
    _, said = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "PORT" in said
    assert not layout.var.exists()


@pytest.mark.full
def test_the_first_command_on_a_new_database_has_its_tables_made(layout):
    ask = ["shell", "--no-imports", "-c", "from portal.casefiles.models import CaseFile as C; print(C.objects.count())"]
    output, said = supervisor(layout, "manage", *ask).communicate(timeout=180)
    assert (output, "正在建立数据库" in said) == ("0\n", True)

    output, said = supervisor(layout, "manage", *ask).communicate(timeout=60)
    assert (output, "正在建立数据库" in said) == ("0\n", False)


@pytest.mark.full
def test_a_command_that_needs_no_tables_waits_for_none(layout):
    _, said = supervisor(layout, "manage", "check").communicate(timeout=60)
    assert "正在建立数据库" not in said
