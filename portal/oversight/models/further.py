"""Where else a file must be sent for the record (另行报备), as to the people's congress."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.casefiles.models import CaseFile
from portal.moment import today
from portal.organisations.models import Organisation


@pghistory.track()
class FurtherFiling(models.Model):
    """One file to one more recipient. A file of the portal is linked; of others the title and number are kept."""

    public_id = models.UUIDField("公开编号", default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="further_filings", verbose_name="报送机关"
    )  # fmt: skip
    subject = models.ForeignKey(
        CaseFile, models.PROTECT, null=True, blank=True, related_name="further_filings", verbose_name="报备对象"
    )
    target = models.CharField("接受机关种类", max_length=40)
    recipient = models.CharField("接受机关", max_length=120)
    title = models.CharField("文件名称", max_length=200)
    document_number = models.CharField("文号", max_length=60, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    due_on = models.DateField("报送期限", null=True, blank=True)
    report_number = models.CharField("备案报告文号", max_length=60, blank=True)
    sent_on = models.DateField("报送日期", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送人"
    )
    received_on = models.DateField("收到回执日期", null=True, blank=True)
    receipt_number = models.CharField("备案回执号", max_length=60, blank=True)
    reminded_on = models.DateField("最近提醒日期", null=True, blank=True)

    class Meta:
        verbose_name = "另行报备"
        verbose_name_plural = "另行报备"
        indexes = [
            models.Index(fields=["issuer", "-id"], name="further_filings_of_issuer"),
            models.Index(fields=["due_on"], condition=Q(sent_on__isnull=True), name="further_filings_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "target"], condition=Q(subject__isnull=False), name="filed_once_with_each",
                violation_error_message="该文件已经列入这一接受机关的报备。",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(sent_on__isnull=False, received_on__gte=F("sent_on")),
                name="receipt_follows_sending",
                violation_error_message="收到回执的日期不能早于报送日期。",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | ~Q(report_number=""),
                name="sent_filing_has_its_number",
                violation_error_message="已报送的，应当填写备案报告文号。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.recipient}：{self.title}"

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.received_on:
            return "已收回执"
        if self.sent_on:
            return "已报送"
        return "逾期未报" if self.due_on and self.due_on < today() else "待报送"

    @property
    def is_on_time(self) -> bool | None:
        """Whether it was sent within its limit; ``None`` where it was not sent or has none."""
        if self.sent_on is None or self.due_on is None:
            return None
        return self.sent_on <= self.due_on
