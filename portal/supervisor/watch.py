"""Keeps processes alive: a dead one is started again, later each time it dies young."""

import time
from collections.abc import Callable, Sequence

from portal.supervisor.process import Process

FIRST_PAUSE = 1.0  # seconds
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0  # a process that ran so long has recovered; its next death counts as the first


class Watch:
    """Looks after processes; `look()` is called a few times a second and never blocks."""

    def __init__(self, processes: Sequence[Process], *, say: Callable[[str], None], now=time.monotonic):
        self.processes = list(processes)
        self.say = say
        self.now = now
        self._pause = dict.fromkeys(processes, FIRST_PAUSE)
        self._due: dict[Process, float] = {}

    def look(self) -> None:
        """Notice the dead, and start again those whose pause is over."""
        for process in self.processes:
            if process.is_running:
                continue
            if process not in self._due:
                self._mourn(process)
            elif self.now() >= self._due[process]:
                del self._due[process]
                process.start()

    def _mourn(self, process: Process) -> None:
        if self.now() - process.started_at > STEADY_AFTER:
            self._pause[process] = FIRST_PAUSE
        pause = self._pause[process]
        self._pause[process] = min(pause * 2, LONGEST_PAUSE)
        self._due[process] = self.now() + pause
        # Its own children must be gone before a second copy starts.
        process.sweep()
        self.say(f"{process.name} 意外退出，{pause:.0f} 秒后重新启动（日志：{process.log}）")
