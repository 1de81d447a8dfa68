"""One child process that ends with its parent and is found dead when it dies."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from portal.supervisor.trouble import Trouble

PR_SET_PDEATHSIG = 1
LARGEST_LOG = 20 * 1024 * 1024  # bytes; a larger log is set aside once when its process starts

# Looked up before any fork: a child must not load libraries between fork and exec.
_prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)


def _die_with_parent(signal_number: int, parent: int) -> Callable[[], None]:
    """Return what the child does before it becomes the programme: ask the kernel for a signal on its parent's death.

    Without it, `kill -9` of the supervisor would leave servers behind that nobody stops. Linux only; elsewhere
    nothing is asked.
    """

    def ask() -> None:
        if _prctl is not None:
            _prctl(PR_SET_PDEATHSIG, int(signal_number))
            if os.getppid() != parent:
                os.kill(os.getpid(), signal_number)

    return ask


class Process:
    """A programme with its log, started in a session of its own so that Ctrl-C reaches only the supervisor."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | str = "/",
        stop_signal: int = signal.SIGTERM,
        last_signal: int = signal.SIGKILL,
        switches: dict | None = None,
    ):
        self.name = name
        self.command = list(command)
        self.log = log
        self.environment = dict(os.environ if environment is None else environment)
        self.folder = folder
        self.stop_signal = stop_signal
        self.last_signal = last_signal
        self.switches = switches or {}
        self.child: subprocess.Popen | None = None
        self.started_at = 0.0

    def start(self) -> None:
        """Start the programme, its output appended to the log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            try:
                self.child = subprocess.Popen(
                    self.command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    cwd=self.folder,
                    env=self.environment,
                    start_new_session=True,
                    preexec_fn=_die_with_parent(self.stop_signal, os.getpid()),
                    **self.switches,
                )
            except OSError as error:
                raise Trouble(f"无法启动 {self.name}：{error}\nCannot start {self.name}: {error}") from error
        self.started_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        return self.child is not None and self.child.poll() is None

    def ask_to_stop(self) -> None:
        if self.is_running:
            self.child.send_signal(self.stop_signal)

    def wait(self, seconds: float) -> bool:
        """Wait at most so long for the end; return whether it has ended."""
        if self.child is None:
            return True
        try:
            self.child.wait(max(seconds, 0.01))
        except subprocess.TimeoutExpired:
            return False
        return True

    def sweep(self) -> None:
        """Remove what is left of the programme's session: the programme itself, if it hangs, and its children."""
        if self.child is None:
            return
        if self.is_running and self.last_signal != signal.SIGKILL:
            self.child.send_signal(self.last_signal)
            self.wait(1.5)
        try:
            os.killpg(self.child.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        self.wait(1)

    def last_lines(self, count: int = 15) -> str:
        """Return the end of the log, for the message of a failure."""
        try:
            text = self.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-count:])


def stop_all(processes: Sequence[Process], seconds: float) -> None:
    """Ask all at once, give them together so many seconds, then remove what remains."""
    for process in processes:
        process.ask_to_stop()
    deadline = time.monotonic() + seconds
    for process in processes:
        process.wait(deadline - time.monotonic())
    for process in processes:
        process.sweep()
