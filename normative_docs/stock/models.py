"""What was handed in of existing documents, and what was read in every row or file of it."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from normative_docs.models import NormativeDocument
from portal.documents.models import Blob
from portal.jobs.models import Job
from portal.organisations.models import Organisation


class StockImport(models.Model):
    """One list, packet or folder. Nothing of it is on record before a person has confirmed it."""

    class Kind(models.TextChoices):
        SHEET = "sheet", "Excel 清单"
        ARCHIVE = "archive", "原文压缩包"
        FOLDER = "folder", "原文文件夹"

    class State(models.TextChoices):
        READING = "reading", "正在读取"
        READ = "read", "待确认"
        WORKING = "working", "正在办理"
        DONE = "done", "已办理"
        UNREADABLE = "unreadable", "未能读取"
        DROPPED = "dropped", "已放弃"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="stock_imports", verbose_name="登记机关"
    )
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.READING)
    name = models.CharField("文件名", max_length=255)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上传的文件")
    notes = models.JSONField("说明", default=list)
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="后台任务")
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    handed_in_at = models.DateTimeField("上传时间")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = "存量文件批次"
        verbose_name_plural = "存量文件批次"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("working", "done")) | Q(confirmed_by__isnull=False),
                name="stock_is_recorded_only_by_a_person",
            )
        ]
        triggers = [pgtrigger.Protect(name="stock_import_is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self):
        return self.name

    @property
    def makes_drafts(self) -> bool:
        """Files are read by the machine, so they become drafts to check; a list was typed by a person."""
        return self.kind != self.Kind.SHEET

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.READING, self.State.WORKING)


class StockLine(models.Model):
    """One row or file: what was read, what is wrong with it, and what became of it.

    ``values`` holds the fields of a document as JSON text, ``problems`` (label, sentence) pairs that stand in the way,
    ``warnings`` sentences to look at, ``missing`` labels of what was not found.
    """

    class Outcome(models.TextChoices):
        NEW = "new", "可登记"
        KNOWN = "known", "已登记过"
        FAULTY = "faulty", "有错误"

    stock_import = models.ForeignKey(StockImport, models.PROTECT, related_name="lines", verbose_name="批次")
    number = models.PositiveIntegerField("行号")
    source = models.CharField("原文文件", max_length=255, blank=True)
    values = models.JSONField("读到的内容", default=dict)
    problems = models.JSONField("错误", default=list)
    warnings = models.JSONField("提示", default=list)
    missing = models.JSONField("未识别出", default=list)
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原文")
    known = models.ForeignKey(
        NormativeDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="已登记的文件"
    )
    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="由此产生的文件"
    )

    class Meta:
        verbose_name = "存量文件行"
        verbose_name_plural = "存量文件行"
        ordering = ("stock_import", "number")
        constraints = [
            models.UniqueConstraint(fields=["stock_import", "number"], name="stock_line_number_once"),
            models.CheckConstraint(condition=~Q(outcome="known") | Q(known__isnull=False), name="known_line_says_what"),
        ]
        triggers = [pgtrigger.Protect(name="stock_line_is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self):
        return self.values.get("title") or self.source or f"第 {self.number} 行"
