"""What the system administrator watches: servers, worker, queue, schedule, disk, versions."""

import platform
import shutil
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import redis
from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django_celery_beat.models import PeriodicTask
from kombu.exceptions import OperationalError

from portal.audit.models import Anchor
from portal.jobs.models import Job
from portal.jobs.queue import HEARTBEAT_LOST_AFTER
from portal.settings.env import redis_database
from portal.web.templatetags.portal import stamp

SECONDS = 2
FINE, SOON, LATE = "fine", "soon", "late"
PACKAGES = ("django", "celery", "psycopg2-binary", "weasyprint")
LEAST_FREE = 0.1
GIB = 1024**3


@dataclass(frozen=True)
class Finding:
    """One line: what, how it is in words, and ``fine``, ``soon`` (look into it) or ``late`` (broken)."""

    what: str
    state: str
    text: str

    @property
    def word(self) -> str:
        return {FINE: "正常", SOON: "请留意", LATE: "异常"}[self.state]


def findings() -> list[Finding]:
    """All of it; a part that cannot be asked is a finding, not an error."""
    return [_database(), *_broker(), _worker(), *_queue(), *_schedule(), _disk(), _anchor()]


def versions() -> list[dict]:
    """What runs here."""
    rows = [{"key": "本系统", "value": version_of_portal()}, {"key": "Python", "value": platform.python_version()}]
    rows += [{"key": name, "value": version(name)} for name in PACKAGES]
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        rows.append({"key": "PostgreSQL", "value": cursor.fetchone()[0]})
    return rows


def version_of_portal() -> str:
    return getattr(settings, "PORTAL_VERSION", "") or "开发版"


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
    except DatabaseError:
        return Finding("数据库", LATE, "没有应答")
    return Finding("数据库", FINE, f"有应答，数据 {size / 1024 / 1024:.0f} MB")


def _broker() -> list[Finding]:
    address = redis_database(settings.REDIS_URL, 2)
    try:
        with redis.Redis.from_url(address, socket_connect_timeout=SECONDS, socket_timeout=SECONDS) as client:
            client.ping()
            waiting = client.llen("celery")
    except redis.RedisError:
        return [Finding("消息服务", LATE, "没有应答；任务不会丢失，恢复后自动继续")]
    return [Finding("消息服务", FINE, f"有应答，待取消息 {waiting} 条")]


def _worker() -> Finding:
    try:
        answers = current_app.control.ping(timeout=1)
    except (OperationalError, redis.RedisError):
        return Finding("后台进程", LATE, "无法询问：消息服务没有应答")
    if not answers:
        return Finding("后台进程", LATE, "没有进程应答")
    return Finding("后台进程", FINE, f"{len(answers)} 个进程应答")


def _queue() -> list[Finding]:
    waiting = Job.objects.filter(state=Job.State.WAITING)
    oldest = waiting.order_by("id").values_list("asked_at", flat=True).first()
    late = oldest is not None and timezone.now() - oldest > 5 * HEARTBEAT_LOST_AFTER
    text = f"排队 {waiting.count()} 项" + (f"，最早的提出于 {stamp(oldest)}" if oldest else "")
    silent = Job.objects.filter(
        state=Job.State.RUNNING, beat_at__lt=timezone.now() - HEARTBEAT_LOST_AFTER
    ).count()  # fmt: skip
    failed = Job.objects.filter(state=Job.State.FAILED).count()
    return [
        Finding("任务队列", SOON if late else FINE, text),
        Finding("执行中断的任务", SOON if silent else FINE, f"{silent} 项"),
        Finding("失败待重试的任务", SOON if failed else FINE, f"{failed} 项"),
    ]


def _schedule() -> list[Finding]:
    tasks = PeriodicTask.objects.filter(enabled=True).exclude(name__startswith="celery.").order_by("name")
    if not tasks:
        return [Finding("定时任务", SOON, "尚未登记，定时进程可能没有启动过")]
    return [
        Finding(
            f"定时任务：{task.name}",
            FINE if task.last_run_at else SOON,
            f"上次执行 {stamp(task.last_run_at)}" if task.last_run_at else "还没有执行过",
        )
        for task in tasks
    ]


def _disk() -> Finding:
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    state = LATE if usage.free < GIB else SOON if usage.free / usage.total < LEAST_FREE else FINE
    return Finding("磁盘", state, f"可用 {usage.free / GIB:.1f} GB，共 {usage.total / GIB:.1f} GB")


def _anchor() -> Finding:
    last = Anchor.objects.values_list("made_at", flat=True).first()
    if last is None:
        return Finding("审计固化", SOON, "还没有固化过")
    late = timezone.now() - last > timedelta(days=2)
    return Finding("审计固化", SOON if late else FINE, f"最近一次 {stamp(last)}")
