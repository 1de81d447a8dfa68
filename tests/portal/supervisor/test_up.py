"""`bin/portal up`, once for real: cold start, second start, health, restart of a killed part, orderly end."""

import os
import signal
import time

import pytest

from tests.portal.supervisor.running import portal, remaining, wait_until_ready

pytestmark = pytest.mark.full


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
