"""What the public asks about a matter, and what it is told (答疑)."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.casefiles.models import CaseFile
from portal.receipts.models import TypedDraft


@pghistory.track()
class PublicQuestion(models.Model):
    """A question about a matter. It is answered by one person and read on the matter's page after another reviewed it.

    ``for_asker_only``: the answer goes to the holder of the receipt alone, because the question is about a person.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待答复"
        ANSWERED = "answered", "待审核"
        SETTLED = "settled", "已答复"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="public_questions", verbose_name="案卷")
    number = models.PositiveIntegerField("序号")
    content = models.TextField("问题")
    name = models.CharField("姓名或名称", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=100, blank=True)
    asked_at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED, editable=False)
    public_text = models.TextField("公布的问题", blank=True)
    answer = models.TextField("答复", blank=True)
    for_asker_only = models.BooleanField("只答复本人", default=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    sent_back_reason = models.CharField("退回修改的意见", max_length=300, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)

    class Meta:
        verbose_name = "公众提问"
        verbose_name_plural = "公众提问"
        ordering = ("file", "number")
        indexes = [models.Index(fields=["file", "state", "-reviewed_at"], name="questions_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="question_number_once"),
            models.CheckConstraint(
                condition=Q(state="asked")
                | (~Q(answer="") & ~Q(public_text="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="answered_question_has_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="settled") | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="settled_question_was_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("answered_by")),
                name="answer_reviewed_by_another",
            ),
        ]
        triggers = [
            # What a citizen asked is evidence; only its answer may change, and not after it went out.
            pgtrigger.Protect(
                name="question_text_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("content", "asked_at", "number", "file", "name", "contact"),
            ),
            pgtrigger.Protect(
                name="settled_question_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="settled"),
            ),
            pgtrigger.Protect(name="question_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"第 {self.number} 个问题"

    @property
    def seen(self) -> str:
        """What a form remembers, so that the second of two people is told."""
        return f"{self.state}-{self.answered_at.timestamp() if self.answered_at else ''}-{self.sent_back_reason}"


class QuestionDraft(TypedDraft):
    """A question that was typed and not yet handed in."""

    file = models.ForeignKey(CaseFile, models.CASCADE, related_name="+", verbose_name="案卷")
    question = models.OneToOneField(
        PublicQuestion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出的问题"
    )

    class Meta:
        verbose_name = "待提交的问题"
        verbose_name_plural = "待提交的问题"
        indexes = [models.Index(fields=["created_at"], name="question_drafts_by_age")]

    def __str__(self):
        return f"待提交的问题 {self.pk}"
