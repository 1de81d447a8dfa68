"""Running clocks, what stopped or lengthened them, and the reminders sent. The working days are in ``tables.py``."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.casefiles.models import CaseFile
from portal.deadlines.lamps import Lamp, lamp_of
from portal.deadlines.limits import TimeLimit
from portal.deadlines.tables import CalendarDay, CalendarNotice

__all__ = ["CalendarDay", "CalendarNotice", "Deadline", "Extension", "ReminderSent", "Suspension"]


class DeadlineQuerySet(models.QuerySet):
    def open(self):
        """Running or suspended."""
        return self.filter(state__in=Deadline.OPEN)

    def late(self, today):
        """Running, of an office's own, and past the last day."""
        return self.filter(state=Deadline.State.RUNNING, binds_office=True, effective_end__lt=today)

    def soon(self, today):
        """Running, amber, not yet late."""
        return self.filter(
            state=Deadline.State.RUNNING, binds_office=True, soon_from__lte=today, effective_end__gte=today
        )


@pghistory.track()
class Deadline(models.Model):
    """One clock on one file (期限): a limit of the law, started by an event, with the rule frozen as it stood.

    The lamp is never stored: :meth:`lamp` reads it off the dates. ``about`` tells apart clocks of one
    limit on one file, such as the third parties asked.
    """

    class State(models.TextChoices):
        RUNNING = "running", "计算中"
        SUSPENDED = "suspended", "已中止"
        MET = "met", "已办结"
        MISSED = "missed", "届满未办"
        CANCELLED = "cancelled", "已撤销"

    OPEN = (State.RUNNING, State.SUSPENDED)

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="deadlines", verbose_name="案卷")
    code = models.CharField("期限代码", max_length=60)
    about = models.CharField("对象", max_length=120, blank=True)
    label = models.CharField("期限", max_length=120)
    start_on = models.DateField("起算日")
    start_at = models.DateTimeField("起算时刻", null=True, blank=True)
    start_event = models.CharField("起算事件", max_length=200)
    stated_until = models.DateField("文书载明的期限", null=True, blank=True)
    region = models.CharField("地区", max_length=40, blank=True)
    rule = models.JSONField("规则")
    binds_office = models.BooleanField("约束机关", default=True)
    nominal_end = models.DateField("期限末日")
    effective_end = models.DateField("届满日")
    act_by = models.DateField("应办日")
    soon_from = models.DateField("临期起")
    provisional = models.BooleanField("暂定", default=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RUNNING)
    met_on = models.DateField("办结日", null=True, blank=True)
    finished_late_by = models.PositiveIntegerField("逾期", default=0)
    steps = models.JSONField("推算过程")
    ladder = models.JSONField("提醒", default=list)
    next_reminder_on = models.DateField("下次提醒", null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "期限"
        verbose_name_plural = "期限"
        ordering = ("effective_end", "id")
        indexes = [
            models.Index(fields=["next_reminder_on"], condition=Q(state="running"), name="reminders_to_send"),
            models.Index(fields=["effective_end"], condition=Q(state__in=("running", "suspended")), name="open_by_end"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "code", "about"],
                condition=Q(state__in=("running", "suspended")),
                name="one_running_clock_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state="met") | Q(met_on__isnull=False),
                name="met_deadline_has_a_day",
                violation_error_message="办结的期限应当写明办结日。",
            ),
        ]

    def __str__(self):
        return f"{self.label}（{self.effective_end}）"

    @property
    def limit(self) -> TimeLimit:
        """The rule as it stood when the clock was started."""
        return TimeLimit.thawed(self.rule)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_awaited(self) -> bool:
        """Whether the office must act by its end; a minimum period is waited for and never due."""
        return self.state == self.State.RUNNING and self.binds_office and self.rule.get("direction") != "min"

    @property
    def citation(self) -> str:
        return self.rule["citation"]

    def lamp(self, today) -> Lamp:
        """The lamp on that day: word, shape and text (期限灯)."""
        return lamp_of(self, today)


@pghistory.track()
class Suspension(models.Model):
    """A stop of the clock (中止、扣除): days later than ``from_on`` and not later than ``until_on``."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="suspensions", verbose_name="期限")
    from_on = models.DateField("中止之日")
    until_on = models.DateField("恢复之日", null=True, blank=True)
    reason = models.CharField("事由", max_length=300)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="批准人")
    letter = models.CharField("告知文书", max_length=120, blank=True)

    class Meta:
        verbose_name = "期限中止"
        verbose_name_plural = "期限中止"
        ordering = ("from_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(until_on__isnull=True), name="one_open_stop_of_a_clock"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="stop_ends_after_it_begins",
                violation_error_message="恢复之日不能早于中止之日。",
            ),
        ]

    def __str__(self):
        return f"{self.from_on} 至 {self.until_on or '—'}"


@pghistory.track()
class Extension(models.Model):
    """A lawful extension (延长), approved and told before the period ran out. Once for a clock."""

    deadline = models.OneToOneField(Deadline, models.PROTECT, related_name="extension", verbose_name="期限")
    length = models.PositiveSmallIntegerField("延长")
    approved_on = models.DateField("批准日期")
    reason = models.CharField("事由", max_length=300)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="批准人")
    letter = models.CharField("告知文书", max_length=120, blank=True)

    class Meta:
        verbose_name = "期限延长"
        verbose_name_plural = "期限延长"

    def __str__(self):
        return f"延长 {self.length}"


class ReminderSent(models.Model):
    """A reminder that went out. What is here is never sent again."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="reminders", verbose_name="期限")
    step = models.CharField("提醒", max_length=12)
    sent_on = models.DateField("发出日期")

    class Meta:
        verbose_name = "已发提醒"
        verbose_name_plural = "已发提醒"
        constraints = [models.UniqueConstraint(fields=["deadline", "step"], name="reminder_sent_once")]

    def __str__(self):
        return f"{self.step} {self.sent_on}"
