"""The command line of the supervisor, used by `bin/portal`.

up            run the portal in the foreground
down          stop it
status        say whether it runs; exit status 0 when it does
manage WORDS…  run a command of manage.py with the servers up, and the tables made where there are none
run WORDS…    run a command with the servers up (own ones only for its duration, unless they run already)
scratch WORDS…  the same on servers for tests: own folder, no flushing of files
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable

from portal.supervisor import layout as layouts
from portal.supervisor import servers
from portal.supervisor.site import have_tables_for
from portal.supervisor.trouble import Trouble
from portal.supervisor.up import down, say, up


def status(layout: layouts.Layout) -> int:
    lock = servers.servers_lock(layout)
    if lock.take():
        lock.release()
        say("门户没有在运行。")
        return 1
    holder = lock.read()
    say(f"门户正在运行：{holder['address']}" if holder.get("address") else "只有一个命令在使用数据库。")
    return 0 if holder.get("address") else 1


def run(
    layout: layouts.Layout, words: list[str], *, durable: bool = True, before: Callable[[], None] = lambda: None
) -> int:
    """Run the words as a command, standard output left to it alone; return its exit status.

    :param before: what is done first, with the servers up.
    """
    if not words:
        raise Trouble("缺少要运行的命令。\nThe command to run is missing.")

    def pass_on(number: int, frame: object) -> None:
        # Ctrl-C reaches the command by itself; a plain kill of this process does not.
        if child is not None and number == signal.SIGTERM:
            child.send_signal(number)

    child = None
    signal.signal(signal.SIGINT, pass_on)
    signal.signal(signal.SIGTERM, pass_on)
    with servers.borrowed(layout, durable=durable):
        before()
        child = subprocess.Popen(words, env=servers.environment(layout))
        code = child.wait()
    return code if code >= 0 else 128 - code


def main(words: list[str]) -> int:
    verb, *rest = words or ["help"]
    layout = layouts.current()
    if verb == "up":
        return up(layout)
    if verb == "down":
        return down(layout)
    if verb == "status":
        return status(layout)
    if verb == "manage":
        command = [sys.executable, str(layouts.PROJECT / "manage.py"), *rest]
        return run(layout, command, before=lambda: have_tables_for(layout, rest))
    if verb == "run":
        return run(layout, rest)
    if verb == "scratch":
        for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        return run(layout, rest, durable=False)
    say(__doc__)
    return 0 if verb == "help" else 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        say(str(trouble))
        sys.exit(1)
