"""What a running portal consists of beside its servers: web server, worker, clock, and the first-time work."""

import hashlib
import os
import secrets
import socket
import subprocess
import sys
import time

from portal.supervisor.layout import PROJECT, Layout, migration_files
from portal.supervisor.process import Process
from portal.supervisor.servers import Lock, environment, needed
from portal.supervisor.trouble import Trouble

ANYWHERE = "0.0.0.0"
PORT_SECONDS = 8.0
ANSWER_SECONDS = 30.0
SWITCHED_OFF = {"0", "false", "no", "off"}


def address() -> tuple[str, int]:
    """Return the host and port to listen on, from HOST (127.0.0.1) and PORT (8000). Raises Trouble on a bad port."""
    host = os.environ.get("HOST", "").strip() or "127.0.0.1"
    text = os.environ.get("PORT", "").strip() or "8000"
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 65536):
        raise Trouble(f"PORT 应为 1 至 65535 的数字，而不是 {text!r}。\nPORT must be a number from 1 to 65535.")
    return host, int(text)


def shown_address() -> str:
    host, port = address()
    return f"http://{'127.0.0.1' if host == ANYWHERE else host}:{port}/"


def web_process(layout: Layout) -> Process:
    host, port = address()
    workers = os.environ.get("WEB_CONCURRENCY", "").strip() or "2"
    return Process(
        "网站",
        [
            *(sys.executable, "-m", "gunicorn", "portal.wsgi:application"),
            *("--bind", f"{host}:{port}"),
            *("--workers", workers),
            *("--threads", "4"),
            *("--timeout", "60"),
            *("--graceful-timeout", "3"),
            *("--worker-tmp-dir", str(layout.run)),
            "--no-control-socket",
        ],
        log=layout.logs / "web.log",
        environment={**environment(layout), "PORTAL_PROCESS": "web"},
        folder=PROJECT,
    )


def queue_processes(layout: Layout) -> list[Process]:
    """Return worker and beat: exactly one beat, or every reminder would be sent twice."""
    celery = (sys.executable, "-m", "celery", "-A", "portal")
    variables = {**environment(layout), "PORTAL_PROCESS": "worker"}
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--pidfile="]
    return [
        Process("任务", worker, log=layout.logs / "worker.log", environment=variables, folder=PROJECT),
        Process("定时", beat, log=layout.logs / "beat.log", environment=variables, folder=PROJECT),
    ]


def wait_for_port() -> None:
    """Wait until nothing else listens on our address; a web server killed a moment ago may still be letting go.

    Raises Trouble when the port stays taken.
    """
    deadline = time.monotonic() + PORT_SECONDS
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address())
            except OSError as error:
                if time.monotonic() > deadline:
                    host, port = address()
                    raise Trouble(
                        f"无法使用 {host}:{port}({error.strerror})。请用 PORT 指定另一个端口。\n"
                        f"Cannot listen on {host}:{port}; choose another port with PORT."
                    ) from error
            else:
                return
        time.sleep(0.3)


def wait_for_first_answer(web: Process) -> None:
    """Return when the web server answers; it may go on trying longer than we wait."""
    host, port = address()
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline and web.is_running:
        try:
            with socket.create_connection(("127.0.0.1" if host == ANYWHERE else host, port), timeout=2) as connection:
                connection.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
                if connection.recv(12):
                    return
        except OSError:
            pass
        time.sleep(0.1)


def demo_password(layout: Layout) -> str:
    """Return the password of the demo accounts: DEMO_PASSWORD, else a random one made once for this folder."""
    given = os.environ.get("DEMO_PASSWORD", "").strip()
    if given:
        return given
    if not layout.demo_password.exists():
        descriptor = os.open(layout.demo_password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"Yunxi-{secrets.token_hex(5)}")
    return layout.demo_password.read_text(encoding="ascii").strip()


def wants_demo() -> bool:
    return os.environ.get("DEMO", "").strip().lower() not in SWITCHED_OFF


def manage(layout: Layout, *words: str, role: str = "web") -> None:
    """Run one `manage.py` command to its end, what it prints going to standard error. Raises Trouble on failure."""
    variables = {
        **environment(layout),
        "PORTAL_PROCESS": "command",
        "PORTAL_DB_ROLE": role,
        "DEMO_PASSWORD": demo_password(layout),
    }
    result = subprocess.run(
        [sys.executable, str(PROJECT / "manage.py"), *words],
        cwd=PROJECT,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
    )
    if result.returncode:
        raise Trouble(f"manage.py {' '.join(words)} 失败（见上）。\nmanage.py {' '.join(words)} failed, see above.")


def _state_of_the_schema(layout: Layout) -> str:
    """Return a digest that changes when migrations, packages or the database folder change."""
    digest = hashlib.sha256()
    watched = [PROJECT / "requirements.txt", *migration_files()]
    for path in watched:
        digest.update(str(path.relative_to(PROJECT)).encode())
        digest.update(path.read_bytes())
    digest.update(str((layout.postgres_data / "PG_VERSION").stat().st_mtime_ns).encode())
    return digest.hexdigest()


class FirstTimeWork:
    """Migrations, rights and the demo county. Remembered by a digest, so that a later start takes seconds.

    A server of the operator's own is asked every time: nobody but it knows its state.
    """

    def __init__(self, layout: Layout):
        self.layout = layout
        self.digest = _state_of_the_schema(layout) if needed()[0] else ""

    @property
    def has_tables(self) -> bool:
        return self._is_noted("tables", self.digest)

    @property
    def is_done(self) -> bool:
        return self._is_noted("prepared", f"{self.digest} {wants_demo()}")

    def prepare_database(self) -> None:
        """Bring the tables up to date as their owner, then give the web role its rights."""
        manage(self.layout, "migrate", "--no-input", "--verbosity", "0", role="owner")
        manage(self.layout, "grant_web_role", role="owner")
        self._note("tables", self.digest)

    def build_demo(self) -> None:
        """Fill an empty database with the demo county, unless DEMO=false, and remember that all is done."""
        if wants_demo():
            manage(self.layout, "build_demo", "--if-empty")
        self._note("prepared", f"{self.digest} {wants_demo()}")

    def _is_noted(self, name: str, words: str) -> bool:
        try:
            return bool(self.digest) and (self.layout.var / name).read_text(encoding="ascii") == words
        except OSError:
            return False

    def _note(self, name: str, words: str) -> None:
        if self.digest:
            (self.layout.var / name).write_text(words, encoding="ascii")


# They make the tables, or need none.
WITHOUT_TABLES = {
    "build_docs", "check", "collectstatic", "grant_web_role", "help", "makemigrations", "migrate", "showmigrations",
    "sqlmigrate",
}  # fmt: skip


def have_tables_for(layout: Layout, words: list[str]) -> None:
    """Make the tables of the embedded database before the first command of `manage.py` that wants them.

    A server of the operator's own is left to its operator.
    """
    asks_for_help = not words or words[0].startswith("-") or {"-h", "--help"} & {*words}
    if asks_for_help or words[0] in WITHOUT_TABLES or not needed()[0]:
        return
    todo = FirstTimeWork(layout)
    lock = Lock(layout.var / "tables.lock")
    lock.take(wait=True)
    try:
        if not todo.has_tables:
            print("正在建立数据库……", file=sys.stderr)
            todo.prepare_database()
    finally:
        lock.release()
