"""Legality review of drafts (合法性审核): request, reviewer, findings per clause, conclusion."""

import hashlib
import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.casefiles.models import CaseFile
from portal.organisations.models import Organisation


class Conclusion(models.TextChoices):
    """The three results of 国办发〔2018〕115号 (六)."""

    LAWFUL = "lawful", "合法"
    AMEND = "amend", "应当予以修改"
    UNLAWFUL = "unlawful", "不合法"


def carries_lawful_opinion(name: str) -> pgtrigger.Trigger:
    """For a kind of file with a ``lawful_review``: it can only be a lawful one of that very file."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.lawful_review_id IS NOT NULL"),
        func=(
            "IF NOT EXISTS (SELECT 1 FROM legal_review_legalityreview r WHERE r.id = NEW.lawful_review_id "
            "AND r.file_id = NEW.casefile_ptr_id AND r.conclusion = 'lawful') "
            "THEN RAISE EXCEPTION 'the legality opinion is not a lawful one of this file'; END IF; RETURN NEW;"
        ),
    )


@pghistory.track()
class LegalityReview(models.Model):
    """One round of review. A rework opens the next round; only the newest round counts.

    The reviewer is never the one who asked (国办发〔2018〕115号; 不得由承办人员自审).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="legality_reviews", verbose_name="案卷")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    reviewing_body = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="审核机构")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="送审人")
    requested_on = models.DateField("送审日期")
    pack_complete_on = models.DateField("材料齐备日期")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    conclusion = models.CharField("审核结论", max_length=10, choices=Conclusion.choices, blank=True)
    opinion = models.TextField("审核意见", blank=True)
    opinion_number = models.CharField("意见书文号", max_length=60, blank=True)
    concluded_at = models.DateTimeField("出具时间", null=True, blank=True)

    class Meta:
        verbose_name = "合法性审核"
        verbose_name_plural = "合法性审核"
        ordering = ("file", "-round")
        constraints = [
            models.UniqueConstraint(fields=["file", "round"], name="one_review_a_round"),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("requested_by")),
                name="reviewer_is_not_the_drafter",
                violation_error_message="审核人不能是送审人本人。",
            ),
            models.CheckConstraint(
                condition=Q(conclusion="")
                | (Q(reviewer__isnull=False) & Q(concluded_at__isnull=False) & ~Q(opinion_number="")),
                name="conclusion_has_reviewer_and_number",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="issued_opinion_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.conclusion <> ''"),
            )
        ]

    def __str__(self):
        return f"第 {self.round} 次审核"

    @property
    def is_concluded(self):
        return bool(self.conclusion)


@pghistory.track()
class Finding(models.Model):
    """What the reviewer found in one clause, and what the drafter did about it."""

    class Response(models.TextChoices):
        ACCEPTED = "accepted", "采纳"
        PARTLY = "partly", "部分采纳"
        NOT_ACCEPTED = "not_accepted", "不采纳"

    review = models.ForeignKey(LegalityReview, models.PROTECT, related_name="findings", verbose_name="审核")
    number = models.PositiveSmallIntegerField("序号")
    clause = models.CharField("条款", max_length=60)
    problem = models.TextField("问题")
    basis = models.CharField("依据", max_length=200)
    suggestion = models.TextField("修改建议", blank=True)
    response = models.CharField("回应", max_length=12, choices=Response.choices, blank=True)
    response_reason = models.TextField("回应说明", blank=True)
    responded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回应人"
    )
    responded_at = models.DateTimeField("回应时间", null=True, blank=True)

    class Meta:
        verbose_name = "审核意见条目"
        verbose_name_plural = "审核意见条目"
        ordering = ("review", "number")
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="finding_number_once")]

    def __str__(self):
        return f"第 {self.number} 条：{self.clause}"

    @property
    def seen(self) -> str:
        """What a form about this finding remembers, so that the second of two people is told."""
        parts = (self.clause, self.problem, self.basis, self.suggestion, self.response, self.response_reason)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


class CheckAnswer(models.Model):
    """An answer to one question of the review list (审核清单), with a note."""

    review = models.ForeignKey(LegalityReview, models.PROTECT, related_name="checks", verbose_name="审核")
    code = models.CharField("审核项", max_length=40)
    passed = models.BooleanField("符合")
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "审核清单答复"
        verbose_name_plural = "审核清单答复"
        constraints = [models.UniqueConstraint(fields=["review", "code"], name="check_answered_once")]

    def __str__(self):
        return f"{self.code}：{'符合' if self.passed else '不符合'}"
