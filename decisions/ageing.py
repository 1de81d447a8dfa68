"""久拖不决: decisions that are due by law or promise and not made, and those that stay long in one stage (S1-14.1b).

Law: 国令713 art. 38 (依法应当及时作出决策而久拖不决). From how many days on, the region says.
"""

from datetime import date, timedelta
from functools import cached_property

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate

from decisions.models import DelayNote
from decisions.switches import DUE_SOON, LONG_IN_STAGE
from decisions.workflow import Stage
from portal.moment import today
from portal.organisations.policy import value
from portal.workflow.models import TransitionRecord

PENDING = (
    Stage.PROPOSED, Stage.DRAFTING, Stage.PARTICIPATION, Stage.ASSESSMENT, Stage.LEGALITY_REVIEW,
    Stage.DELIBERATION, Stage.PARTY_REPORT,
)  # fmt: skip
NO_DAY = date(9999, 12, 31)


class Thresholds:
    """From when on a pending decision is listed: the days as the organisation's region has set them, read if asked."""

    def __init__(self, organisation):
        self.organisation, self.day = organisation, today()

    @cached_property
    def soon_until(self) -> date:
        """The last due day that counts as near."""
        return self.day + timedelta(days=value(DUE_SOON.code, self.organisation, self.day))

    @cached_property
    def long_since(self) -> date:
        """Whoever came into the stage on this day or before has been there too long."""
        return self.day - timedelta(days=value(LONG_IN_STAGE.code, self.organisation, self.day))


def pending(decisions):
    """Of these decisions those not yet made, with ``stage_since`` (the day the stage began) and ``due_key``."""
    moves = TransitionRecord.objects.filter(file=OuterRef("pk")).exclude(source=F("target")).order_by("-id")
    return decisions.filter(stage__in=PENDING).annotate(
        stage_since=Coalesce(Subquery(moves.values(day=TruncDate("occurred_at"))[:1]), F("opened_on")),
        due_key=Coalesce(F("due_on"), Value(NO_DAY)),
    )


def with_reasons(decisions):
    """Besides, what the town said last about the delay."""
    notes = DelayNote.objects.filter(decision=OuterRef("pk")).order_by("-pk")
    return decisions.annotate(
        delay_reason=Subquery(notes.values("reason")[:1]), delay_expected_on=Subquery(notes.values("expected_on")[:1])
    )


def overdue(decisions, limits: Thresholds):
    return decisions.filter(due_on__lt=limits.day)


def soon(decisions, limits: Thresholds):
    return decisions.filter(due_on__range=(limits.day, limits.soon_until))


def long_in_stage(decisions, limits: Thresholds):
    return decisions.filter(stage_since__lte=limits.long_since)


def standing_of(decision, day: date, soon_until: date) -> tuple[str, str]:
    """The lamp of a pending decision by its due day alone: ``(state, words)``.

    :param soon_until: the last due day that counts as near.
    """
    if decision.due_on is None:
        return "idle", "没有规定期限"
    left = (decision.due_on - day).days
    if left < 0:
        return "late", f"逾期 {-left} 日"
    return "soon" if decision.due_on <= soon_until else "fine", f"剩 {left} 日" if left else "今日到期"


def days_in_stage(decision, day: date) -> int:
    """How long a decision read by :func:`pending` has been in its stage."""
    return (day - decision.stage_since).days
