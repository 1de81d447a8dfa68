"""The reviewed copy of a file's public content, the marks that made it, and what was published when."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.casefiles.models import CaseFile
from portal.documents.models import Blob, DocumentVersion
from portal.moment import today
from portal.organisations.models import Organisation
from portal.publishing import redaction
from portal.publishing.effect import Effect, effect_of, effect_q


class ReviewedCopy(models.Model):
    """The public text of a file (公开文本): prepared with marks by one person, reviewed by another (保密审查).

    ``parts`` holds the masked texts by part code and is written once, at review, together with the list of papers;
    the worker then makes their renditions. ``source_digest`` names the source that was looked at; another source
    makes the copy stale. An automatic copy is that of an existing
    document in which the rules found nothing; whoever registered it answers for it.
    """

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="reviewed_copies", verbose_name="案卷")
    source_digest = models.CharField("原文摘要值", max_length=64)
    rules_version = models.CharField("脱敏规则版本", max_length=20)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="准备人"
    )
    prepared_at = models.DateTimeField("准备时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审查人"
    )
    reviewed_at = models.DateTimeField("审查时间", null=True, blank=True)
    checklist = models.JSONField("审查事项", default=list)
    parts = models.JSONField("公开文本", default=dict)
    note = models.CharField("审查说明", max_length=300, blank=True)
    is_automatic = models.BooleanField("自动形成", default=False)

    class Meta:
        verbose_name = "公开文本"
        verbose_name_plural = "公开文本"
        ordering = ("-id",)
        indexes = [models.Index(fields=["file", "-id"], name="copies_of_file")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_automatic=True)
                | Q(prepared_by__isnull=False) & (Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("prepared_by"))),
                name="copy_seen_by_four_eyes",
                violation_error_message="准备人和审查人不能是同一人。",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(checklist=[]),
                name="reviewed_copy_names_reviewer",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="reviewed_copy_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.reviewed_at IS NOT NULL"),
            ),
            pgtrigger.Protect(name="copy_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"公开文本 {self.pk}"

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_at is not None

    @property
    def is_made(self) -> bool:
        """Whether it was reviewed and all that goes out with it is stored."""
        return self.is_reviewed and not self.papers.filter(blob=None).exists()


class RedactionMark(models.Model):
    """One place to be hidden (脱敏标记), by position in its part of the source; the hidden words are not repeated."""

    class Origin(models.TextChoices):
        RULE = "rule", "规则提示"
        PERSON = "person", "人工添加"

    copy = models.ForeignKey(ReviewedCopy, models.PROTECT, related_name="marks", verbose_name="公开文本")
    part = models.CharField("部分", max_length=60)
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    kind = models.CharField("类别", max_length=20, choices=list(redaction.KINDS.items()))
    replacement = models.CharField("替换为", max_length=60, blank=True)
    why = models.CharField("理由", max_length=120)
    origin = models.CharField("来源", max_length=8, choices=Origin.choices)
    accepted = models.BooleanField("隐去", default=True)

    class Meta:
        verbose_name = "脱敏标记"
        verbose_name_plural = "脱敏标记"
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="mark_covers_something")]
        triggers = [
            pgtrigger.Trigger(
                name="mark_of_reviewed_copy_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF EXISTS (SELECT 1 FROM publishing_reviewedcopy c WHERE c.id = NEW.copy_id AND "
                    "c.reviewed_at IS NOT NULL) THEN RAISE EXCEPTION 'marks of a reviewed copy cannot change'; "
                    "END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="mark_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.part} {self.start}–{self.end}"

    def as_mark(self) -> redaction.Mark:
        return redaction.Mark(self.start, self.end, self.kind, self.replacement, self.why)


class ReviewedPaper(models.Model):
    """The rendition of a paper that may go out: cleaned of traces, or set anew from the masked text.

    The review settles everything but the bytes; these the worker adds once.
    """

    copy = models.ForeignKey(ReviewedCopy, models.PROTECT, related_name="papers", verbose_name="公开文本")
    number = models.PositiveSmallIntegerField("序号")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+", verbose_name="原材料版本")
    label = models.CharField("材料名称", max_length=200)
    name = models.CharField("文件名", max_length=255)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开内容")
    is_set_anew = models.BooleanField("依文字重排", default=False)

    class Meta:
        verbose_name = "公开附件"
        verbose_name_plural = "公开附件"
        ordering = ("copy", "number")
        constraints = [models.UniqueConstraint(fields=["copy", "number"], name="public_paper_number_once")]
        triggers = [
            pgtrigger.Trigger(
                name="public_paper_is_reviewed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF EXISTS (SELECT 1 FROM publishing_reviewedcopy c WHERE c.id = NEW.copy_id AND "
                    "c.reviewed_at IS NOT NULL) THEN RAISE EXCEPTION 'papers of a reviewed copy cannot change'; "
                    "END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.ReadOnly(name="public_paper_stays_as_reviewed", exclude=["blob"]),
            pgtrigger.Protect(
                name="public_paper_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.blob_id IS NOT NULL"),
            ),
            pgtrigger.Protect(name="public_paper_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.name


class PublicationQuerySet(models.QuerySet):
    def live(self):
        """What the public sees."""
        return self.filter(taken_down_at__isnull=True)

    def in_effect(self, effect: str, on=None):
        """Only those in this state of validity on that day (today by default)."""
        return self.filter(effect_q(effect, on or today()))


class Publication(models.Model):
    """What was put before the public, frozen as it went out, under an address that never moves.

    Only the take-down and the days that end its validity are ever added. ``published_on`` is the day of publication
    in law, ``published_at`` the moment it went online here. Validity is computed from its dates at reading.
    """

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="publications", verbose_name="案卷")
    copy = models.ForeignKey(ReviewedCopy, models.PROTECT, related_name="publications", verbose_name="公开文本")
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    column = models.CharField("栏目", max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="publications", verbose_name="发文机关")
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=80, blank=True)
    fields = models.JSONField("公开字段", default=list)
    text = models.TextField("正文")
    has_validity = models.BooleanField("有效力期限", default=False)
    starts_on = models.DateField("施行日期", null=True, blank=True)
    ends_on = models.DateField("有效期至", null=True, blank=True)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    published_on = models.DateField("公布日期")
    published_at = models.DateTimeField("上网时间")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发布人")
    digest = models.CharField("内容摘要值", max_length=64)
    taken_down_at = models.DateTimeField("撤下时间", null=True, blank=True)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤下人"
    )
    take_down_reason = models.CharField("撤下理由", max_length=300, blank=True)
    hides_title = models.BooleanField("标题一并隐去", default=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "公开信息"
        verbose_name_plural = "公开信息"
        ordering = ("-published_on", "-id")
        indexes = [
            models.Index(
                fields=["-published_on", "-id"], condition=Q(taken_down_at__isnull=True), name="publications_newest"
            ),
            models.Index(
                fields=["organisation", "-published_on", "-id"],
                condition=Q(taken_down_at__isnull=True),
                name="publications_of_organisation",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="publication_address_once"),
            models.UniqueConstraint(
                fields=["file"], condition=Q(taken_down_at__isnull=True), name="one_live_publication_of_a_file"
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at__isnull=True, take_down_reason="")
                | Q(taken_down_at__isnull=False) & ~Q(take_down_reason=""),
                name="take_down_says_why",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="publication_stays_as_it_went_out",
                exclude=["repealed_on", "ends_on", "taken_down_at", "taken_down_by", "take_down_reason", "hides_title"],
            ),
            pgtrigger.Protect(name="publication_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="take_down_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.taken_down_at IS NOT NULL"),
            ),
        ]

    def __str__(self):
        return f"{self.public_number} {self.title}"

    @property
    def public_number(self) -> str:
        """The number the public cites, such as 2026-0001."""
        return f"{self.year}-{self.serial:04d}"

    @property
    def is_live(self) -> bool:
        return self.taken_down_at is None

    @property
    def effect(self) -> Effect | None:
        """Whether it is in force today; ``None`` for what has no validity."""
        return self.effect_on(today())

    def effect_on(self, day) -> Effect | None:
        """Whether it is in force on that day."""
        return effect_of(self, day)
