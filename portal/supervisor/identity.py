"""Under whose name PostgreSQL runs. It refuses to run as root, so for root another name has to be found."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from portal.supervisor.trouble import Trouble

UNPRIVILEGED = "nobody"
NAMESPACE = ("unshare", "--user", "--map-user=65534", "--map-group=65534")


@dataclass(frozen=True)
class Identity:
    """How to start a PostgreSQL programme: words put before the command, and the switches of `subprocess`."""

    prefix: tuple[str, ...] = ()
    switches: dict = field(default_factory=dict)
    owner: tuple[int, int] | None = None  # whose the data folder must be; None: the caller's own

    def take_over(self, folder: Path) -> None:
        """Create the folder if need be and make it this identity's own, closed to all others."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.owner:
            os.chown(folder, *self.owner)
        folder.chmod(0o700)


def _unprivileged() -> Identity:
    account = pwd.getpwnam(UNPRIVILEGED)
    switches = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return Identity(switches=switches, owner=(account.pw_uid, account.pw_gid))


def _works(command: list[str], switches: dict) -> bool:
    try:
        result = subprocess.run(
            command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False, **switches
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def _can_enter(identity: Identity, folder: Path) -> bool:
    return _works([*identity.prefix, "/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)], identity.switches)


def _move_aside(link: Path, shelter: Path) -> None:
    """Make `link` a symbolic link to a folder in `shelter`, which the unprivileged user can reach."""
    target = shelter / link.name
    target.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink():
        if link.is_dir():
            link.rmdir()
        link.symlink_to(target)


def choose(binaries: Path, data: Path, run: Path, shelter: Path) -> tuple[Identity, Path]:
    """Return the identity to run PostgreSQL as, and the folder of the binaries to use.

    - An ordinary user runs it as is.
    - Root runs it as `nobody`, when `nobody` can reach binaries and data.
    - Otherwise (a copy below a closed home folder) in a user namespace, in which root is nobody.
    - Where namespaces are forbidden (most containers), data, sockets and a copy of the binaries move to `shelter`,
      with symbolic links in their place.

    Raises Trouble when none of these works.
    """
    if os.geteuid() != 0:
        return Identity(), binaries
    namespace = Identity(prefix=NAMESPACE)
    if data.exists() and (data / "PG_VERSION").exists() and data.stat().st_uid == 0:
        return namespace, binaries
    nobody = _unprivileged()
    if data.is_symlink() or all(_can_enter(nobody, folder) for folder in (binaries, data.parent, run.parent)):
        return nobody, _reachable_copy(nobody, binaries, shelter)
    if shutil.which("unshare") and _works([*NAMESPACE, str(binaries / "postgres"), "--version"], {}):
        return namespace, binaries
    shelter.mkdir(parents=True, exist_ok=True)
    shelter.chmod(0o755)
    _move_aside(data, shelter)
    if not _can_enter(nobody, run.parent):
        _move_aside(run, shelter)
    if not _can_enter(nobody, data.resolve().parent):
        raise Trouble(
            f"PostgreSQL 不能以 root 身份运行，而用户 {UNPRIVILEGED} 无法进入 {shelter}。"
            "请以普通用户运行，或把本项目放在所有用户可进入的目录。\n"
            f"PostgreSQL does not run as root, and {UNPRIVILEGED} cannot enter {shelter}. "
            "Run as an ordinary user, or put the project into a folder that every user may enter."
        )
    return nobody, _reachable_copy(nobody, binaries, shelter)


def _reachable_copy(identity: Identity, binaries: Path, shelter: Path) -> Path:
    """Return `binaries`, or the folder of a copy in `shelter` when the identity cannot run them where they are."""
    if _works([str(binaries / "postgres"), "--version"], identity.switches):
        return binaries
    copy = shelter / "postgresql"
    if not (copy / "bin" / "postgres").exists():
        draft = copy.with_suffix(f".{os.getpid()}")
        shutil.copytree(binaries.parent, draft, symlinks=True)
        draft.chmod(0o755)
        draft.rename(copy)
    return copy / "bin"
