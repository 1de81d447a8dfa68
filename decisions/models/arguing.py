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
from decisions.vocabulary import Adoption, ArgumentForm, ChosenBy, ExpertView, Selection
from portal.capacity.models import Expert
from portal.draws.models import Draw


class ExpertArgumentation(models.Model):
    """One argumentation on one version of the draft; closed with its report, it no longer changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(MajorDecision, models.PROTECT, related_name="argumentations", verbose_name="决策")
    number = models.PositiveSmallIntegerField("次序")
    form = models.CharField("论证方式", max_length=12, choices=ArgumentForm.choices)
    questions = models.TextField("请专家论证的问题")
    selection = models.CharField("专家产生方式", max_length=8, choices=Selection.choices)
    selection_reason = models.TextField("选定理由", help_text="专业性、代表性、均衡性，是否包括持不同意见的专家")
    draw = models.OneToOneField(
        Draw, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="抽取", editable=False
    )
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


class ChosenExpert(models.Model):
    """Who was asked: how chosen, what is known to tie the person to the matter, and why asked nevertheless."""

    argumentation = models.ForeignKey(
        ExpertArgumentation, models.PROTECT, related_name="chosen", verbose_name="专家论证"
    )
    number = models.PositiveSmallIntegerField("序号")
    expert = models.ForeignKey(
        Expert, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="专家库中的专家"
    )
    name = models.CharField("专家姓名", max_length=60)
    employer = models.CharField("单位和职称", max_length=210)
    field = models.CharField("专业领域", max_length=60)
    way = models.CharField("产生方式", max_length=8, choices=ChosenBy.choices)
    ties = models.TextField("已知利益关联", blank=True, help_text="选定时由系统比对得出，每行一条")
    reason = models.CharField("理由", max_length=300, blank=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="选定人")
    chosen_at = models.DateTimeField("选定时间")
    released_at = models.DateTimeField("免去时间", null=True, blank=True)
    released_reason = models.CharField("不参加的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "论证专家"
        verbose_name_plural = "论证专家"
        ordering = ("argumentation", "number")
        constraints = [
            models.UniqueConstraint(fields=["argumentation", "number"], name="chosen_expert_number_once"),
            models.UniqueConstraint(
                fields=["argumentation", "name", "employer"], name="expert_chosen_once",
                violation_error_message="这位专家已经选定。",
            ),
            models.CheckConstraint(
                condition=(Q(ties="") & ~Q(way="invited")) | ~Q(reason=""), name="tied_or_invited_expert_has_a_reason",
                violation_error_message="有利益关联的，或者从专家库以外邀请的，请写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(expert__isnull=False) | Q(way="invited"), name="expert_of_the_pool_is_named",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | ~Q(released_reason=""), name="released_expert_has_a_reason",
                violation_error_message="请写明不参加的原因。",
            ),
        ]  # fmt: skip
        triggers = [pgtrigger.Protect(name="chosen_expert_is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self):
        return f"{self.name}（{self.employer}）"

    @property
    def tie_lines(self) -> list[str]:
        return self.ties.splitlines()


class ExpertOpinion(models.Model):
    """What one expert said, with the statement on own interests and the answer to it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    argumentation = models.ForeignKey(
        ExpertArgumentation, models.PROTECT, related_name="opinions", verbose_name="专家论证"
    )
    number = models.PositiveSmallIntegerField("序号")
    chosen = models.OneToOneField(
        ChosenExpert, models.PROTECT, related_name="opinion", verbose_name="专家",
        error_messages={"unique": "这位专家的意见已经登记。"},
    )  # fmt: skip
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
    def name(self) -> str:
        return self.chosen.name

    @property
    def employer(self) -> str:
        return self.chosen.employer

    @property
    def field(self) -> str:
        return self.chosen.field

    @property
    def seen(self) -> str:
        parts = (self.name, self.employer, self.view, self.opinion, self.outcome, self.answer)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
