"""Inspections of how a town makes and files its documents (日常检查、重点督查)."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.casefiles.models import CaseFile
from portal.oversight.inspecting.workflow import WORKFLOW, Stage
from portal.workflow.models import StagedFile, lawful_stages, stage_field


@pghistory.track()
class Inspection(StagedFile):
    """One inspection of one town; the town sees its findings once the opinion is issued."""

    class Kind(models.TextChoices):
        ROUTINE = "routine", "日常检查"
        KEY = "key", "重点督查"

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    inspection_kind = models.CharField("检查类别", max_length=8, choices=Kind.choices)
    inspected_on = models.DateField("检查日期")
    inspectors = models.CharField("检查人员", max_length=120)
    scope_text = models.TextField("检查内容", blank=True)
    summary = models.TextField("检查情况", blank=True)
    rectify_until = models.DateField("整改期限", null=True, blank=True, editable=False)
    issued_on = models.DateField("下达日期", null=True, blank=True, editable=False)
    opinion_number = models.CharField("检查意见书文号", max_length=60, blank=True, editable=False)
    answered_on = models.DateField("报送整改日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "文件工作检查"
        verbose_name_plural = "文件工作检查"
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.RECTIFYING, Stage.CHECKING])
                | (Q(rectify_until__isnull=False) & ~Q(opinion_number="")),
                name="issued_inspection_has_a_limit",
            ),
        ]
        triggers = lawful_stages(WORKFLOW, "oversight_inspection")

    @property
    def has_been_issued(self) -> bool:
        return self.stage != Stage.RECORDING

    @property
    def is_writable(self) -> bool:
        """The county may change what it saw until the opinion is issued."""
        return self.stage == Stage.RECORDING


class InspectedDocument(models.Model):
    """A document that was looked at: a file of the portal, or one named in words."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="looked_at", verbose_name="检查")
    file = models.ForeignKey(CaseFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="案卷")
    title = models.CharField("文件", max_length=200)

    class Meta:
        verbose_name = "所查文件"
        verbose_name_plural = "所查文件"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["inspection", "title"], name="document_looked_at_once")]

    def __str__(self):
        return self.title


@pghistory.track()
class InspectionFinding(models.Model):
    """What was found, what the town must do, and its answer."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings", verbose_name="检查")
    number = models.PositiveSmallIntegerField("序号")
    document = models.CharField("涉及文件", max_length=200, blank=True)
    problem = models.TextField("问题")
    basis = models.CharField("依据", max_length=200)
    demand = models.TextField("整改要求")
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    answer = models.TextField("整改情况", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "检查发现的问题"
        verbose_name_plural = "检查发现的问题"
        ordering = ("inspection", "number")
        constraints = [models.UniqueConstraint(fields=["inspection", "number"], name="inspection_finding_once")]

    def __str__(self):
        return f"第 {self.number} 条"
