"""The folders that were made and those that were sealed: each stays as it was."""

import pgtrigger
from django.conf import settings
from django.db import models

from portal.audit.models import append_only_triggers
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


class SealedDossier(models.Model):
    """A folder bound and sealed (封存卷宗): the volume as PDF, and the packet for whoever takes it over.

    ``contents_digest`` is taken over all pieces in their order, so that a piece that came later is noticed. A folder
    sealed again keeps its archive number (档号, DA/T 13-2022) and gets the next ``number``; the earlier one stays.
    """

    append_only = True

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="sealed_dossiers", verbose_name="案卷")
    number = models.PositiveSmallIntegerField("次序")
    archive_number = models.CharField("档号", max_length=60)
    volume = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="卷宗")
    packet = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="移交包")
    pieces = models.PositiveIntegerField("件数")
    pages = models.PositiveIntegerField("页数")
    index = models.JSONField("卷内目录", default=list)
    contents_digest = models.CharField("卷内材料摘要值", max_length=64)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="立卷人")
    sealed_by_name = models.CharField("立卷人姓名", max_length=60)
    sealed_by_post = models.CharField("立卷人职务", max_length=120, blank=True)
    sealed_at = models.DateTimeField("封存时间")

    class Meta:
        verbose_name = "封存卷宗"
        verbose_name_plural = "封存卷宗"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="sealed_dossier_number_once")]
        triggers = append_only_triggers("sealed_dossier")

    def __str__(self):
        return f"{self.archive_number}（第 {self.number} 次封存）"
