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


class TypedDraft(models.Model):
    """What a member of the public has typed and not yet handed in, under an address that nobody can guess.

    The address holds a token of which only the digest is stored. Once it is handed in, the typed text leaves the
    draft; the query code stays for some minutes, sealed with the token, for the one page that shows it. Each kind adds
    the field for what the draft becomes (``receipts.handing_in``).
    """

    token_digest = models.CharField("地址摘要", max_length=64, unique=True, editable=False)
    answers = models.JSONField("填写内容", default=dict)
    created_at = models.DateTimeField("填写时间")
    handed_in_at = models.DateTimeField("提交时间", null=True, blank=True)
    sealed_code = models.CharField("封存的查询码", max_length=64, blank=True)

    class Meta:
        abstract = True
