"""Where a running portal keeps its things: data, sockets, logs, one folder per copy of the programme."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PROJECT = Path(__file__).resolve().parents[2]


def migration_files() -> list[Path]:
    """Every migration of the project, also those of rooms within an app, in a fixed order."""
    packages = [package.parent for package in PROJECT.glob("*/__init__.py")]
    return sorted(migration for package in packages for migration in package.rglob("migrations/*.py"))


DATABASE = "portal"
SUPERUSER = "portal"
OWNER_ROLE = "portal_owner"
WEB_ROLE = "portal_web"

# A Unix socket's path may hold 107 bytes; PostgreSQL appends "/.s.PGSQL.5432" and, while starting, ".lock".
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Layout:
    """The folders of one running portal, all derived from `var`."""

    var: Path

    @property
    def run(self) -> Path:
        """The folder of the sockets: `var/run`, or a short one in the temporary folder when that path is too long."""
        wanted = self.var / "run"
        if len(os.fsencode(wanted)) <= LONGEST_SOCKET_FOLDER:
            return wanted
        return Path(tempfile.gettempdir()) / f"portal-{os.getuid()}-{self.digest}"

    @property
    def digest(self) -> str:
        """A short name of this folder, the same in every process."""
        return hashlib.sha256(os.fsencode(self.var)).hexdigest()[:12]

    @property
    def shelter(self) -> Path:
        """Where PostgreSQL's files go when root's copy lies in a folder that no other user may enter."""
        return Path("/var/lib") / f"portal-{self.digest}"

    @property
    def postgres_data(self) -> Path:
        return self.var / "postgres"

    @property
    def valkey_data(self) -> Path:
        return self.var / "valkey"

    @property
    def valkey_socket(self) -> Path:
        return self.run / "valkey.sock"

    @property
    def logs(self) -> Path:
        return self.var / "logs"

    @property
    def static(self) -> Path:
        return self.var / "static"

    @property
    def media(self) -> Path:
        return self.var / "media"

    @property
    def secret_key(self) -> Path:
        return self.var / "secret_key"

    @property
    def demo_password(self) -> Path:
        return self.var / "demo_password"

    @property
    def supervisor_lock(self) -> Path:
        """Held by the one supervisor of this folder; its text is the process number."""
        return self.var / "supervisor.pid"

    def database_url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.run), safe='')}"

    @property
    def redis_url(self) -> str:
        return f"unix://{self.valkey_socket}"


def current() -> Layout:
    """The layout chosen by the variable PORTAL_VAR (a folder), by default `var` in the project."""
    chosen = os.environ.get("PORTAL_VAR", "").strip()
    return Layout(Path(chosen).resolve() if chosen else PROJECT / "var")
