"""A whole portal started by its own command, looked at from outside."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

from portal.supervisor.layout import PROJECT, Layout


def variables_for(layout: Layout) -> dict[str, str]:
    """The environment of a portal in this folder, on a free port, without the demo county."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    known = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTEST_"))}
    return {**known, "PORTAL_VAR": str(layout.var), "PORT": str(port), "DEMO": "false"}


def portal(verb: str, variables: dict[str, str], **switches) -> subprocess.Popen:
    return subprocess.Popen(
        [str(PROJECT / "bin" / "portal"), verb], env=variables, stderr=subprocess.PIPE, text=True, **switches
    )


def health(variables: dict[str, str]) -> dict:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{variables['PORT']}/readyz", timeout=5) as answer:
            return json.load(answer)
    except (OSError, urllib.error.HTTPError):
        return {}


def wait_until_ready(variables: dict[str, str], seconds: float) -> dict:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (state := health(variables)).get("status") == "ok":
            return state
        time.sleep(0.3)
    return health(variables)


def remaining(layout: Layout) -> list[str]:
    """Processes that still work for this folder."""
    listing = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listing.splitlines() if str(layout.var) in line]
