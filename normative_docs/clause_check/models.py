"""What was hinted on a draft, and what people made of each hint. The engine itself keeps nothing."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from normative_docs.models import NormativeDocument


class Decision(models.TextChoices):
    OPEN = "open", "待处理"
    ACCEPTED = "accepted", "采纳"
    DISMISSED = "dismissed", "不采纳"


class ClauseCheck(models.Model):
    """One reading of one draft: the digest says of which. The same draft is one check, however often it is read."""

    document = models.ForeignKey(
        NormativeDocument, models.CASCADE, related_name="clause_checks", verbose_name="规范性文件"
    )
    text_digest = models.CharField("文稿摘要值", max_length=64)
    first_checked_at = models.DateTimeField("首次检查时间")
    checked_at = models.DateTimeField("检查时间")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="检查人")

    class Meta:
        verbose_name = "条款检查"
        verbose_name_plural = "条款检查"
        ordering = ("document", "-first_checked_at", "-id")
        constraints = [models.UniqueConstraint(fields=["document", "text_digest"], name="draft_checked_once")]

    def __str__(self):
        return f"{self.document_id} {self.text_digest[:8]}"


@pghistory.track()
class ClauseHint(models.Model):
    """One hint on one draft (仅供审核参考), accepted or dismissed by a person. A dismissal has its reason."""

    check_of = models.ForeignKey(ClauseCheck, models.CASCADE, related_name="hints", verbose_name="条款检查")
    place = models.PositiveSmallIntegerField("次序")
    at = models.CharField("条款", max_length=80)
    text = models.TextField("原文")
    kind = models.CharField("提示", max_length=40)
    basis = models.CharField("依据", max_length=300)
    why = models.TextField("为什么提示")
    decision = models.CharField("处理", max_length=10, choices=Decision.choices, default=Decision.OPEN)
    reason = models.TextField("理由", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = "条款提示"
        verbose_name_plural = "条款提示"
        ordering = ("check_of", "place", "id")
        constraints = [
            models.UniqueConstraint(
                "check_of", "at", "kind", models.functions.MD5("text"), name="clause_hinted_once_a_draft"
            ),
            models.CheckConstraint(
                condition=~Q(decision="dismissed") | ~Q(reason=""),
                name="dismissed_hint_has_its_reason",
                violation_error_message="不采纳提示的，应当说明理由。",
            ),
            models.CheckConstraint(
                condition=Q(decision="open", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(decision="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="decided_hint_has_its_person",
            ),
        ]

    def __str__(self):
        return f"{self.at}：{self.kind}"

    @property
    def is_open(self) -> bool:
        return self.decision == Decision.OPEN
