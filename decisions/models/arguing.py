"""Expert argumentation (专家论证) of a decision draft: how the experts were chosen, what each said, what became of it.

Law: 国令713 arts. 19-21 (independent, no direct interest, those who dissent included; signed; published by and by).
"""

import hashlib
import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from decisions.models.decision import MajorDecision
from decisions.vocabulary import Adoption, ArgumentForm, ExpertView, Selection


class ExpertArgumentation(models.Model):
    """One argumentation on one version of the draft; closed with its report, it no longer changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(MajorDecision, models.PROTECT, related_name="argumentations", verbose_name="决策")
    number = models.PositiveSmallIntegerField("次序")
    form = models.CharField("论证方式", max_length=12, choices=ArgumentForm.choices)
    questions = models.TextField("请专家论证的问题")
    selection = models.CharField("专家产生方式", max_length=8, choices=Selection.choices)
    selection_reason = models.TextField("选定理由", help_text="专业性、代表性、均衡性，是否包括持不同意见的专家")
    held_on = models.DateField("论证日期")
    draft_digest = models.CharField("论证稿摘要值", max_length=64, editable=False)
    report = models.TextField("论证报告", blank=True, help_text="对必要性、科学性、可行性的结论")
    closed_at = models.DateTimeField("报告入卷时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告人"
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = "专家论证"
        verbose_name_plural = "专家论证"
        ordering = ("decision", "number")
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="argumentation_number_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(report=""), name="closed_argumentation_has_its_report"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="closed_argumentation_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"第 {self.number} 次专家论证"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class ExpertOpinion(models.Model):
    """What one expert said, with the statement on own interests and the answer to it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    argumentation = models.ForeignKey(
        ExpertArgumentation, models.PROTECT, related_name="opinions", verbose_name="专家论证"
    )
    number = models.PositiveSmallIntegerField("序号")
    name = models.CharField("专家姓名", max_length=60)
    employer = models.CharField("单位和职称", max_length=160)
    field = models.CharField("专业领域", max_length=60)
    has_no_interest = models.BooleanField("已声明与决策事项没有直接利害关系")
    view = models.CharField("总体意见", max_length=12, choices=ExpertView.choices)
    opinion = models.TextField("论证意见")
    signed_on = models.DateField("签字日期")
    may_be_published = models.BooleanField("专家同意公开姓名和单位", default=False)
    outcome = models.CharField("采纳情况", max_length=12, choices=Adoption.choices, blank=True)
    answer = models.TextField("采纳情况说明", blank=True)

    class Meta:
        verbose_name = "专家意见"
        verbose_name_plural = "专家意见"
        ordering = ("argumentation", "number")
        constraints = [
            models.UniqueConstraint(fields=["argumentation", "number"], name="expert_opinion_number_once"),
            models.UniqueConstraint(
                fields=["argumentation", "name", "employer"], name="expert_once_an_argumentation",
                violation_error_message="这位专家的意见已经登记。",
            ),
            models.CheckConstraint(
                condition=Q(has_no_interest=True), name="expert_declares_no_interest",
                violation_error_message="专家与决策事项有直接利害关系，或者没有声明的，不得参加论证。",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(answer=""), name="expert_answer_has_reasons",
                violation_error_message="请说明采纳情况。",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="opinions_of_closed_argumentation_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=(
                    "IF EXISTS (SELECT 1 FROM decisions_expertargumentation a WHERE a.id = "
                    "COALESCE(NEW.argumentation_id, OLD.argumentation_id) AND a.closed_at IS NOT NULL) "
                    "THEN RAISE EXCEPTION 'the argumentation is closed'; END IF; RETURN COALESCE(NEW, OLD);"
                ),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def seen(self) -> str:
        parts = (self.name, self.employer, self.view, self.opinion, self.outcome, self.answer)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
