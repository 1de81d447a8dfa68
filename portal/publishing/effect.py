"""Whether a published document is in force (效力状态), computed from its dates on the day it is read.

Nothing is stored and nothing swept: a document lapses by itself at 00:00 of the day after ``ends_on``.
"""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q

from portal.moment import SHANGHAI


class Effect(models.TextChoices):
    IN_FORCE = "in_force", "有效"
    PENDING = "pending", "尚未施行"
    LAPSED = "lapsed", "已失效"
    REPEALED = "repealed", "已废止"
    UNKNOWN = "unknown", "效力待核"

    @property
    def is_dead(self) -> bool:
        """No longer to be relied on: its title is shown with the word in front."""
        return self in (Effect.LAPSED, Effect.REPEALED)

    @property
    def tag_kind(self) -> str:
        return "live" if self is Effect.IN_FORCE else ("dead" if self.is_dead else "")


def effect_of(publication, day: date) -> Effect | None:
    """The state on that day; the last day of validity still counts in full."""
    if not publication.has_validity:
        return None
    if publication.repealed_on and publication.repealed_on <= day:
        return Effect.REPEALED
    if publication.ends_on and publication.ends_on < day:
        return Effect.LAPSED
    if publication.starts_on is None:
        return Effect.UNKNOWN
    return Effect.IN_FORCE if publication.starts_on <= day else Effect.PENDING


def effect_q(effect: str, day: date) -> Q:
    """The same as a condition for the database.

    :raises ValueError: no such state.
    """
    state = Effect(effect)
    repealed, ended = Q(repealed_on__isnull=False, repealed_on__lte=day), Q(ends_on__isnull=False, ends_on__lt=day)
    standing = Q(has_validity=True) & ~repealed & ~ended
    return {
        Effect.REPEALED: Q(has_validity=True) & repealed,
        Effect.LAPSED: Q(has_validity=True) & ended & ~repealed,
        Effect.UNKNOWN: standing & Q(starts_on__isnull=True),
        Effect.PENDING: standing & Q(starts_on__gt=day),
        Effect.IN_FORCE: standing & Q(starts_on__lte=day),
    }[state]


def last_change(publication, moment: datetime) -> datetime:
    """When the page of a publication last said something new: going online, or a midnight that changed its state."""
    turns = [publication.starts_on, publication.repealed_on]
    if publication.ends_on:
        turns.append(publication.ends_on + timedelta(days=1))
    midnights = [datetime.combine(day, time(), SHANGHAI) for day in turns if day]
    return max([publication.published_at, *(turn for turn in midnights if turn <= moment)])
