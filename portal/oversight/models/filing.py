"""Filing (报送备案): one mechanism for everything filed upward, and what the county found in it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.casefiles.models import CaseFile
from portal.documents.models import DocumentVersion
from portal.organisations.models import Organisation
from portal.oversight.kinds import FilingKind, filing_kinds
from portal.oversight.workflow import WORKFLOW, Stage
from portal.workflow.models import StagedFile, lawful_stages, stage_field

ACCEPTED = [
    Stage.REVIEWING, Stage.CORRECTION, Stage.ANSWERED, Stage.RECORDED, Stage.REVOKING, Stage.ANNOUNCING, Stage.REVOKED,
]  # fmt: skip
UNDONE = [Stage.ANNOUNCING, Stage.REVOKED]


@pghistory.track()
class Filing(StagedFile):
    """A file of its own, linked to the town's file (``subject``). The county sees it once submitted."""

    class Order(models.TextChoices):
        AMEND = "amend", "限期修改"
        CORRECT = "correct", "责令纠正"

    workflow = WORKFLOW
    stage = stage_field(WORKFLOW)
    filing_kind = models.CharField("报备种类", max_length=40, editable=False)
    subject = models.ForeignKey(CaseFile, models.PROTECT, related_name="filings", verbose_name="报备对象")
    subject_number = models.CharField("文号", max_length=60, blank=True, editable=False)
    report_number = models.CharField("备案报告文号", max_length=60, blank=True, editable=False)
    recipient = models.ForeignKey(
        Organisation, models.PROTECT, related_name="received_filings", verbose_name="接受机关"
    )
    due_on = models.DateField("报备期限", null=True, blank=True, editable=False)
    first_submitted_on = models.DateField("首次报送日期", null=True, blank=True, editable=False)
    submitted_on = models.DateField("报送日期", null=True, blank=True, editable=False)
    returned_count = models.PositiveSmallIntegerField("退回次数", default=0, editable=False)
    return_reason = models.TextField("退回理由", blank=True, editable=False)
    return_until = models.DateField("补正期限", null=True, blank=True, editable=False)
    receipt_number = models.CharField("备案号", max_length=60, blank=True, editable=False)
    received_on = models.DateField("受理日期", null=True, blank=True, editable=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审查人",
        editable=False,
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="分办审查人",
        editable=False,
    )
    order = models.CharField("处理决定", max_length=10, choices=Order.choices, blank=True, editable=False)
    opinion = models.TextField("审查意见", blank=True, editable=False)
    opinion_number = models.CharField("意见书文号", max_length=60, blank=True, editable=False)
    decided_on = models.DateField("决定日期", null=True, blank=True, editable=False)
    revocation_reason = models.TextField("撤销理由", blank=True, editable=False)
    revocation_basis = models.CharField("撤销依据", max_length=300, blank=True, editable=False)
    revocation_organ = models.CharField("决定机关", max_length=120, blank=True, editable=False)
    revocation_approver = models.CharField("批准人", max_length=120, blank=True, editable=False)
    revocation_number = models.CharField("撤销决定文号", max_length=60, blank=True, editable=False)
    revoked_on = models.DateField("撤销日期", null=True, blank=True, editable=False)
    announced_on = models.DateField("公开通报日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "报备"
        verbose_name_plural = "报备"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "filing_kind"], condition=~Q(stage=Stage.WITHDRAWN), name="filed_once",
                violation_error_message="该文件已经报备，不能重复报送。",
            ),
            models.UniqueConstraint(
                fields=["receipt_number"], condition=~Q(receipt_number=""), name="receipt_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=ACCEPTED)
                | ~Q(receipt_number=""),
                name="accepted_filing_has_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=UNDONE)
                | (
                    Q(revoked_on__isnull=False) & ~Q(revocation_number="") & ~Q(revocation_reason="")
                    & ~Q(revocation_basis="") & ~Q(revocation_approver="")
                ),
                name="revocation_is_founded",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["stage", "submitted_on", "casefile_ptr"], name="filings_by_stage"),
            models.Index(
                fields=["-announced_on", "-casefile_ptr"], condition=Q(announced_on__isnull=False),
                name="announced_revocations",
            ),
        ]  # fmt: skip
        triggers = lawful_stages(WORKFLOW, "oversight_filing")

    @property
    def kind_of_filing(self) -> FilingKind:
        return filing_kinds[self.filing_kind]

    @property
    def name_of_subject(self) -> str:
        """The subject as papers name it: 《标题》（文号）."""
        return f"《{self.subject.title}》" + (f"（{self.subject_number}）" if self.subject_number else "")

    @property
    def how_correction_failed(self) -> str:
        """Why it came to a revocation, as the decision and the notice say it: refused in words, or not done in time."""
        refused = self.findings.filter(answer="refused", answered_at__isnull=False, settled_at__isnull=True).exists()
        return "答复不予修改" if refused else "没有在规定期限内纠正"

    def next_deadline(self, limits=None):
        """Until it is submitted, the limit that runs on the subject; afterwards its own."""
        if self.stage in (Stage.PREPARING, Stage.RETURNED):
            clock = filing_kinds[self.filing_kind].clock
            return self.subject.deadlines.filter(code=clock, state="running").order_by("effective_end").first()
        return super().next_deadline(limits)

    @property
    def is_on_time(self):
        """Whether it was submitted within the limit; ``None`` where nothing was submitted or no limit runs."""
        if self.submitted_on is None or self.due_on is None:
            return None
        return self.submitted_on <= self.due_on


@pghistory.track()
class FilingFinding(models.Model):
    """What the county found in one clause of a filed document, and the town's answer."""

    class Fault(models.TextChoices):
        POWER = "power", "超越权限"
        CONFLICT = "conflict", "同上位法抵触"
        PROCEDURE = "procedure", "违反法定程序"
        UNREASONABLE = "unreasonable", "明显不当"
        FORM = "form", "文字或格式"

    class Answer(models.TextChoices):
        AMENDED = "amended", "已修改"
        REPEALED = "repealed", "已废止"
        EXPLAINED = "explained", "说明理由"
        REFUSED = "refused", "不予修改"

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="findings", verbose_name="报备")
    number = models.PositiveSmallIntegerField("序号")
    clause = models.CharField("条款", max_length=60)
    fault = models.CharField("问题类型", max_length=16, choices=Fault.choices)
    problem = models.TextField("问题")
    basis = models.CharField("依据", max_length=200)
    suggestion = models.TextField("处理建议", blank=True)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    answer = models.CharField("整改答复", max_length=12, choices=Answer.choices, blank=True)
    answer_text = models.TextField("整改说明", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    settled_at = models.DateTimeField("销号时间", null=True, blank=True)
    settled_reason = models.CharField("销号理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "审查意见"
        verbose_name_plural = "审查意见"
        ordering = ("filing", "number")
        constraints = [
            models.UniqueConstraint(fields=["filing", "number"], name="filing_finding_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | ~Q(settled_reason=""),
                name="settled_finding_says_why",
                violation_error_message="销号应当填写理由。",
            ),
        ]

    def __str__(self):
        return f"第 {self.number} 条（{self.clause}）"


class FindingDraft(models.Model):
    """A finding that a reviewer is still writing: saved while typing, one a person and filing, seen by no other."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="finding_drafts", verbose_name="报备")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="审查人")
    clause = models.CharField("条款", max_length=60, blank=True)
    fault = models.CharField("问题类型", max_length=16, choices=FilingFinding.Fault.choices, blank=True)
    problem = models.TextField("问题", blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    suggestion = models.TextField("处理建议", blank=True)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "审查意见草稿"
        verbose_name_plural = "审查意见草稿"
        constraints = [models.UniqueConstraint(fields=["filing", "person"], name="one_finding_draft_a_person")]

    def __str__(self):
        return f"{self.clause} {self.problem[:20]}"


class PaperSeen(models.Model):
    """A reviewer has read this version of a paper (已看); a new version has to be read anew."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="papers_seen", verbose_name="报备")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+", verbose_name="材料版本")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审查人")
    seen_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "已看材料"
        verbose_name_plural = "已看材料"
        constraints = [models.UniqueConstraint(fields=["filing", "version", "person"], name="paper_seen_once")]

    def __str__(self):
        return f"{self.person_id} {self.version_id}"
