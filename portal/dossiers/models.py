"""The folders that were made: each stays as it was handed out."""

import pgtrigger
from django.conf import settings
from django.db import models

from portal.casefiles.models import CaseFile
from portal.documents.models import Blob


class DossierExport(models.Model):
    """One folder written out (归档包): its bytes, how much it holds and what it lacked then."""

    append_only = True

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="dossier_exports", verbose_name="案卷")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="归档包")
    name = models.CharField("文件名", max_length=255)
    pieces = models.PositiveIntegerField("件数")
    missing = models.JSONField("缺少", default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="生成人"
    )
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "归档包"
        verbose_name_plural = "归档包"
        ordering = ("-id",)
        triggers = [
            pgtrigger.Protect(name="dossier_export_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return self.name
