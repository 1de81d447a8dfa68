"""Documents of the portal that a draft rests on."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from normative_docs.models.document import NormativeDocument


@pghistory.track()
class CitedBasis(models.Model):
    """One normative document named as a basis of another. What is not published can't stand here (S1-10.1b)."""

    document = models.ForeignKey(NormativeDocument, models.CASCADE, related_name="cited_bases", verbose_name="文件")
    cited = models.ForeignKey(NormativeDocument, models.PROTECT, related_name="cited_by", verbose_name="所依据的文件")
    articles = models.CharField("条款", max_length=120, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    added_on = models.DateField("登记日期")

    class Meta:
        verbose_name = "所依据的文件"
        verbose_name_plural = "所依据的文件"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["document", "cited"], name="basis_cited_once"),
            models.CheckConstraint(condition=~Q(document=F("cited")), name="document_is_not_its_own_basis"),
        ]

    def __str__(self):
        return f"{self.document_id} → {self.cited_id}"
