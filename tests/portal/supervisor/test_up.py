"""`bin/portal up`, once for real: cold start, second start, health, restart of a killed part, orderly end."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from portal.supervisor.layout import PROJECT

pytestmark = pytest.mark.full


@pytest.fixture
def variables(layout):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    known = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))}
    return {**known, "PORTAL_VAR": str(layout.var), "PORT": str(port), "DEMO": "false"}


def portal(verb, variables, **switches):
    return subprocess.Popen(
        [str(PROJECT / "bin" / "portal"), verb], env=variables, stderr=subprocess.PIPE, text=True, **switches
    )


def health(variables):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{variables['PORT']}/readyz", timeout=5) as answer:
            return json.load(answer)
    except (OSError, urllib.error.HTTPError):
        return {}


def wait_until_ready(variables, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (state := health(variables)).get("status") == "ok":
            return state
        time.sleep(0.3)
    return health(variables)


def remaining(layout):
    listing = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listing.splitlines() if str(layout.var) in line]


def test_the_portal_starts_recovers_and_stops(layout, variables):
    first = portal("up", variables, start_new_session=True)
    try:
        assert wait_until_ready(variables, 170) == {
            "status": "ok",
            "database": True,
            "broker": True,
            "migrations": True,
        }

        second = portal("up", variables)
        _, said = second.communicate(timeout=30)
        assert "已在运行" in said
        assert second.returncode == 0

        number = int((layout.postgres_data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
        os.kill(number, signal.SIGKILL)
        time.sleep(1)
        assert wait_until_ready(variables, 30)["status"] == "ok"

        begun = time.monotonic()
        assert portal("down", variables).wait(30) == 0
        assert time.monotonic() - begun < 10
        first.communicate(timeout=5)
        assert first.returncode == 0
    finally:
        if first.poll() is None:
            os.killpg(first.pid, signal.SIGKILL)
    assert remaining(layout) == []

    again = portal("up", variables, start_new_session=True)
    begun = time.monotonic()
    try:
        assert wait_until_ready(variables, 30)["status"] == "ok"
        begun = time.monotonic()
        os.killpg(again.pid, signal.SIGINT)
        again.communicate(timeout=15)
        assert time.monotonic() - begun < 10
    finally:
        if again.poll() is None:
            os.killpg(again.pid, signal.SIGKILL)
    assert remaining(layout) == []
