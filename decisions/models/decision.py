"""A major administrative decision (重大行政决策), from proposal to execution."""

import hashlib

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from decisions.vocabulary import (
    ChoosableStep,
    IntegrityConclusion,
    Matter,
    Proposer,
    StabilityKind,
    StepByFacts,
    facts_asking_for,
)
from decisions.workflow import WORKFLOW, Stage
from portal.casefiles.models import Disclosure
from portal.legal_review.models import LegalityReview, carries_lawful_opinion
from portal.organisations.models import Organisation, OrganisationKind
from portal.workflow.declare import Binding
from portal.workflow.models import StagedFile, lawful_stages, stage_field

BEFORE_REVIEW = (Stage.DRAFTING, Stage.PARTICIPATION, Stage.ASSESSMENT)
EDITABLE = (Stage.PROPOSED, *BEFORE_REVIEW, Stage.LEGALITY_REVIEW)
DECIDED = [
    Stage.PUBLICATION, Stage.EXECUTION, Stage.SUSPENDED, Stage.EXECUTED, Stage.STOPPED, Stage.ARCHIVED,
]  # fmt: skip
PAST_DELIBERATION = [Stage.PARTY_REPORT, *DECIDED]
# Whoever asks for one of these must say what it is about and why (国令713 art. 10).
WITH_GROUNDS = (Proposer.DEPARTMENT, Proposer.DELEGATE)


@pghistory.track()
class MajorDecision(StagedFile):
    """What a town decides in matters of great weight, by the procedure of 国令713 (for towns by reference).

    The facts (``touches_public_interest`` … ``brings_risk``) say which steps it needs; the disclosure of the file
    says whether the public takes part and reads it. Dates are inclusive to 24:00 Shanghai time.
    """

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    # ── who asked for it ──
    proposer_kind = models.CharField("提出主体", max_length=12, choices=Proposer.choices)
    proposer = models.CharField("提出人或者提出单位", max_length=120)
    proposed_on = models.DateField("提出日期")
    problem = models.TextField("拟解决的主要问题", blank=True)
    grounds = models.TextField("建议理由和依据", blank=True)
    outline = models.TextField("初步方案及其必要性、可行性", blank=True)
    proposal_answer = models.TextField("对建议的答复", blank=True, editable=False)
    answered_on = models.DateField("答复日期", null=True, blank=True, editable=False)
    # ── what it is ──
    matter = models.CharField("事项类别", max_length=16, choices=Matter.choices)
    matter_reason = models.CharField("认定为重大决策的理由", max_length=300, help_text="对照的类别和量化标准")
    stability_kind = models.CharField(
        "须事先评估稳定风险的事项", max_length=12, choices=StabilityKind.choices, blank=True
    )
    touches_public_interest = models.BooleanField("涉及重大公共利益或者群众切身利益", default=True)
    is_professional = models.BooleanField("专业性、技术性较强", default=False)
    hearing_by_law = models.BooleanField("法律、法规、规章规定应当听证", default=False)
    brings_risk = models.BooleanField("可能引发社会稳定、环境、经济等方面的风险", default=False)
    affects_market = models.BooleanField("涉及经营者经济活动", default=False)
    is_disputed = models.BooleanField("存在较大分歧", default=False, help_text="须提出两个以上方案")
    special_groups = models.CharField("涉及的特定群体", max_length=120, blank=True, help_text="没有的，不填")
    # ── the draft ──
    research = models.TextField("调查研究情况", blank=True)
    draft_text = models.TextField("决策草案", blank=True)
    drafting_notes = models.TextField("起草说明", blank=True)
    legal_basis = models.TextField("法律、政策依据", blank=True)
    options = models.TextField("备选方案", blank=True, help_text="每个方案一段，写明利弊")
    cost_benefit = models.TextField("投入与成本效益分析", blank=True)
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=60, blank=True)
    due_on = models.DateField("应当作出决策的日期", null=True, blank=True, help_text="法律规定或者对外承诺的日期")
    due_basis = models.CharField("依据或者承诺", max_length=200, blank=True)
    started_on = models.DateField("启动日期", null=True, blank=True, editable=False)
    # ── review ──
    reviewed_by_county = models.BooleanField("由县指定机构审查", default=False, editable=False)
    draft_sent_digest = models.CharField("送审稿摘要值", max_length=64, blank=True, editable=False)
    integrity_conclusion = models.CharField(
        "廉洁性审查结论", max_length=8, choices=IntegrityConclusion.choices, blank=True, editable=False
    )
    integrity_digest = models.CharField("廉洁性审查稿摘要值", max_length=64, blank=True, editable=False)
    lawful_review = models.ForeignKey(
        LegalityReview, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="合法性审查",
        editable=False,
    )  # fmt: skip
    # ── the decision ──
    reported_to_party_on = models.DateField("请示报告同级党委日期", null=True, blank=True, editable=False)
    party_opinion = models.TextField("同级党委意见", blank=True, editable=False)
    document_number = models.CharField("决策文号", max_length=60, blank=True, editable=False)
    document_year = models.PositiveSmallIntegerField("决策文号年份", null=True, blank=True, editable=False)
    document_serial = models.PositiveIntegerField("决策文号序号", null=True, blank=True, editable=False)
    decided_on = models.DateField("决策日期", null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人",
        editable=False,
    )  # fmt: skip
    adoption_notes = models.TextField(
        "意见采纳情况说明",
        blank=True,
        help_text="社会公众和专家主要意见的研究采纳情况，没有采纳的说明理由；随决策一并公布（国令713 第三十二条）。",
    )
    published_on = models.DateField("公布日期", null=True, blank=True, editable=False)
    executing_unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="executed_decisions", verbose_name="执行单位"
    )
    executed_until = models.DateField("计划完成日期", null=True, blank=True)
    plan_settled_on = models.DateField("执行任务下达日期", null=True, blank=True, editable=False)
    executed_on = models.DateField("执行完毕日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "重大行政决策"
        verbose_name_plural = "重大行政决策"
        indexes = [
            models.Index(fields=["stage", "-decided_on"], name="decisions_by_stage"),
            models.Index(fields=["-decided_on"], name="decisions_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.DELIBERATION, *PAST_DELIBERATION]) | Q(lawful_review__isnull=False),
                name="decision_deliberated_only_with_opinion",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=DECIDED)
                | (~Q(document_number="") & Q(decided_on__isnull=False) & Q(reported_to_party_on__isnull=False)),
                name="decision_has_number_and_day",
            ),
            models.UniqueConstraint(
                fields=["document_number"], condition=~Q(document_number=""), name="decision_number_once"
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | ~Q(due_basis=""),
                name="due_day_has_its_basis",
                violation_error_message="填写了应当作出决策的日期的，请写明依据或者承诺。",
            ),
        ]
        triggers = [
            *lawful_stages(WORKFLOW, "decisions_majordecision"),
            carries_lawful_opinion("decision_opinion_is_lawful"),
        ]

    # ── which steps it needs ──

    @property
    def is_secret(self) -> bool:
        """Lawfully not public: no public participation and no publication; a person has reviewed that."""
        return self.disclosure == Disclosure.WITHHELD

    def _facts_for(self, step: StepByFacts) -> list[str]:
        """The facts that ask for a step, in Chinese; none, none needed."""
        return facts_asking_for(step, self)

    def choices_by_hand(self) -> dict:
        """Steps on which a person overrode the facts, the newest choice of each; read once for this object."""
        if "_by_hand" not in self.__dict__:
            self._by_hand = {choice.step: choice for choice in self.step_choices.all()}
        return self._by_hand

    def forget_choices(self) -> None:
        self.__dict__.pop("_by_hand", None)

    def needs(self, step: StepByFacts) -> bool:
        """Whether the decision needs this step: by its facts, or as a person chose with a reason."""
        choice = self.choices_by_hand().get(step.code)
        return choice.is_needed if choice else bool(self._facts_for(step))

    def why(self, step: StepByFacts) -> str:
        """Why it is needed, or why it isn't, in Chinese."""
        choice = self.choices_by_hand().get(step.code)
        if choice:
            return f"人工认定：{choice.reason}"
        return "、".join(self._facts_for(step)) or step.without

    # ── region, binding, text ──

    @property
    def binding(self) -> Binding:
        """How the regulation binds here: a town by reference (art. 42), a street only by the local rule."""
        is_street = self.organisation.kind == OrganisationKind.SUBDISTRICT_OFFICE
        return Binding.LOCAL if is_street else Binding.REFERENCE

    def draft_digest(self) -> str:
        """Digest of the text under review, so that a reworked draft is seen as such."""
        return hashlib.sha256(self.draft_text.encode()).hexdigest()

    def draft_changed_since_opinion(self) -> bool:
        return self.draft_digest() != self.draft_sent_digest

    @property
    def takes_last_words(self) -> bool:
        """Between the meeting and the publication: who carries it out, and what became of the opinions."""
        return self.stage in (Stage.DELIBERATION, Stage.PARTY_REPORT, Stage.PUBLICATION)

    @property
    def is_editable(self) -> bool:
        """Facts and draft are the drafter's until it goes to deliberation."""
        return self.stage in EDITABLE

    def facts_digest(self) -> str:
        """Digest of everything a clerk may change, to notice that somebody else changed it meanwhile."""
        names = [field.attname for field in self._meta.local_fields if field.editable]
        facts = "\x1f".join(
            f"{name}={getattr(self, name)}"
            for name in [*names, "title", "handling_unit_id", "disclosure", "disclosure_reason", "stage"]
        )
        return hashlib.sha256(facts.encode()).hexdigest()


class StepChoice(models.Model):
    """A person decided, against the facts, that a step is needed or not, with a reason. The newest counts."""

    append_only = True

    decision = models.ForeignKey(MajorDecision, models.PROTECT, related_name="step_choices", verbose_name="决策")
    step = models.CharField("程序环节", max_length=20, choices=ChoosableStep.choices)
    is_needed = models.BooleanField("是否需要")
    reason = models.CharField("理由", max_length=300)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="认定人")
    chosen_at = models.DateTimeField("认定时间")

    class Meta:
        verbose_name = "程序环节认定"
        verbose_name_plural = "程序环节认定"
        ordering = ("decision", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="step_choice_says_why"),
        ]
        triggers = [
            pgtrigger.Protect(name="step_choice_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.get_step_display()}：{'需要' if self.is_needed else '不需要'}"


class DepartmentOpinion(models.Model):
    """What a department or lower body said to the draft (部门协商); dissent is kept in its own words (art. 13)."""

    decision = models.ForeignKey(MajorDecision, models.PROTECT, related_name="department_opinions", verbose_name="决策")
    number = models.PositiveSmallIntegerField("序号")
    unit = models.CharField("征求意见的单位", max_length=120)
    asked_on = models.DateField("发出日期")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    agrees = models.BooleanField("是否同意", null=True, blank=True)
    opinion = models.TextField("意见", blank=True)
    own_view = models.TextField("协商结果和承办单位的意见、理由", blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = "部门意见"
        verbose_name_plural = "部门意见"
        ordering = ("decision", "number")
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="department_opinion_number_once"),
            models.UniqueConstraint(
                fields=["decision", "unit"], name="department_asked_once",
                violation_error_message="已经向这个单位征求过意见。",
            ),
            models.CheckConstraint(
                condition=~Q(agrees=False) | ~Q(opinion=""),
                name="disagreement_has_its_words",
                violation_error_message="不同意的，请写明其意见。",
            ),
            models.CheckConstraint(
                condition=Q(agrees__isnull=True) | Q(answered_on__isnull=False),
                name="answer_of_a_department_has_a_day",
                violation_error_message="请填写答复日期。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.unit

    @property
    def is_settled(self) -> bool:
        """Answered; where they disagree, with what the drafter says to it and why."""
        return self.agrees is True or (self.agrees is False and bool(self.own_view.strip()))

    @property
    def seen(self) -> str:
        parts = (str(self.answered_on), str(self.agrees), self.opinion, self.own_view)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
