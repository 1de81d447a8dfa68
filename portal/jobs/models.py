"""Work that outlives a request. A job is a row of the transaction that asked for it (outbox);
the broker is only the bell: a lost message is made good by the next sweep over waiting rows."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Job(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "失败，可重试"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("任务", max_length=60)
    label = models.CharField("名称", max_length=200)
    arguments = models.JSONField("参数", default=dict)
    key = models.CharField("去重键", max_length=120, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField("进度（%）", default=0)
    message = models.CharField("说明", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="jobs", verbose_name="提出人"
    )
    asked_at = models.DateTimeField("提出时间", auto_now_add=True)
    run_by = models.CharField("执行者", max_length=80, blank=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    beat_at = models.DateTimeField("最近心跳", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    result_url = models.CharField("结果地址", max_length=300, blank=True)

    class Meta:
        verbose_name = "后台任务"
        verbose_name_plural = "后台任务"
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["id"], condition=Q(state__in=("waiting", "running")), name="jobs_not_finished"),
            models.Index(fields=["asked_by", "-id"], name="jobs_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=("waiting", "running")) & ~Q(key=""),
                name="same_job_once_at_a_time",
            )
        ]

    def __str__(self):
        return self.label

    @property
    def is_over(self):
        return self.state in (self.State.DONE, self.State.FAILED)
