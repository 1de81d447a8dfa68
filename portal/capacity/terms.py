"""Appointments have a first day and a last one: the day agreed, or an earlier one on which they were ended."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Least

# PostgreSQL's LEAST passes over nulls: an appointment without any last day has none.
LAST_DAY = Least(F("appointed_until"), F("ended_on"))


class TermQuerySet(models.QuerySet):
    """Rows with ``appointed_from``, ``appointed_until`` and ``ended_on``."""

    def in_force(self, on: date):
        """Those whose term includes the day; first and last day count."""
        return self.filter(appointed_from__lte=on).exclude(appointed_until__lt=on).exclude(ended_on__lt=on)

    def over(self, on: date):
        """Those whose last day has passed."""
        return self.filter(Q(appointed_until__lt=on) | Q(ended_on__lt=on))


class Term(models.Model):
    """An appointment that ends with its term or before, then with a reason; nobody deletes one."""

    appointed_from = models.DateField("聘任日期")
    appointed_until = models.DateField("聘期至", null=True, blank=True)
    ended_on = models.DateField("提前结束日期", null=True, blank=True, editable=False)
    end_reason = models.CharField("结束理由", max_length=200, blank=True, editable=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def last_day(self) -> date | None:
        """The last day in force; ``None`` while no end is in sight."""
        return min((day for day in (self.appointed_until, self.ended_on) if day), default=None)

    def is_in_force(self, on: date) -> bool:
        return self.appointed_from <= on and (self.last_day is None or self.last_day >= on)

    def overlaps(self, start: date, end: date | None) -> bool:
        """Whether it shares a day with the term ``start`` to ``end`` (``None``: without end)."""
        return (end is None or self.appointed_from <= end) and (self.last_day is None or self.last_day >= start)

    def state(self, on: date) -> tuple[str, str]:
        """Words and colour of its tag on that day."""
        if self.appointed_from > on:
            return "未到聘期", ""
        if self.is_in_force(on):
            return ("将结束", "soon") if self.ended_on else ("在聘", "live")
        return ("已结束", "dead") if self.ended_on else ("聘期届满", "dead")


def term_constraints(name: str, same: tuple[str, ...], twice: str) -> list:
    """What holds for every table of appointments.

    :param same: fields that tell one appointed person from another. :param twice: said of an overlapping second row.
    """
    return [
        models.CheckConstraint(
            condition=Q(appointed_until__isnull=True) | Q(appointed_until__gte=F("appointed_from")),
            name=f"{name}_term_has_days",
            violation_error_message="聘期届满日不能早于聘任日期。",
        ),
        models.CheckConstraint(
            condition=Q(ended_on__isnull=True, end_reason="")
            | (Q(ended_on__gte=F("appointed_from")) & ~Q(end_reason="")),
            name=f"{name}_ended_with_reason",
            violation_error_message="提前结束的，应当写明理由，结束日期不能早于聘任日期。",
        ),
        ExclusionConstraint(
            name=f"{name}_once_a_day",
            expressions=[
                *((field, RangeOperators.EQUAL) for field in same),
                (
                    Func(
                        F("appointed_from"), LAST_DAY, models.Value("[]"), function="daterange",
                        output_field=DateRangeField(),
                    ),
                    RangeOperators.OVERLAPS,
                ),
            ],
            violation_error_message=twice,
        ),
    ]  # fmt: skip
