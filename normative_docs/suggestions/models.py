"""Review suggestions as they come from the public, and reviews asked for by other bodies."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from normative_docs.models import NormativeDocument
from normative_docs.suggestions.incidental.workflow import WORKFLOW as INCIDENTAL
from normative_docs.suggestions.incidental.workflow import Stage as IncidentalStage
from normative_docs.suggestions.vocabulary import Channel, Proposer, RefusalGround, Result, Verdict
from normative_docs.suggestions.workflow import REPLIED, WORKFLOW, Stage
from portal.documents.models import DocumentVersion
from portal.oversight.models import Filing
from portal.receipts.models import TypedDraft
from portal.workflow.models import StagedFile, lawful_stages, stage_field


def _person(label: str):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label,
        editable=False,
    )  # fmt: skip


def _paper(label: str):
    return models.ForeignKey(
        DocumentVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label, editable=False
    )


@pghistory.track()
class ReviewSuggestion(StagedFile):
    """Somebody says that a document is unlawful or improper; the county's legal body answers within its limit.

    The file is the issuing town's, and addressed to the county from the first moment. The proposer's name and
    contact are read by the county only, and every reading is recorded.
    """

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, null=True, blank=True, related_name="review_suggestions",
        verbose_name="规范性文件",
    )  # fmt: skip
    named_document = models.CharField("建议人填写的文件名称或者文号", max_length=200)
    clause = models.CharField("条款", max_length=120, blank=True)
    reason = models.TextField("理由和建议")
    proposer = models.CharField("建议人类别", max_length=16, choices=Proposer.choices)
    proposer_name = models.CharField("姓名或者名称", max_length=60)
    contact = models.CharField("联系方式", max_length=100, blank=True)
    received_on = models.DateField("收到日期", editable=False)
    accepted_on = models.DateField("受理日期", null=True, blank=True, editable=False)
    statement_due = models.DateField("说明期限", null=True, blank=True, editable=False)
    statement_asked = models.TextField("要求说明的事项", blank=True, editable=False)
    statement = models.TextField("制定机关的说明", blank=True, editable=False)
    stated_on = models.DateField("说明日期", null=True, blank=True, editable=False)
    without_statement = models.CharField("未说明的情况", max_length=300, blank=True, editable=False)
    refusal_ground = models.CharField(
        "不予受理的情形", max_length=16, choices=RefusalGround.choices, blank=True, editable=False
    )
    result = models.CharField("审查结果", max_length=8, choices=Result.choices, blank=True, editable=False)
    opinion = models.TextField("答复意见", blank=True, editable=False)
    public_summary = models.TextField("公开的内容", blank=True, editable=False)
    concluded_on = models.DateField("提出结果日期", null=True, blank=True, editable=False)
    concluded_by = _person("审查人")
    reply_number = models.CharField("答复书文号", max_length=60, blank=True, editable=False)
    reply_letter = _paper("答复书")
    replied_on = models.DateField("答复日期", null=True, blank=True, editable=False)
    correction = models.TextField("处理情况", blank=True, editable=False)
    corrected_on = models.DateField("报告处理情况日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "审查建议"
        verbose_name_plural = "审查建议"
        indexes = [
            models.Index(
                fields=["-replied_on", "-casefile_ptr"], condition=Q(replied_on__isnull=False),
                name="suggestions_answered",
            ),
            models.Index(fields=["stage", "received_on", "casefile_ptr"], name="suggestions_by_stage"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=REPLIED)
                | (Q(replied_on__isnull=False, reply_letter__isnull=False) & ~Q(result="")),
                name="replied_suggestion_has_a_letter",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.REVIEWING, Stage.STATEMENT]) | Q(document__isnull=False),
                name="reviewed_suggestion_has_a_document",
            ),
            models.UniqueConstraint(
                fields=["reply_number"], condition=~Q(reply_number=""), name="suggestion_reply_number_once"
            ),
        ]
        triggers = [
            *lawful_stages(WORKFLOW, "normative_docs_suggestions_reviewsuggestion"),
            # What somebody wrote to the county is not the county's to change.
            pgtrigger.ReadOnly(
                name="suggestion_stays_as_received",
                fields=["named_document", "clause", "reason", "proposer", "proposer_name", "contact", "received_on"],
            ),
        ]

    @property
    def shown_document(self) -> str:
        """The document as lists name it: its title, or what the proposer called it."""
        return self.document.title if self.document_id else self.named_document

    def filing_of_document(self) -> Filing | None:
        """The newest filing of the document, under which the county reviewed it."""
        if self.document_id is None:
            return None
        return Filing.objects.filter(subject_id=self.document_id, submitted_on__isnull=False).order_by("-pk").first()


class SuggestionDraft(TypedDraft):
    """A suggestion that was typed and not yet handed in."""

    suggestion = models.ForeignKey(
        ReviewSuggestion, models.CASCADE, null=True, blank=True, related_name="drafts", verbose_name="审查建议"
    )

    class Meta:
        verbose_name = "审查建议草稿"
        verbose_name_plural = "审查建议草稿"
        indexes = [models.Index(fields=["created_at"], name="suggestion_drafts_by_age")]

    def __str__(self):
        return f"{self.pk}"


@pghistory.track()
class IncidentalReview(StagedFile):
    """A reconsideration body or a court examines a document; its maker answers within the limit of the channel."""

    workflow = INCIDENTAL
    stage = stage_field(INCIDENTAL)
    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="incidental_reviews", verbose_name="规范性文件"
    )
    channel = models.CharField("来源", max_length=16, choices=Channel.choices)
    requesting_body = models.CharField("提出机关", max_length=120)
    case_number = models.CharField("案号", max_length=120)
    clause = models.CharField("条款", max_length=120, blank=True)
    received_on = models.DateField("收到来文日期")
    applied_on = models.DateField("附带审查申请日期", null=True, blank=True)
    needs_collective_view = models.BooleanField("答复须经集体讨论", default=False)
    statement = models.TextField("合法性说明", blank=True)
    reply_number = models.CharField("答复文号", max_length=60, blank=True, editable=False)
    reply_paper = _paper("书面答复")
    sent_on = models.DateField("送出日期", null=True, blank=True, editable=False)
    signed_by = _person("签发人")
    verdict = models.CharField("认定结果", max_length=12, choices=Verdict.choices, blank=True, editable=False)
    verdict_on = models.DateField("认定日期", null=True, blank=True, editable=False)
    verdict_text = models.TextField("认定内容", blank=True, editable=False)
    follow_up = models.ForeignKey(
        NormativeDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改或者废止的文件",
        editable=False,
    )  # fmt: skip

    class Meta:
        verbose_name = "附带审查"
        verbose_name_plural = "附带审查"
        indexes = [models.Index(fields=["stage", "-casefile_ptr"], name="incidental_by_stage")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=[IncidentalStage.AWAITING, IncidentalStage.CONCLUDED, IncidentalStage.CLOSED])
                | Q(sent_on__isnull=False, reply_paper__isnull=False),
                name="answered_review_went_out",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[IncidentalStage.CONCLUDED, IncidentalStage.CLOSED])
                | (~Q(verdict="") & Q(verdict_on__isnull=False)),
                name="concluded_review_has_a_verdict",
            ),
            models.UniqueConstraint(
                fields=["document", "channel", "case_number"], name="incidental_review_once",
                violation_error_message="这件来文已经登记。",
            ),
        ]  # fmt: skip
        triggers = lawful_stages(INCIDENTAL, "normative_docs_suggestions_incidentalreview")

    @property
    def is_drafted(self) -> bool:
        """Whether the answer is still being written."""
        return self.stage == IncidentalStage.DRAFTING
