"""The yearly catalogue, its items, its adjustments, the tie of a decision to an item, and what was explained."""

import hashlib

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from decisions.catalogue.content import CONTENT
from decisions.catalogue.thresholds import in_words
from decisions.catalogue.vocabulary import PLANNED, AdjustmentAct, DeviationKind, ItemOutcome
from decisions.catalogue.workflow import WORKFLOW, Stage
from decisions.models import MajorDecision
from decisions.vocabulary import Matter, StabilityKind
from portal.documents.models import DocumentVersion
from portal.organisations.models import Organisation
from portal.workflow.models import StagedFile, lawful_stages, stage_field

PUBLISHED = [Stage.CARRYING_OUT, Stage.RESULTS, Stage.CLOSED]
ADOPTED = [Stage.PUBLICATION, *PUBLISHED]


class Measured(models.Model):
    """A matter with what can be measured of it, and how that was judged by the numbers of the day (S1-12.1a)."""

    amount = models.DecimalField("涉及金额（万元）", max_digits=12, decimal_places=2, null=True, blank=True)
    people = models.PositiveIntegerField("直接影响人数（人）", null=True, blank=True)
    area = models.DecimalField("涉及土地面积（亩）", max_digits=10, decimal_places=2, null=True, blank=True)
    villages = models.PositiveSmallIntegerField("涉及村（社区）（个）", null=True, blank=True)
    judged = models.JSONField("对照量化标准", default=list, editable=False)

    class Meta:
        abstract = True

    @property
    def meets_threshold(self) -> bool:
        return any(row["is_met"] for row in self.judged)

    @property
    def judged_words(self) -> str:
        return in_words(self.judged)


@pghistory.track()
class DecisionCatalogue(StagedFile):
    """The catalogue of major decision matters of a town and year (国令713 art. 3 para. 3)."""

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    town = models.ForeignKey(
        Organisation, models.PROTECT, related_name="decision_catalogues", verbose_name="决策机关", editable=False
    )
    year = models.PositiveSmallIntegerField("年度", editable=False)
    consented_on = models.DateField("同级党委同意日期", null=True, blank=True, editable=False)
    consent = models.CharField("同级党委意见", max_length=300, blank=True, editable=False)
    adopted_on = models.DateField("集体讨论通过日期", null=True, blank=True, editable=False)
    adopted_at = models.CharField("会议", max_length=120, blank=True, editable=False)
    adopted_text = models.TextField("通过时的目录文本", blank=True, editable=False)
    paper = models.ForeignKey(
        DocumentVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="目录文本",
        editable=False,
    )  # fmt: skip
    published_on = models.DateField("公布日期", null=True, blank=True, editable=False)
    results = models.TextField("年终执行情况", blank=True)
    results_published_on = models.DateField("执行情况公布日期", null=True, blank=True, editable=False)
    results_published_at = models.DateTimeField("执行情况公布时间", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "重大行政决策事项目录"
        verbose_name_plural = "重大行政决策事项目录"
        indexes = [models.Index(fields=["-year", "town"], name="catalogues_of_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "year"], condition=~Q(stage=Stage.TERMINATED), name="one_catalogue_a_year",
                violation_error_message="这一年度的目录已经立卷。",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.DELIBERATION, *ADOPTED]) | Q(consented_on__isnull=False),
                name="catalogue_deliberated_only_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=PUBLISHED) | Q(published_on__isnull=False, adopted_on__isnull=False),
                name="published_catalogue_has_its_days",
            ),
        ]  # fmt: skip
        triggers = lawful_stages(WORKFLOW, "decisions_catalogue_decisioncatalogue")

    @property
    def is_compiling(self) -> bool:
        return self.stage == Stage.COMPILING

    @property
    def is_carried_out(self) -> bool:
        """Published and open to adjustments."""
        return self.stage == Stage.CARRYING_OUT

    @property
    def takes_results(self) -> bool:
        return self.stage == Stage.RESULTS


_STANDS = """
IF (SELECT c.stage FROM decisions_catalogue_decisioncatalogue c WHERE c.casefile_ptr_id =
    CASE WHEN TG_OP = 'DELETE' THEN OLD.catalogue_id ELSE NEW.catalogue_id END) = 'compiling'
THEN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END IF;
IF TG_OP <> 'DELETE' AND NEW.adjusted_by_id IS NOT NULL
    AND (TG_OP = 'INSERT' OR NEW.adjusted_by_id IS DISTINCT FROM OLD.adjusted_by_id)
    AND EXISTS (SELECT 1 FROM decisions_catalogue_catalogueadjustment a WHERE a.id = NEW.adjusted_by_id
        AND a.catalogue_id = NEW.catalogue_id AND a.consented_on IS NOT NULL AND a.in_force_on IS NULL)
THEN RETURN NEW; END IF;
RAISE EXCEPTION 'items of an adopted catalogue change by consented adjustments only';
"""


@pghistory.track()
class CatalogueItem(Measured):
    """One matter that the town means to decide in the year, with the steps it needs and the month planned for each.

    The database lets it change while the catalogue is compiled, and afterwards by a consented adjustment only.
    """

    is_secret = False  # what is lawfully not public isn't listed

    catalogue = models.ForeignKey(DecisionCatalogue, models.PROTECT, related_name="items", verbose_name="目录")
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("决策事项名称", max_length=200)
    deciding_body = models.CharField("决策主体", max_length=120)
    handling_unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="承办单位")
    matter = models.CharField("事项类别", max_length=16, choices=Matter.choices)
    reason = models.CharField(
        "列入目录的理由", max_length=300, blank=True, help_text="没有达到量化标准的，说明为什么仍属于重大行政决策"
    )
    legal_basis = models.TextField("法律、政策依据")
    touches_public_interest = models.BooleanField("涉及重大公共利益或者群众切身利益", default=False)
    is_professional = models.BooleanField("专业性、技术性较强", default=False)
    hearing_by_law = models.BooleanField("法律、法规、规章规定应当听证", default=False)
    brings_risk = models.BooleanField("可能引发社会稳定、环境、经济等方面的风险", default=False)
    affects_market = models.BooleanField("涉及经营者经济活动", default=False)
    is_disputed = models.BooleanField("存在较大分歧", default=False)
    stability_kind = models.CharField(
        "须事先评估稳定风险的事项", max_length=12, choices=StabilityKind.choices, blank=True
    )
    months = models.JSONField("各环节计划月份", default=dict, editable=False)
    step_reason = models.CharField("不安排某一环节的理由", max_length=300, blank=True)
    adjusted_by = models.ForeignKey(
        "CatalogueAdjustment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="最近一次调整",
        editable=False,
    )  # fmt: skip
    is_withdrawn = models.BooleanField("已调出", default=False, editable=False)
    outcome = models.CharField("年终结果", max_length=12, choices=ItemOutcome.choices, blank=True, editable=False)

    class Meta:
        verbose_name = "目录事项"
        verbose_name_plural = "目录事项"
        ordering = ("catalogue", "number")
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "number"], name="catalogue_item_number_once"),
            models.UniqueConstraint(
                fields=["catalogue", "title"], condition=Q(is_withdrawn=False), name="catalogue_item_title_once",
                violation_error_message="目录中已有同名的事项。",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="adopted_items_stand",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.Delete
                | pgtrigger.UpdateOf("catalogue_id", "number", "is_withdrawn", "adjusted_by_id", *CONTENT),
                func=_STANDS,
            )
        ]

    def __str__(self):
        return f"第 {self.number} 项 {self.title}"

    @property
    def seen(self) -> str:
        """What a page remembers of the item, so that the second of two clerks is told."""
        values = "\x1f".join(f"{name}={getattr(self, name)}" for name in (*CONTENT, "is_withdrawn"))
        return hashlib.sha256(values.encode()).hexdigest()[:16]

    @property
    def planned(self) -> list[tuple]:
        """(step, month) of every planned step, in the order of the procedure."""
        return [(step, self.months[step.code]) for step in PLANNED if step.code in self.months]

    @property
    def steps_words(self) -> str:
        """履行程序要求, as towns publish it."""
        return "、".join(step.label for step, _ in self.planned)

    @property
    def months_words(self) -> str:
        """细化完成时间, month by step."""
        return "；".join(f"{month} 月{step.label}" for step, month in self.planned)


@pghistory.track()
class CatalogueAdjustment(models.Model):
    """An item is added, changed or withdrawn after adoption: reason, consent, and what stood before."""

    catalogue = models.ForeignKey(DecisionCatalogue, models.PROTECT, related_name="adjustments", verbose_name="目录")
    number = models.PositiveSmallIntegerField("序号")
    act = models.CharField("调整方式", max_length=8, choices=AdjustmentAct.choices)
    item = models.ForeignKey(
        CatalogueItem, models.PROTECT, null=True, blank=True, related_name="adjustments", verbose_name="事项"
    )
    title = models.CharField("事项名称", max_length=200)
    content = models.JSONField("调整后的内容", default=dict)
    before = models.JSONField("调整前的内容", default=dict)
    summary = models.TextField("调整内容")
    reason = models.CharField("调整理由", max_length=500)
    consented_on = models.DateField("同级党委同意日期", null=True, blank=True)
    consent = models.CharField("同级党委同意的形式", max_length=200, blank=True, help_text="会议名称或者文号")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_at = models.DateTimeField("拟稿时间")
    in_force_on = models.DateField("调整公布日期", null=True, blank=True)
    in_force_at = models.DateTimeField("调整公布时间", null=True, blank=True)
    put_in_force_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公布人"
    )

    class Meta:
        verbose_name = "目录调整"
        verbose_name_plural = "目录调整"
        ordering = ("catalogue", "number")
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "number"], name="catalogue_adjustment_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(in_force_on__isnull=True), name="one_open_adjustment_an_item",
                violation_error_message="这一事项已有一项调整尚未公布。",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="adjustment_says_why"),
            models.CheckConstraint(
                condition=Q(in_force_on__isnull=True) | (Q(consented_on__isnull=False) & ~Q(consent="")),
                name="adjustment_in_force_has_consent",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(
                name="published_adjustment_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__in_force_on__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.get_act_display()}：{self.title}"


@pghistory.track()
class CatalogueEntry(Measured):
    """Where a decision stands in the catalogue: an item, or why it isn't in any (S1-12.1b)."""

    decision = models.OneToOneField(MajorDecision, models.PROTECT, related_name="catalogue_entry", verbose_name="决策")
    item = models.ForeignKey(
        CatalogueItem, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="目录事项"
    )
    reason = models.CharField("未列入目录的理由", max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "决策与目录的对应"
        verbose_name_plural = "决策与目录的对应"
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=True) ^ Q(reason=""),
                name="in_the_catalogue_or_why_not",
                violation_error_message="请选择目录事项，或者说明未列入目录的理由。",
            )
        ]

    def __str__(self):
        return f"{self.decision_id}"

    @property
    def seen(self) -> str:
        return f"{self.item_id or ''}:{hashlib.sha256(self.reason.encode()).hexdigest()[:12]}"


@pghistory.track()
class DeviationExplanation(models.Model):
    """What the town says to one deviation from the catalogue; published with the year-end results."""

    catalogue = models.ForeignKey(DecisionCatalogue, models.PROTECT, related_name="explanations", verbose_name="目录")
    key = models.CharField("偏差", max_length=80)
    kind = models.CharField("种类", max_length=8, choices=DeviationKind.choices)
    item = models.ForeignKey(
        CatalogueItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="目录事项"
    )
    decision = models.ForeignKey(
        MajorDecision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决策"
    )
    words = models.TextField("偏差情况")
    explanation = models.TextField("说明")
    is_public = models.BooleanField("随执行情况公布", default=False)
    explained_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="说明人")
    explained_at = models.DateTimeField("说明时间")

    class Meta:
        verbose_name = "偏差说明"
        verbose_name_plural = "偏差说明"
        ordering = ("catalogue", "pk")
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "key"], name="deviation_explained_once"),
            models.CheckConstraint(condition=~Q(explanation=""), name="deviation_is_explained"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="published_results_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=(
                    "IF EXISTS (SELECT 1 FROM decisions_catalogue_decisioncatalogue c WHERE c.casefile_ptr_id = "
                    "CASE WHEN TG_OP = 'INSERT' THEN NEW.catalogue_id ELSE OLD.catalogue_id END "
                    "AND c.stage IN ('closed', 'terminated')) "
                    "THEN RAISE EXCEPTION 'published results cannot be changed'; END IF; "
                    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self):
        return self.words
