"""Whether a document is in force (效力状态), reckoned from its dates on the day it is asked for.

Nothing is stored and nothing has to be swept: a document lapses on the day after `valid_until` by itself.
"""

from datetime import date

from django.db import models
from django.db.models import Case, CharField, Q, Value, When


class Effect(models.TextChoices):
    """The state a reader needs to know before relying on a document."""

    IN_FORCE = "in_force", "有效"
    PENDING = "pending", "尚未施行"
    LAPSED = "lapsed", "已失效"
    REPEALED = "repealed", "已废止"


def effect_on(day: date, valid_from: date | None, valid_until: date | None, repealed_on: date | None) -> Effect | None:
    """Return the state on that day; None for things that have no validity, such as a notice.

    `valid_until` is the last day in force; `repealed_on` the first day no longer so.
    """
    if valid_from is None and valid_until is None and repealed_on is None:
        return None
    if repealed_on is not None and repealed_on <= day:
        return Effect.REPEALED
    if valid_until is not None and valid_until < day:
        return Effect.LAPSED
    if valid_from is not None and valid_from > day:
        return Effect.PENDING
    return Effect.IN_FORCE


def effect_expression(day: date) -> Case:
    """Return the same for the database; "" for things that have no validity."""
    return Case(
        When(Q(valid_from=None, valid_until=None, repealed_on=None), then=Value("")),
        When(repealed_on__lte=day, then=Value(Effect.REPEALED)),
        When(valid_until__lt=day, then=Value(Effect.LAPSED)),
        When(valid_from__gt=day, then=Value(Effect.PENDING)),
        default=Value(Effect.IN_FORCE),
        output_field=CharField(),
    )
