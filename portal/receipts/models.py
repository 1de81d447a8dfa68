"""What a member of the public holds in hand: a number and a query code."""

from django.db import models

from portal.casefiles.models import CaseFile
from portal.organisations.models import Organisation


class Receipt(models.Model):
    """A receipt (回执) for one thing that was handed in.

    The query code is shown once and stored only as a keyed digest: whoever reads the table learns no code, and
    whoever guesses has 2^40 codes and five tries.
    """

    number = models.CharField("回执编号", max_length=80, unique=True, editable=False)
    kind = models.CharField("类别", max_length=40, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="receipts", editable=False, verbose_name="受理机关"
    )
    file = models.ForeignKey(
        CaseFile, models.PROTECT, null=True, blank=True, related_name="receipts", editable=False, verbose_name="案卷"
    )
    subject_uuid = models.UUIDField("事项编号", editable=False)
    code_hash = models.CharField("查询码摘要", max_length=64, editable=False)
    contact = models.CharField("联系方式", max_length=120, blank=True, editable=False)
    created_at = models.DateTimeField("出具时间", editable=False)

    class Meta:
        verbose_name = "回执"
        verbose_name_plural = "回执"
        constraints = [models.UniqueConstraint(fields=["kind", "subject_uuid"], name="one_receipt_for_a_subject")]

    def __str__(self):
        return self.number
