"""The embedded servers, and who may stop them: they end with the last command that needs them.

Two locks in the `var` folder settle it. Whoever starts the servers holds `servers.lock`; every other command that
uses them holds a share of `users.lock`, and the owner waits for all shares before it stops the servers.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.supervisor.layout import OWNER_ROLE, WEB_ROLE, Layout
from portal.supervisor.postgres import Postgres
from portal.supervisor.process import Process, stop_all
from portal.supervisor.trouble import Trouble
from portal.supervisor.valkey import Valkey

WAIT_SECONDS = 90


class Lock:
    """An advisory file lock. It vanishes with its process, so a kill -9 leaves nothing to clean up."""

    def __init__(self, path: Path):
        self.path = path
        self.file = None

    def take(self, *, shared: bool = False, wait: bool = False) -> bool:
        """Try to take the lock; return whether it is held now."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.file = self.path.open("a+", encoding="utf-8")
        mode = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(self.file, mode)
        except BlockingIOError:
            self.release()
            return False
        return True

    def release(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None

    def write(self, facts: dict) -> None:
        """Leave a note for those who find the lock taken."""
        self.file.seek(0)
        self.file.truncate()
        json.dump(facts, self.file)
        self.file.flush()

    def read(self) -> dict:
        """Return the holder's note, empty when there is none."""
        try:
            return json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}


def servers_lock(layout: Layout) -> Lock:
    return Lock(layout.var / "servers.lock")


def needed() -> tuple[bool, bool]:
    """Say whether PostgreSQL and Valkey are ours to run: not when an address is given for them."""
    return not os.environ.get("DATABASE_URL", "").strip(), not os.environ.get("REDIS_URL", "").strip()


def environment(layout: Layout) -> dict[str, str]:
    """Return this process's environment with the addresses of the servers in it."""
    variables = {
        "DATABASE_URL": layout.database_url(WEB_ROLE),
        "OWNER_DATABASE_URL": layout.database_url(OWNER_ROLE),
        "REDIS_URL": layout.redis_url,
        "PORTAL_VAR": str(layout.var),
    }
    given = {name: value for name, value in os.environ.items() if value.strip() or name not in variables}
    if not needed()[0]:
        # An owner of an embedded database must never be paired with someone else's server.
        variables["OWNER_DATABASE_URL"] = os.environ["DATABASE_URL"]
    return {**variables, **given}


def start(layout: Layout, *, durable: bool = True) -> list[Process]:
    """Start the servers that are needed, and return them in the order in which to stop them."""
    database, broker = needed()
    started: list[Process] = []
    layout.var.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        layout.var.chmod(0o755)
    try:
        if database:
            started.insert(0, Postgres(layout, durable=durable).start())
        if broker:
            layout.run.mkdir(parents=True, exist_ok=True)
            started.insert(0, Valkey(layout, durable=durable).start())
    except BaseException:
        stop_all(started, 3)
        raise
    return started


@contextmanager
def borrowed(layout: Layout, *, durable: bool = True) -> Iterator[None]:
    """Have the servers up for a while: those already running, or own ones, stopped afterwards.

    Raises Trouble when the servers of another command neither come up nor go away.
    """
    if not any(needed()):
        yield
        return
    users = Lock(layout.var / "users.lock")
    owner = servers_lock(layout)
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if owner.take():
            try:
                owner.write({})
                processes = start(layout, durable=durable)
                owner.write({"pid": os.getpid(), "ready": True, "kind": "command"})
                try:
                    yield
                finally:
                    users.take(wait=True)
                    owner.write({})
                    stop_all(processes, 5)
            finally:
                owner.release()
                users.release()
            return
        users.take(shared=True, wait=True)
        if owner.read().get("ready"):
            try:
                yield
            finally:
                users.release()
            return
        users.release()
        time.sleep(0.1)
    raise Trouble("另一个命令占用着数据库，但未能启动。\nAnother command holds the database but did not bring it up.")
