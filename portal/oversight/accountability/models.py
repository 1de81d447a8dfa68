"""The chain of acts behind a decision as it was sealed, and who was held to account. All of it only grows."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.audit.models import append_only_triggers
from portal.casefiles.models import CaseFile
from portal.organisations.models import Organisation
from portal.oversight.accountability.law import Ground, Responsibility, Result
from portal.oversight.accountability.scope import looks_back_on
from portal.workflow.acts import ActKind

# A row beyond what the seal counted: its digest would no longer be true.
_NOTHING_IS_ADDED = """
    IF NEW."order" > (SELECT act_count FROM accountability_chainseal WHERE id = NEW.seal_id) THEN
        RAISE EXCEPTION 'sealed: nothing is added to seal %', NEW.seal_id;
    END IF;
    RETURN NEW;
"""


class ChainSeal(models.Model):
    """The moment in which the acts of a file were sealed: with its decision, and with every step after it.

    ``digest`` is taken over the previous seal's and all acts of this one, so that none can be changed, taken out or put
    in without breaking the chain. It stands in the file's audit chain too, which the county anchors every night.
    """

    append_only = True

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="chain_seals", verbose_name="案卷")
    number = models.PositiveSmallIntegerField("次序")
    occasion = models.CharField("封存时机", max_length=60)
    act_count = models.PositiveIntegerField("行为数")
    previous = models.CharField("前一摘要值", max_length=64, blank=True)
    digest = models.CharField("摘要值", max_length=64)
    sealed_at = models.DateTimeField("封存时间")

    class Meta:
        verbose_name = "责任链封存"
        verbose_name_plural = "责任链封存"
        ordering = ("file", "number")
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="chain_seal_number_once")]
        triggers = append_only_triggers("chain_seal")

    def __str__(self):
        return f"第 {self.number} 次封存（{self.occasion}）"


class ActQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Acts on files of the organisations over which the person may look back; see ``scope.looks_back_on``."""
        return self.filter(looks_back_on(person))


class SealedAct(models.Model):
    """What one person or body did on a file, in the post of that day, as it stood when it was sealed.

    Names, posts and units are words, not references: whatever becomes of accounts and posts later, this stays.
    """

    append_only = True

    seal = models.ForeignKey(ChainSeal, models.PROTECT, related_name="acts", verbose_name="封存")
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="sealed_acts", verbose_name="案卷")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="决策机关")
    order = models.PositiveIntegerField("序号")
    key = models.CharField("标识", max_length=80)
    kind = models.CharField("环节", max_length=12, choices=ActKind.choices)
    acted_on = models.DateField("日期")
    label = models.CharField("行为", max_length=160)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="sealed_acts", verbose_name="账号"
    )
    name = models.CharField("姓名或者单位", max_length=160)
    post = models.CharField("当日职务", max_length=200, blank=True)
    unit = models.CharField("当日单位", max_length=160, blank=True)
    view = models.CharField("态度或者结论", max_length=80, blank=True)
    words = models.TextField("意见", blank=True)
    dissents = models.BooleanField("表示不同意见", default=False)
    record = models.CharField("记录", max_length=200, blank=True)
    page = models.CharField("记录所在页面", max_length=120, blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = "责任行为"
        verbose_name_plural = "责任行为"
        ordering = ("seal", "order")
        indexes = [
            models.Index(fields=["person", "-acted_on", "-id"], name="sealed_acts_of_person"),
            models.Index(fields=["name", "-acted_on", "-id"], name="sealed_acts_of_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["seal", "order"], name="sealed_act_order_once"),
            models.UniqueConstraint(fields=["file", "key"], name="act_sealed_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="act_within_its_seal", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_NOTHING_IS_ADDED
            ),
            *append_only_triggers("sealed_act"),
        ]

    def __str__(self):
        return f"{self.name}：{self.label}"


class AccountabilityCaseQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Cases of the organisations over which the person may look back."""
        return self.filter(looks_back_on(person))


class AccountabilityCase(models.Model):
    """One person held to account for one act on one file (追责). A mistake is put right by a row that replaces it."""

    append_only = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("编号", max_length=40, unique=True)
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="accountability_cases", verbose_name="案卷")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="决策机关")
    act = models.ForeignKey(SealedAct, models.PROTECT, related_name="cases", verbose_name="责任人及其行为")
    ground = models.CharField("追责情形", max_length=20, choices=Ground.choices)
    responsibility = models.CharField("责任类别", max_length=10, choices=Responsibility.choices)
    had_dissented = models.BooleanField("讨论时曾表示不同意见", default=False)
    finding = models.TextField("查明的事实")
    result = models.CharField("处理结果", max_length=16, choices=Result.choices)
    result_words = models.CharField("处理结果说明", max_length=300, blank=True)
    decided_by = models.CharField("作出处理的机关", max_length=120)
    decided_on = models.DateField("处理日期")
    decision_number = models.CharField("处理决定文号", max_length=80, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="更正的记录"
    )
    replace_reason = models.CharField("更正理由", max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")

    objects = AccountabilityCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "责任追究"
        verbose_name_plural = "责任追究"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replace_reason=""), name="replaced_case_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(result__in=["mitigated", "sanctioned"]) | ~Q(result_words=""),
                name="sanction_and_mitigation_say_which",
                violation_error_message="处分、减免责任的，请写明种类或者理由。",
            ),
        ]
        triggers = append_only_triggers("accountability_case")

    def __str__(self):
        return self.number
