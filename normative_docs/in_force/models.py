"""Relations between documents, the versions of a text, what a draft is to end, and the lapses that were noticed."""

import hashlib

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from normative_docs.models import NormativeDocument
from portal.audit.models import append_only_triggers
from portal.casefiles.titles import quoted


class RelationKind(models.TextChoices):
    """What an act does to a document, in the words of the act."""

    REPEALS = "repeals", "废止"
    REPEALS_PART = "repeals_part", "部分废止"
    REPLACES = "replaces", "替代"
    DECLARES_LAPSED = "declares_lapsed", "宣布失效"
    REVOKES = "revokes", "撤销"
    AMENDS = "amends", "修改"
    CONTINUES = "continues", "延续"

    @property
    def ends_document(self) -> bool:
        """Whether the whole document is no longer in force from the day on."""
        return self in ENDING

    @property
    def changes_text(self) -> bool:
        """Whether the document lives on with another text."""
        return self in CHANGING

    @property
    def passive(self) -> str:
        """How the document affected is marked: 已废止, 已被修改 …"""
        return _PASSIVE[self]


ENDING = (RelationKind.REPEALS, RelationKind.REPLACES, RelationKind.DECLARES_LAPSED, RelationKind.REVOKES)
CHANGING = (RelationKind.AMENDS, RelationKind.REPEALS_PART)
_PASSIVE = {
    RelationKind.REPEALS: "已废止",
    RelationKind.REPEALS_PART: "已部分废止",
    RelationKind.REPLACES: "已被替代",
    RelationKind.DECLARES_LAPSED: "已失效",
    RelationKind.REVOKES: "已撤销",
    RelationKind.AMENDS: "已被修改",
    RelationKind.CONTINUES: "已延续",
}


class Relation(models.Model):
    """An act and what it did to one document, from a day on (立改废). Written once, read from both ends.

    ``source`` is the acting document where it lies in the portal; otherwise ``source_title`` and
    ``source_number`` name the act. An act known by its decision alone (a clean-up, a county's revocation) has neither
    and says so in ``basis``. ``articles`` is what an amendment changes: [{"kind", "label"}].
    """

    append_only = True

    kind = models.CharField("关系", max_length=16, choices=RelationKind.choices)
    source = models.ForeignKey(
        NormativeDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_out",
        verbose_name="作出变动的文件",
    )
    source_title = models.CharField("作出变动的文件名称", max_length=200, blank=True)
    source_number = models.CharField("作出变动的文号", max_length=80, blank=True)
    target = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="relations_in", verbose_name="被变动的文件"
    )
    on = models.DateField("生效日期")
    part = models.CharField("条款", max_length=300, blank=True)
    articles = models.JSONField("条款变动", default=list)
    valid_until = models.DateField("延续至", null=True, blank=True)
    reason = models.CharField("理由", max_length=500)
    basis = models.CharField("依据", max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    made_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "文件关系"
        verbose_name_plural = "文件关系"
        ordering = ("on", "id")
        indexes = [
            models.Index(fields=["target", "on"], name="relations_of_target"),
            models.Index(fields=["source", "on"], name="relations_of_source"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=True) | ~Q(source=F("target")), name="document_not_related_to_itself"
            ),
            models.CheckConstraint(
                condition=~Q(kind=RelationKind.REPEALS_PART) | ~Q(part=""), name="partial_repeal_names_its_part"
            ),
            models.CheckConstraint(
                condition=Q(kind=RelationKind.CONTINUES) ^ Q(valid_until__isnull=True),
                name="continuation_says_until_when",
            ),
            models.UniqueConstraint(
                fields=["kind", "source", "target", "on"],
                condition=Q(source__isnull=False),
                name="act_of_a_document_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "target", "on", "source_number", "source_title"],
                condition=Q(source__isnull=True),
                name="act_from_outside_once",
            ),
        ]
        triggers = append_only_triggers("relation")

    def __str__(self):
        return f"{self.get_kind_display()} {self.target_id}"

    @property
    def how(self) -> RelationKind:
        return RelationKind(self.kind)

    @property
    def is_reissue(self) -> bool:
        """A continuation by a document of its own, registered and published anew, which takes the place of the old."""
        return (
            self.how is RelationKind.CONTINUES
            and self.source is not None
            and self.source.continues_id == self.target_id
        )

    @property
    def name_of_source(self) -> str:
        """The acting document as people at work read it: 《标题》（文号）."""
        title, number = self.source_title, self.source_number
        if self.source is not None:
            title, number = self.source.title, self.source.document_number
        if title:
            return quoted(title) + (f"（{number}）" if number else "")
        return number or self.basis or self.reason


class VersionSource(models.TextChoices):
    PUBLISHED = "published", "公布文本"
    CONSOLIDATED = "consolidated", "合并文本"


class TextVersion(models.Model):
    """The text of a document from one day on. Intervals of confirmed versions neither overlap nor leave a gap.

    Version 1 is the published text; a further one belongs to the amendment that made it. It is prepared by one
    person, with the check against the amendment's list of articles, and confirmed by another, who also decides what
    must be hidden: only ``public_text`` is ever shown outside. Days are inclusive; ``effective_until`` empty: until
    further notice; ``effective_from`` empty: the day is unknown.
    """

    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="text_versions", verbose_name="规范性文件"
    )
    number = models.PositiveSmallIntegerField("版本号")
    source = models.CharField("文本来源", max_length=12, choices=VersionSource.choices)
    text = models.TextField("正文")
    digest = models.CharField("正文摘要值", max_length=64)
    effective_from = models.DateField("适用起", null=True, blank=True)
    effective_until = models.DateField("适用止", null=True, blank=True)
    caused_by = models.OneToOneField(
        Relation, models.PROTECT, null=True, blank=True, related_name="consolidated", verbose_name="所依据的修改"
    )
    is_matching = models.BooleanField("与修改决定逐条相符", default=False)
    check_outcome = models.JSONField("逐条核对结果", default=dict)
    mismatch_reason = models.CharField("不符的理由", max_length=500, blank=True)
    hidden_words = models.JSONField("另须隐去的文字", default=list)
    public_text = models.TextField("公开文本", blank=True)
    checklist = models.JSONField("审查事项", default=list)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="整理人"
    )
    prepared_at = models.DateTimeField("整理时间")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = "文本版本"
        verbose_name_plural = "文本版本"
        ordering = ("document", "number")
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="text_version_number_once"),
            models.CheckConstraint(
                condition=Q(effective_from__isnull=True)
                | Q(effective_until__isnull=True)
                | Q(effective_until__gte=F("effective_from")),
                name="version_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(source=VersionSource.PUBLISHED, number=1, caused_by__isnull=True)
                | Q(source=VersionSource.CONSOLIDATED, number__gt=1, caused_by__isnull=False),
                name="only_the_first_version_is_as_published",
            ),
            models.CheckConstraint(
                condition=Q(source=VersionSource.PUBLISHED)
                | Q(confirmed_at__isnull=True)
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("prepared_by")) & ~Q(checklist=[])),
                name="version_seen_by_four_eyes",
                violation_error_message="整理人和确认人不能是同一人。",
            ),
            models.CheckConstraint(
                condition=Q(source=VersionSource.PUBLISHED) | Q(is_matching=True) | ~Q(mismatch_reason=""),
                name="differing_version_says_why",
            ),
            ExclusionConstraint(
                name="versions_do_not_overlap",
                index_type="GIST",
                condition=Q(confirmed_at__isnull=False),
                expressions=[
                    (F("document"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("effective_from"),
                            F("effective_until"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="confirmed_version_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.confirmed_at IS NOT NULL AND "
                    "(to_jsonb(NEW) - 'effective_until') IS DISTINCT FROM (to_jsonb(OLD) - 'effective_until')"
                ),
            ),
            pgtrigger.Protect(name="version_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="versions_leave_no_gap",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=(
                    "IF NEW.confirmed_at IS NOT NULL AND NEW.effective_until IS NOT NULL AND NOT EXISTS ("
                    "SELECT 1 FROM normative_docs_in_force_textversion v WHERE v.document_id = NEW.document_id "
                    "AND v.confirmed_at IS NOT NULL AND v.effective_from = NEW.effective_until + 1) "
                    "THEN RAISE EXCEPTION 'the versions of a text leave a gap'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.document_id} v{self.number}"

    def save(self, *args, **kwargs):
        self.digest = hashlib.sha256(self.text.encode()).hexdigest()
        super().save(*args, **kwargs)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class PlannedRelation(models.Model):
    """What a draft is going to do to another document; carried out in one act when the draft is published.

    ``target`` empty: a document that the draft names and the portal does not hold, with the reason. ``on`` empty:
    from the day on which the draft takes effect.
    """

    source = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="planned_relations", verbose_name="起草中的文件"
    )
    kind = models.CharField("关系", max_length=16, choices=RelationKind.choices)
    target = models.ForeignKey(
        NormativeDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="planned_for",
        verbose_name="拟变动的文件",
    )
    target_title = models.CharField("文件名称", max_length=200, blank=True)
    target_number = models.CharField("文号", max_length=80, blank=True)
    part = models.CharField("条款", max_length=300, blank=True)
    on = models.DateField("生效日期", null=True, blank=True)
    absent_reason = models.CharField("不在库内的说明", max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    made_at = models.DateTimeField("登记时间")
    relation = models.OneToOneField(
        Relation, models.PROTECT, null=True, blank=True, related_name="planned", verbose_name="已形成的关系"
    )

    class Meta:
        verbose_name = "拟定的废止修改"
        verbose_name_plural = "拟定的废止修改"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind"], condition=Q(target__isnull=False), name="planned_once"
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(source=F("target")), name="draft_does_not_end_itself"
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False) | ~Q(absent_reason=""), name="absent_target_is_explained"
            ),
        ]

    def __str__(self):
        return f"{self.source_id} {self.get_kind_display()} {self.target_id or self.target_number}"


class Lapse(models.Model):
    """The daily round noticed that a document had lapsed, and told its town. Nothing depends on it: a document lapses
    by its dates."""

    append_only = True

    document = models.ForeignKey(NormativeDocument, models.PROTECT, related_name="lapses", verbose_name="规范性文件")
    lapsed_on = models.DateField("失效日期")
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "失效记录"
        verbose_name_plural = "失效记录"
        ordering = ("-lapsed_on", "-id")
        constraints = [models.UniqueConstraint(fields=["document", "lapsed_on"], name="lapse_noticed_once")]
        triggers = append_only_triggers("lapse")

    def __str__(self):
        return f"{self.document_id} {self.lapsed_on}"
