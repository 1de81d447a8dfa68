"""`bin/portal up`: everything under one process, which stays in the foreground until it is told to stop."""

import os
import signal
import sys
import time
from collections.abc import Callable

from portal.supervisor import servers, site
from portal.supervisor.layout import Layout
from portal.supervisor.process import Process, stop_all
from portal.supervisor.trouble import Trouble
from portal.supervisor.watch import Watch

LOOK_EVERY = 0.3  # seconds
WAIT_FOR_COMMAND = 60.0

# Together under ten seconds, which is what whoever stops the portal is promised.
SECONDS_FOR_WORK = 3.5
SECONDS_FOR_SERVERS = 2.5

DEMO_ACCOUNTS = (
    ("龙潭镇", "lt_clerk lt_legal lt_head lt_village01 lt_mediator"),
    ("清河镇", "qh_clerk qh_legal qh_head"),
    ("云溪县", "county_reviewer county_supervisor"),
    ("管理员", "sysadmin secadmin auditor"),
)


class Stopped(BaseException):
    """Raised by the stop signals, whatever is being done at that moment."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _stop(number: int, frame: object) -> None:
    raise Stopped


def _take_lock(layout: Layout) -> servers.Lock | None:
    """Take the place of the one supervisor; None when a portal is running here already."""
    lock = servers.servers_lock(layout)
    deadline = time.monotonic() + WAIT_FOR_COMMAND
    waiting = False
    while not lock.take():
        holder = lock.read()
        if holder.get("kind") == "up":
            say(f"门户已在运行：{holder.get('address', '')}（停止：bin/portal down）")
            return None
        if time.monotonic() > deadline:
            raise Trouble(
                "另一个命令正在使用数据库，请稍后再试。\nAnother command is using the database; try again later."
            )
        if not waiting:
            say("等待另一个命令结束……")
            waiting = True
        time.sleep(0.2)
    return lock


def _print_welcome(layout: Layout) -> None:
    say("")
    say(f"  门户地址   {site.shown_address()}")
    say(f"  工作人员   {site.shown_address()}staff/")
    if site.wants_demo():
        say("  演示账号：")
        for unit, names in DEMO_ACCOUNTS:
            say(f"    {unit}   {names}")
        say(f"  演示口令   {site.demo_password(layout)}")
    say("")
    say("  停止：Ctrl-C，或另开窗口运行 bin/portal down")
    say(f"  日志：{layout.logs}")


def up(layout: Layout) -> int:
    """Run the portal until SIGINT or SIGTERM; return the exit status.

    The web server answers as soon as the tables exist; the demo county is built behind it.
    """
    site.address()
    started_at = time.monotonic()
    lock = _take_lock(layout)
    if lock is None:
        return 0
    lock.write({"pid": os.getpid(), "kind": "up", "address": site.shown_address()})
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    work: list[Process] = []
    base: list[Process] = []
    try:
        _start_all(layout, lock, base, work)
        say(f"已就绪，用时 {time.monotonic() - started_at:.0f} 秒。")
        _print_welcome(layout)
        watch = Watch([*base, *work], say=say)
        while True:
            watch.look()
            time.sleep(LOOK_EVERY)
    except Stopped:
        say("正在停止……")
        return 0
    finally:
        _without_interruption(lambda: _stop_everything(work, base))
        lock.write({})
        lock.release()
        say("已停止。")


def _start_all(layout: Layout, lock: servers.Lock, base: list[Process], work: list[Process]) -> None:
    """Start servers, web server, worker and beat, each noted in its list when it runs."""
    base.extend(servers.start(layout))
    facts = {"pid": os.getpid(), "kind": "up", "address": site.shown_address(), "ready": True}
    todo = site.FirstTimeWork(layout)
    web = site.web_process(layout)
    if not todo.has_tables:
        say("正在建立数据库……")
        todo.prepare_database()
    lock.write(facts)
    site.wait_for_port()
    _start(work, web)
    site.wait_for_first_answer(web)
    if not todo.is_done:
        if site.wants_demo():
            say(f"门户已可打开：{site.shown_address()}  正在建立演示县……")
        todo.build_demo()
    for process in site.queue_processes(layout):
        _start(work, process)


def _start(work: list[Process], process: Process) -> None:
    work.append(process)
    process.start()


def _without_interruption(finish: Callable[[], None]) -> None:
    """Finish even when the stop signal comes twice."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    finish()


def _stop_everything(work: list[Process], base: list[Process]) -> None:
    stop_all(work, SECONDS_FOR_WORK)
    stop_all(base, SECONDS_FOR_SERVERS)


def down(layout: Layout) -> int:
    """Stop the portal of this folder and wait for its end. Not running is no failure."""
    lock = servers.servers_lock(layout)
    if lock.take():
        lock.release()
        say("门户没有在运行。")
        return 0
    holder = lock.read()
    if holder.get("kind") != "up" or not holder.get("pid"):
        say("只有一个命令在使用数据库，它结束后数据库自行停止。")
        return 0
    os.kill(holder["pid"], signal.SIGTERM)
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if lock.take():
            lock.release()
            say("门户已停止。")
            return 0
        time.sleep(0.1)
    raise Trouble(f"进程 {holder['pid']} 未能停止。\nProcess {holder['pid']} did not stop.")
