"""Campaigns of clean-up and the documents on their lists."""

import hashlib
from dataclasses import dataclass

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from normative_docs.cleanup.outcomes import CampaignKind, CleanupOutcome, FairCompetition, Settlement, Trigger
from normative_docs.cleanup.workflow import WORKFLOW, Stage
from normative_docs.models import NormativeDocument
from portal.organisations.models import Organisation
from portal.workflow.models import StagedFile, lawful_stages, stage_field

OPEN_TO_CHANGE = (Stage.SCOPING, Stage.WORKING)
SIGNED = [Stage.PUBLICATION, Stage.PUBLISHED]
_OVER = [Stage.PUBLISHED, Stage.TERMINATED]


@dataclass(frozen=True)
class Totals:
    """How many documents are in scope and what was concluded; the parts always add up to the whole."""

    by_verdict: dict[str, int]
    without: int

    @property
    def concluded(self) -> int:
        return sum(self.by_verdict.values())

    @property
    def in_scope(self) -> int:
        return self.concluded + self.without

    @property
    def sentence(self) -> str:
        """The four numbers in words: 保留 3 件，修改 1 件 …"""
        return "，".join(f"{CleanupOutcome(code).label} {count} 件" for code, count in self.by_verdict.items())

    @classmethod
    def of(cls, items) -> "Totals":
        """Counted in one query over items in scope."""
        found = dict(items.order_by().values_list("verdict").annotate(count=Count("pk")))
        return cls({code: found.get(code, 0) for code in CleanupOutcome.values}, found.get("", 0))


@pghistory.track()
class CleanupCampaign(StagedFile):
    """One clean-up of a town: 全面清理 every two years, 专项清理 when a higher law changes.

    ``reference_on`` is the day whose valid documents are gone through; the other conditions narrow a special
    campaign. ``finish_by`` is the day that the plan sets.
    """

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    town = models.ForeignKey(
        Organisation, models.PROTECT, related_name="cleanup_campaigns", verbose_name="清理机关", editable=False
    )
    campaign_kind = models.CharField("清理类别", max_length=8, choices=CampaignKind.choices)
    trigger_kind = models.CharField("清理缘由", max_length=20, choices=Trigger.choices)
    trigger = models.TextField("具体缘由", blank=True, help_text="哪一部上位法、哪一项改革或者专题")
    reference_on = models.DateField("清理基准日", help_text="清理截至当日公布、仍未失效的文件")
    finish_by = models.DateField("完成期限")
    basis_words = models.CharField("上位依据包含", max_length=200, blank=True)
    topic = models.CharField("主题分类", max_length=60, blank=True)
    issued_before = models.DateField("成文日期早于", null=True, blank=True)
    only_market = models.BooleanField("只清理涉及经营者经济活动的文件", default=False)
    reviewed_by_county = models.BooleanField("由县指定机构审核", default=False, editable=False)
    decided_on = models.DateField("集体决定日期", null=True, blank=True, editable=False)
    decided_at = models.CharField("决定会议", max_length=120, blank=True, editable=False)
    notice_number = models.CharField("公告文号", max_length=60, blank=True, editable=False)
    notice_on = models.DateField("公告成文日期", null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人",
        editable=False,
    )  # fmt: skip
    published_on = models.DateField("公布日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "规范性文件清理"
        verbose_name_plural = "规范性文件清理"
        indexes = [models.Index(fields=["town", "-published_on"], name="cleanups_of_town")]
        constraints = [
            models.UniqueConstraint(
                fields=["town"],
                condition=Q(campaign_kind="full") & ~Q(stage__in=_OVER),
                name="one_full_cleanup_at_a_time",
                violation_error_message="本机关已有一次全面清理正在进行。",
            ),
            models.UniqueConstraint(
                fields=["notice_number", "town"], condition=~Q(notice_number=""), name="cleanup_notice_number_once"
            ),
            models.CheckConstraint(
                condition=Q(campaign_kind="full") | ~Q(trigger=""),
                name="special_cleanup_says_why",
                violation_error_message="专项清理应当写明针对哪一部上位法或者哪一专题。",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=SIGNED)
                | (~Q(notice_number="") & Q(notice_on__isnull=False) & Q(decided_on__isnull=False)),
                name="signed_cleanup_is_decided_and_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.PUBLISHED) | Q(published_on__isnull=False), name="published_cleanup_has_a_day"
            ),
        ]
        triggers = lawful_stages(WORKFLOW, "normative_docs_cleanup_cleanupcampaign")

    @property
    def is_full(self) -> bool:
        return self.campaign_kind == CampaignKind.FULL

    @property
    def is_open_to_change(self) -> bool:
        """Conclusions and scope may be changed until the list goes to the legal office."""
        return self.stage in OPEN_TO_CHANGE

    @property
    def notice_title(self) -> str:
        """关于…清理结果的公告, in the name of the town."""
        return f"{self.town.name}关于行政规范性文件{self.get_campaign_kind_display()}结果的公告"

    def totals(self) -> Totals:
        """How many documents are in scope, with and without a conclusion."""
        return Totals.of(self.items.filter(in_scope=True))

    @property
    def asks_all_about_competition(self) -> bool:
        return self.trigger_kind == Trigger.FAIR_COMPETITION

    def items_asked_about_competition(self):
        """Items that need the answer about fair competition: all of a campaign about it, else those on the market."""
        listed = self.items.filter(in_scope=True)
        return listed if self.asks_all_about_competition else listed.filter(document__affects_market=True)


@pghistory.track()
class CleanupItem(models.Model):
    """One document on the list of a campaign: why it is there, and what becomes of it.

    ``verdict`` is proposed by a unit, checked by the legal office and decided by the meeting; once the list has gone
    to the legal office the database refuses to change it.
    """

    campaign = models.ForeignKey(CleanupCampaign, models.PROTECT, related_name="items", verbose_name="清理")
    number = models.PositiveSmallIntegerField("序号")
    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="cleanup_items", verbose_name="规范性文件"
    )
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出单位"
    )
    in_scope = models.BooleanField("在清理范围内", default=True)
    by_hand = models.BooleanField("人工补入或者移出", default=False)
    scope_reason = models.CharField("补入或者移出的理由", max_length=300, blank=True)
    verdict = models.CharField("清理结论", max_length=8, choices=CleanupOutcome.choices, blank=True)
    reason = models.TextField("理由", blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)
    fair_competition = models.CharField("公平竞争核查", max_length=8, choices=FairCompetition.choices, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填写人"
    )
    proposed_at = models.DateTimeField("填写时间", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对人"
    )
    checked_at = models.DateTimeField("核对时间", null=True, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    settlement = models.CharField("执行情况", max_length=16, choices=Settlement.choices, blank=True)
    amendment = models.ForeignKey(
        NormativeDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改草案"
    )
    next_review_on = models.DateField("下次清理前", null=True, blank=True)

    class Meta:
        verbose_name = "清理文件"
        verbose_name_plural = "清理文件"
        ordering = ("campaign", "number")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "document"], name="document_once_in_a_cleanup"),
            models.UniqueConstraint(fields=["campaign", "number"], name="cleanup_number_once"),
            models.CheckConstraint(
                condition=Q(verdict="") | ~Q(reason=""),
                name="cleanup_verdict_has_its_reason",
                violation_error_message="请填写理由。",
            ),
            models.CheckConstraint(
                condition=Q(by_hand=False) | ~Q(scope_reason=""),
                name="scope_by_hand_says_why",
                violation_error_message="补入或者移出文件应当填写理由。",
            ),
            models.CheckConstraint(
                condition=~Q(fair_competition="found") | ~Q(verdict="retain"),
                name="hindering_document_is_not_retained",
                violation_error_message="有妨碍公平竞争的内容，不能保留。",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="cleanup_list_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.Delete
                | pgtrigger.UpdateOf(
                    "document_id",
                    "unit_id",
                    "in_scope",
                    "verdict",
                    "reason",
                    "basis",
                    "fair_competition",
                    "campaign_id",
                ),
                func=(
                    "IF NOT EXISTS (SELECT 1 FROM normative_docs_cleanup_cleanupcampaign c WHERE c.casefile_ptr_id = "
                    "CASE WHEN TG_OP = 'INSERT' THEN NEW.campaign_id ELSE OLD.campaign_id END "
                    "AND c.stage IN ('scoping', 'working')) "
                    "THEN RAISE EXCEPTION 'the list of this clean-up can no longer be changed'; END IF; "
                    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self):
        return f"第 {self.number} 件"

    @property
    def needs_competition_answer(self) -> bool:
        return self.campaign.asks_all_about_competition or self.document.affects_market

    @property
    def seen(self) -> str:
        """What a page remembers of this row, so that the second of two clerks is told."""
        parts = (
            self.verdict, self.reason, self.basis, self.fair_competition, str(self.unit_id), str(self.in_scope),
            str(self.checked_at),
        )  # fmt: skip
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
