"""Consultation of the public on a draft, its comments, and the answer to every one of them."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.casefiles.models import CaseFile
from portal.moment import today
from portal.receipts.models import TypedDraft


class ConsultationQuerySet(models.QuerySet):
    def public(self):
        return self.filter(withdrawn_at__isnull=True)

    def running(self, on=None):
        on = on or today()
        return self.public().filter(opened_on__lte=on, closes_on__gte=on)


@pghistory.track()
class PublicConsultation(models.Model):
    """A draft put before the public (公开征求意见) from ``opened_on`` to ``closes_on``, both included.

    ``minimum_end`` is the last day of the minimum period in law; an earlier closing day needs a reason,
    which the notice shows. The text is the one opened; further versions of it are ``DraftVersion``.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="consultations", verbose_name="案卷")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    title = models.CharField("标题", max_length=200)
    summary = models.TextField("公告摘要")
    draft_text = models.TextField("征求意见稿")
    notes_text = models.TextField("起草说明")
    opened_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    minimum_end = models.DateField("法定最短期限末日")
    rule_basis = models.CharField("期限依据", max_length=200)
    shortened_reason = models.CharField("缩短期限的理由", max_length=300, blank=True)
    contact_unit = models.CharField("联系单位", max_length=100)
    contact_phone = models.CharField("联系电话", max_length=60)
    contact_email = models.EmailField("电子邮箱", blank=True)
    contact_address = models.CharField("通信地址", max_length=200, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发布人")
    answers_published_at = models.DateTimeField("反馈公布时间", null=True, blank=True)
    answers_published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="反馈公布人"
    )
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤下理由", max_length=300, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "公开征求意见"
        verbose_name_plural = "公开征求意见"
        ordering = ("-opened_on", "-id")
        indexes = [models.Index(fields=["-opened_on", "-id"], name="consultations_by_opening")]
        constraints = [
            models.UniqueConstraint(fields=["file", "round"], name="one_consultation_a_round"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opened_on")), name="consultation_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("minimum_end")) | ~Q(shortened_reason=""),
                name="shorter_consultation_says_why",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self):
        return self.withdrawn_at is None and self.opened_on <= today() <= self.closes_on

    @property
    def days_left(self):
        """Calendar days left, the closing day included; 0 once it is over."""
        return max((self.closes_on - today()).days + 1, 0)

    @property
    def state_label(self):
        if self.withdrawn_at:
            return "已撤下"
        if today() < self.opened_on:
            return "未开始"
        if self.is_open:
            return "正在征集"
        return "已反馈" if self.answers_published_at else "已截止"


class OpinionGroup(models.Model):
    """Opinions that say the same (同类意见) and get one answer; the answer is written to every one of them."""

    consultation = models.ForeignKey(PublicConsultation, models.PROTECT, related_name="groups", verbose_name="征求意见")
    number = models.PositiveSmallIntegerField("组号")
    name = models.CharField("意见归纳", max_length=120)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="归组人")
    made_at = models.DateTimeField("归组时间")

    class Meta:
        verbose_name = "同类意见"
        verbose_name_plural = "同类意见"
        ordering = ("consultation", "number")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="group_number_once"),
            models.CheckConstraint(condition=~Q(name=""), name="group_has_a_name"),
        ]

    def __str__(self):
        return f"第 {self.number} 组：{self.name}"


class PublicComment(models.Model):
    """One opinion of the public (公众意见) and its answer (采纳情况)."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", "采纳"
        PARTLY = "partly", "部分采纳"
        NOT_ADOPTED = "not_adopted", "不采纳"

    class From(models.TextChoices):
        PERSON = "person", "个人"
        ENTERPRISE = "enterprise", "企业"
        ORGANISATION = "organisation", "其他组织"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(
        PublicConsultation, models.PROTECT, related_name="comments", verbose_name="征求意见"
    )
    number = models.PositiveIntegerField("序号")
    article = models.CharField("针对条款", max_length=60, blank=True)
    draft_number = models.PositiveSmallIntegerField("针对稿次", default=1)
    paragraph = models.TextField("条款原文", blank=True)
    group = models.ForeignKey(
        OpinionGroup, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name="同类意见"
    )
    content = models.TextField("意见内容")
    sent_from = models.CharField("身份", max_length=12, choices=From.choices, default=From.PERSON)
    name = models.CharField("姓名或名称", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=100, blank=True)
    name_is_public = models.BooleanField("同意公开姓名", default=False)
    submitted_at = models.DateTimeField("提交时间")
    outcome = models.CharField("处理结果", max_length=12, choices=Outcome.choices, blank=True)
    answer = models.TextField("答复理由", blank=True)
    public_text = models.TextField("公布的意见内容", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "公众意见"
        verbose_name_plural = "公众意见"
        ordering = ("consultation", "number")
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="comment_number_once"),
            models.CheckConstraint(
                condition=Q(outcome="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="answered_comment_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(public_text=""),
                name="answered_comment_has_its_public_text",
            ),
        ]
        indexes = [models.Index(fields=["consultation", "outcome", "number"], name="comments_by_outcome")]
        triggers = [
            # What a citizen wrote is evidence: only its answer may change.
            pgtrigger.Protect(
                name="comment_text_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "content", "submitted_at", "number", "consultation", "article", "draft_number", "paragraph"
                ),
            ),
            pgtrigger.Protect(name="comment_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"第 {self.number} 条意见"

    @property
    def shown_name(self):
        """The name as the public sees it."""
        return self.name if self.name_is_public and self.name else "匿名"

    @property
    def answer_seen(self) -> str:
        """What a form about the answer remembers, so that the second of two clerks is told."""
        return self.answered_at.isoformat() if self.answered_at else ""


class CommentDraft(TypedDraft):
    """An opinion that was typed and not yet handed in."""

    consultation = models.ForeignKey(PublicConsultation, models.CASCADE, related_name="+", verbose_name="征求意见")
    comment = models.OneToOneField(
        PublicComment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提交的意见"
    )

    class Meta:
        verbose_name = "待提交的意见"
        verbose_name_plural = "待提交的意见"
        indexes = [models.Index(fields=["created_at"], name="comment_drafts_by_age")]

    def __str__(self):
        return f"待提交的意见 {self.pk}"
