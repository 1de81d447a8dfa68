"""The case file (案卷), its numbers, its links, and how people keep their registers."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.casefiles.scope import CaseFileQuerySet
from portal.organisations.models import Organisation


class Disclosure(models.TextChoices):
    """Decided when the file is opened (政府信息公开条例 arts. 13-16, 19-21)."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


# Every kind of file has an event table of its own besides; the parent's goes by another name.
@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="file_events"))
class CaseFile(models.Model):
    """The one thing everything hangs on: papers, deadlines, transitions, links, publication, audit.

    Every kind of file inherits from it by its own table and adds a stage; the parent knows no child and
    carries no child's vocabulary. ``kind`` is the workflow code.
    """

    public_id = models.UUIDField("公开编号", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("类别", max_length=40, editable=False)
    number = models.CharField("案卷号", max_length=60, unique=True, editable=False)
    title = models.CharField("标题", max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="case_files", verbose_name="所属机构")
    handling_unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="handled_files", verbose_name="承办单位"
    )
    opened_on = models.DateField("立卷日期")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="opened_files", verbose_name="立卷人"
    )
    closed_on = models.DateField("办结日期", null=True, blank=True, editable=False)
    addressed_to_county_at = models.DateTimeField("报县时间", null=True, blank=True, editable=False)
    disclosure = models.CharField("公开属性", max_length=12, choices=Disclosure.choices)
    disclosure_reason = models.CharField("不公开或依申请公开的理由", max_length=300, blank=True)
    disclosure_reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="disclosure_reviews",
        verbose_name="公开属性审核人",
    )

    objects = CaseFileQuerySet.as_manager()

    class Meta:
        verbose_name = "案卷"
        verbose_name_plural = "案卷"
        indexes = [
            models.Index(fields=["organisation", "kind", "-id"], name="files_of_organisation"),
            models.Index(fields=["opened_by", "-id"], name="files_opened_by"),
            models.Index(
                fields=["kind", "-id"], condition=Q(addressed_to_county_at__isnull=False), name="files_sent_to_county"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(disclosure="proactive") | ~Q(disclosure_reason=""),
                name="undisclosed_file_says_why",
                violation_error_message="依申请公开或不予公开的，应当填写理由。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="file_closes_after_opening",
                violation_error_message="办结日期不能早于立卷日期。",
            ),
        ]
        triggers = [
            # 档案法: what is closed is not edited; reopening is an act of its own that clears closed_on.
            pgtrigger.Protect(
                name="closed_file_stays_as_it_is",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_on__isnull=False, new__closed_on__isnull=False),
            ),
            pgtrigger.Protect(name="file_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.title

    @property
    def is_closed(self):
        return self.closed_on is not None


class FileLink(models.Model):
    """A tie between two files: this document carries out that decision; this filing reports that document."""

    class Kind(models.TextChoices):
        REPORTS = "reports", "报备"
        CARRIES_OUT = "carries_out", "落实"
        CHALLENGES = "challenges", "被复议或起诉"
        REPLACES = "replaces", "替代"
        RELATED = "related", "相关"

    source = models.ForeignKey(CaseFile, models.PROTECT, related_name="links_out", verbose_name="来源案卷")
    target = models.ForeignKey(CaseFile, models.PROTECT, related_name="links_in", verbose_name="关联案卷")
    kind = models.CharField("关系", max_length=16, choices=Kind.choices)

    class Meta:
        verbose_name = "案卷关联"
        verbose_name_plural = "案卷关联"
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="files_linked_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="file_not_linked_to_itself"),
        ]

    def __str__(self):
        return f"{self.source_id} {self.get_kind_display()} {self.target_id}"


class NumberSequence(models.Model):
    """The last number used in a series of an organisation and year."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="机构")
    series = models.CharField("序列", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = "编号序列"
        verbose_name_plural = "编号序列"
        constraints = [models.UniqueConstraint(fields=["organisation", "series", "year"], name="one_sequence_a_year")]

    def __str__(self):
        return f"{self.series} {self.year}: {self.last}"


class VoidedNumber(models.Model):
    """A number that was allocated and will never be used, with the reason."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="机构")
    series = models.CharField("序列", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveIntegerField("编号")
    reason = models.CharField("作废原因", max_length=200)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="作废人")
    voided_at = models.DateTimeField("作废时间", auto_now_add=True)

    class Meta:
        verbose_name = "作废编号"
        verbose_name_plural = "作废编号"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "series", "year", "number"], name="number_voided_once")
        ]

    def __str__(self):
        return f"{self.series} {self.year}: {self.number}"


class ReservedNumber(models.Model):
    """A number kept back for a paper still to come (预留): later used by a file, or given up for good."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="机构")
    series = models.CharField("序列", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveIntegerField("编号")
    reason = models.CharField("预留理由", max_length=200)
    reserved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="预留人")
    reserved_on = models.DateField("预留日期")
    used_by = models.ForeignKey(
        CaseFile, models.PROTECT, null=True, blank=True, related_name="reserved_numbers", verbose_name="使用的案卷"
    )
    voided = models.OneToOneField(
        VoidedNumber, models.PROTECT, null=True, blank=True, related_name="reserved", verbose_name="作废记录"
    )

    class Meta:
        verbose_name = "预留编号"
        verbose_name_plural = "预留编号"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "series", "year", "number"], name="number_reserved_once"),
            models.CheckConstraint(
                condition=Q(used_by__isnull=True) | Q(voided__isnull=True), name="reserved_number_has_one_end"
            ),
        ]

    def __str__(self):
        return f"{self.series} {self.year}: {self.number}"

    @property
    def is_free(self) -> bool:
        return self.used_by_id is None and self.voided_id is None


class SavedView(models.Model):
    """A register's filter, columns and order that a person keeps under a name."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    register = models.CharField("台账", max_length=40)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("筛选条件", max_length=1000, blank=True)

    class Meta:
        verbose_name = "保存的视图"
        verbose_name_plural = "保存的视图"
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["person", "register", "name"], name="view_name_once")]

    def __str__(self):
        return self.name


class ColumnChoice(models.Model):
    """Which columns of a register a person wants to see."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="column_choices")
    register = models.CharField("台账", max_length=40)
    columns = models.JSONField("列")

    class Meta:
        verbose_name = "列选择"
        verbose_name_plural = "列选择"
        constraints = [models.UniqueConstraint(fields=["person", "register"], name="one_column_choice")]

    def __str__(self):
        return f"{self.register}: {self.columns}"
