"""Snapshots of figures: what a submitted report said, it says for ever."""

import pgtrigger
from django.db import models

from portal.organisations.models import Organisation


class IndicatorValue(models.Model):
    """A figure as it stood when it was frozen, with the digest of what was counted."""

    code = models.CharField("指标", max_length=80)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="indicator_values", verbose_name="机构")
    period_start = models.DateField("期间起")
    period_end = models.DateField("期间止")
    value = models.DecimalField("数值", max_digits=14, decimal_places=2, null=True)
    of = models.DecimalField("基数", max_digits=14, decimal_places=2, null=True)
    counted = models.JSONField("所计案卷", default=list)
    records = models.JSONField("所计其他记录", default=list)  # [label, address], where no case file stands behind it
    digest = models.CharField("摘要值", max_length=64)
    computed_at = models.DateTimeField("计算时间")

    class Meta:
        verbose_name = "指标值"
        verbose_name_plural = "指标值"
        indexes = [models.Index(fields=["organisation", "code", "-id"], name="indicator_values_lookup")]
        triggers = [
            pgtrigger.Protect(name="snapshot_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.code} {self.period_start}..{self.period_end}"
