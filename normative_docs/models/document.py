"""An administrative normative document (行政规范性文件), from first draft to repeal."""

import hashlib

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from normative_docs import time_limits
from normative_docs.vocabulary import DocumentKind, Effect, IntegrityConclusion, UrgentGround
from normative_docs.workflow import WORKFLOW, Stage
from portal.accounts.authority import may
from portal.deadlines.forecast import reckon_for
from portal.legal_review.models import LegalityReview, carries_lawful_opinion
from portal.moment import today
from portal.organisations.models import Organisation
from portal.organisations.qualifications import Power, may_exercise
from portal.workflow.models import StagedFile, lawful_stages, stage_field

TRIAL_WORDS = ("试行", "暂行")
PUBLISHED = [Stage.FILING, Stage.FILED, Stage.REVOKED]
# What the town has issued and made known, through its procedure here or before the portal.
OF_RECORD = [*PUBLISHED, Stage.RECORDED]
ISSUED = [Stage.PUBLICATION, *PUBLISHED]
PAST_DELIBERATION = [Stage.DELIBERATION, Stage.SIGNING, *ISSUED]


@pghistory.track()
class NormativeDocument(StagedFile):
    """What a town rules in general and repeatedly for the public (国办发〔2018〕37号).

    Three numbers that are never one field: 发文字号 (``document_number``), 登记号
    (``registration_number``), and the 备案号 on its filing. Dates are inclusive to 24:00 Shanghai time.
    """

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    document_kind = models.CharField("文种", max_length=12, choices=DocumentKind.choices, default=DocumentKind.MEASURES)
    issuing_authority = models.ForeignKey(
        Organisation, models.PROTECT, related_name="normative_documents", verbose_name="制定机关"
    )
    necessity = models.TextField("制定的必要性", blank=True)
    research = models.TextField("调研论证情况", blank=True)
    draft_text = models.TextField("文件正文", blank=True)
    drafting_notes = models.TextField("起草说明", blank=True)
    legal_basis = models.TextField("上位依据", blank=True)
    topic = models.CharField("主题分类", max_length=60, blank=True)
    affects_market = models.BooleanField("涉及经营者经济活动", default=False)
    touches_vital_interests = models.BooleanField("涉及群众切身利益", default=True)
    touches_livelihood = models.BooleanField("属于重大民生事项", default=False)
    urgent_ground = models.CharField("紧急程序的情形", max_length=12, choices=UrgentGround.choices, blank=True)
    urgent_reason = models.CharField("适用紧急程序的理由", max_length=300, blank=True)
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=60, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    commencement_reason = models.CharField("公布后不满三十日施行的理由", max_length=300, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True, help_text="以文本载明的日期为准，当日仍有效")
    validity_text = models.CharField("有效期原文", max_length=300, blank=True)
    repeals_text = models.TextField("废止文件", blank=True)
    adopted_at = models.CharField("审议会议", max_length=120, blank=True)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    document_year = models.PositiveSmallIntegerField("发文字号年份", null=True, blank=True, editable=False)
    document_serial = models.PositiveIntegerField("发文字号序号", null=True, blank=True, editable=False)
    registration_number = models.CharField("统一登记号", max_length=60, blank=True, editable=False)
    registration_serial = models.PositiveIntegerField("统一登记序号", null=True, blank=True, editable=False)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    recorded_on = models.DateField("存量登记日期", null=True, blank=True, editable=False)
    repealed_on = models.DateField("废止日期", null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="签发人",
        editable=False,
    )
    lawful_review = models.ForeignKey(
        LegalityReview,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="合法性审核",
        editable=False,
    )
    reviewed_by_county = models.BooleanField("由县指定机构审核", default=False, editable=False)
    draft_sent_digest = models.CharField("送审稿摘要值", max_length=64, blank=True, editable=False)
    integrity_conclusion = models.CharField(
        "廉洁性评估结论", max_length=8, choices=IntegrityConclusion.choices, blank=True, editable=False
    )
    integrity_digest = models.CharField("廉洁性评估稿摘要值", max_length=64, blank=True, editable=False)
    registers_first = models.BooleanField("先登记后公布", default=False, editable=False)
    registered_on = models.DateField("统一登记日期", null=True, blank=True, editable=False)
    continues = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name="延续的文件",
        editable=False,
    )

    class Meta:
        verbose_name = "行政规范性文件"
        verbose_name_plural = "行政规范性文件"
        indexes = [
            models.Index(fields=["issuing_authority", "-published_on"], name="documents_of_authority"),
            models.Index(fields=["stage", "-published_on"], name="documents_by_stage"),
            models.Index(fields=["document_number"], name="documents_by_number"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=PAST_DELIBERATION) | Q(lawful_review__isnull=False),
                name="deliberated_only_with_opinion",
            ),
            models.CheckConstraint(
                # Where the county registers first, its number comes between the signature and the publication.
                condition=~Q(stage__in=ISSUED)
                | (
                    ~Q(document_number="")
                    & Q(issued_on__isnull=False)
                    & (Q(registers_first=True) | ~Q(registration_number=""))
                ),
                name="issued_documents_have_numbers",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=PUBLISHED) | (~Q(registration_number="") & Q(published_on__isnull=False)),
                name="published_documents_have_a_day",
            ),
            models.CheckConstraint(
                condition=Q(urgent_ground="") | ~Q(urgent_reason=""),
                name="urgent_procedure_says_why",
                violation_error_message="适用紧急程序的，应当填写理由。",
            ),
            models.UniqueConstraint(
                fields=["document_number", "issuing_authority"],
                condition=~Q(document_number=""),
                name="document_number_once",
                violation_error_message="该机关已有这个发文字号。",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(valid_until__gte=F("effective_on")),
                name="valid_until_after_effective",
                violation_error_message="有效期截止日不能早于施行日期。",
            ),
        ]
        triggers = [
            *lawful_stages(WORKFLOW, "normative_docs_normativedocument"),
            carries_lawful_opinion("opinion_is_lawful"),
        ]

    def citing_fault(self, day=None) -> str:
        """Why no other paper may rest on this document, in Chinese; empty when it may (S1-10.1b)."""
        if self.stage not in OF_RECORD or self.published_on is None:
            return "尚未公布"
        effect = self.effect_on(day)
        return "" if effect == Effect.IN_FORCE else effect.label

    @property
    def is_trial(self) -> bool:
        """试行 or 暂行 in the title caps the period of validity."""
        return any(word in self.title for word in TRIAL_WORDS)

    @property
    def issuing_authority_may_issue(self) -> bool:
        """Whether the county's published list names the authority today (S1-9.1a)."""
        return may_exercise(self.issuer, Power.NORMATIVE_DOCUMENTS, today())

    @property
    def issuer(self) -> Organisation:
        """The issuing authority; almost always the organisation of the file, which is loaded already."""
        own = self.issuing_authority_id == self.organisation_id
        return self.organisation if own else self.issuing_authority

    def draft_digest(self) -> str:
        """Digest of the text under review, so that a reworked draft is seen as such."""
        return hashlib.sha256(self.draft_text.encode()).hexdigest()

    def draft_changed_since_opinion(self) -> bool:
        return self.draft_digest() != self.draft_sent_digest

    def longest_validity(self):
        """The last day that the region allows from ``effective_on``; ``None`` where no date of effect is set."""
        if self.effective_on is None:
            return None
        code = time_limits.VALIDITY_TRIAL if self.is_trial else time_limits.VALIDITY_NORMAL
        return reckon_for(self.organisation, code, self.effective_on).effective_end

    def validity_fault(self) -> str:
        """Why the printed validity is too long for the region, in Chinese; empty when it is not."""
        longest = self.longest_validity()
        if longest is None or self.valid_until is None or self.valid_until <= longest:
            return ""
        kind = "试行、暂行文件" if self.is_trial else "规范性文件"
        return f"{kind}有效期最长到 {longest:%Y-%m-%d}"

    def commencement_fault(self) -> str:
        """Why it takes effect too soon after publication, in Chinese; empty when it doesn't or a reason is on file."""
        if self.effective_on is None:
            return "未填写施行日期"
        if self.commencement_reason:
            return ""
        published = self.published_on or today()
        earliest = reckon_for(self.organisation, time_limits.COMMENCE_GAP, published).nominal_end
        if self.effective_on > earliest:
            return ""
        return f"今日公布的，最早 {earliest:%Y-%m-%d} 之后施行；提前施行须说明理由"

    def effect_on(self, day=None) -> Effect:
        """In force, not yet, lapsed or repealed on that day. An expired document lapses at 00:00 of the next day."""
        day = day or today()
        if self.repealed_on and self.repealed_on <= day:
            return Effect.REPEALED
        if self.valid_until and self.valid_until < day:
            return Effect.LAPSED
        if self.effective_on is None:
            return Effect.UNKNOWN if self.stage == Stage.RECORDED else Effect.PENDING
        return Effect.IN_FORCE if self.effective_on <= day else Effect.PENDING

    @property
    def is_editable(self) -> bool:
        """The text is the drafter's until it goes to deliberation."""
        return self.stage in (Stage.DRAFTING, Stage.CONSULTATION, Stage.LEGALITY_REVIEW)

    @property
    def dates_are_editable(self) -> bool:
        return self.is_editable or self.stage in (Stage.DELIBERATION, Stage.SIGNING)

    def may_be_edited_by(self, person) -> bool:
        """The drafters'; whoever registers existing documents may correct what was read before it is registered."""
        if may(person, "normative_docs.draft", self.organisation):
            return True
        return self.stage == Stage.DRAFTING and may(person, "normative_docs.register", self.organisation)

    def facts_digest(self) -> str:
        """Digest of everything a clerk may change, to notice that somebody else changed it meanwhile."""
        names = [field.attname for field in self._meta.local_fields if field.editable]
        facts = "\x1f".join(f"{name}={getattr(self, name)}" for name in [*names, "title", "handling_unit_id", "stage"])
        return hashlib.sha256(facts.encode()).hexdigest()
