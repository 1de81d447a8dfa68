"""The stored working-day table: one row per notice, one per day that a notice names."""

from django.conf import settings
from django.db import models


class CalendarNotice(models.Model):
    """The holiday notice (放假安排) of a year. Region empty: the national one; else what a region adds."""

    year = models.PositiveSmallIntegerField("年份")
    region = models.CharField("地区", max_length=40, blank=True)
    title = models.CharField("标题", max_length=200)
    source = models.CharField("出处", max_length=300)
    loaded_on = models.DateField("载入日期")
    loaded_at = models.DateTimeField("载入时间", auto_now=True)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="载入人"
    )

    class Meta:
        verbose_name = "放假安排"
        verbose_name_plural = "放假安排"
        ordering = ("-year", "region")
        constraints = [models.UniqueConstraint(fields=["year", "region"], name="one_notice_a_year")]

    def __str__(self):
        return self.title


class CalendarDay(models.Model):
    """A day that a notice names: off, or a weekend day worked instead."""

    region = models.CharField("地区", max_length=40, blank=True)
    day = models.DateField("日期")
    is_workday = models.BooleanField("是否上班")
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = "放假调休日"
        verbose_name_plural = "放假调休日"
        ordering = ("day",)
        constraints = [models.UniqueConstraint(fields=["region", "day"], name="day_named_once")]

    def __str__(self):
        return f"{self.day} {self.name}"
