"""The closed lists of words of the catalogue: which steps are planned, how it is adjusted, what deviates from it."""

from dataclasses import dataclass

from django.db.models import TextChoices

from decisions.vocabulary import CHOSEN_BY_HAND, PARTICIPATION, STEPS, StepByFacts, facts_asking_for


@dataclass(frozen=True)
class PlannedStep:
    """A step of the procedure for which an item plans a month. ``by_facts`` is empty where every decision needs it."""

    code: str
    label: str
    basis: str
    by_facts: StepByFacts | None = None

    @property
    def can_be_left_out(self) -> bool:
        """Whether a person may leave it out against the facts, with a reason."""
        return self.by_facts in CHOSEN_BY_HAND

    @property
    def is_always_needed(self) -> bool:
        """Whatever the facts; the public takes part in every matter that is listed, for what is secret isn't listed."""
        return self.by_facts in (None, PARTICIPATION)

    def asked_by(self, matter) -> list[str]:
        """What asks for the step in this matter, in Chinese; nothing, not needed."""
        return facts_asking_for(self.by_facts, matter) if self.by_facts else ["一律需要"]


# In the order of the procedure: those that follow from the facts as for a decision itself, then what all of them need.
PLANNED = (
    *(PlannedStep(step.code, step.label, step.basis, step) for step in STEPS.values()),
    PlannedStep("legality_review", "合法性审查", "国令713 第二十五条"),
    PlannedStep("deliberation", "集体讨论决定", "国令713 第三十条"),
    PlannedStep("publication", "公布", "国令713 第三十二条"),
)
# The facts of a matter from which its steps follow, as on a decision.
FACTS = (
    "touches_public_interest", "is_professional", "hearing_by_law", "brings_risk", "affects_market", "is_disputed",
)  # fmt: skip
PLANNED_BY_CODE = {step.code: step for step in PLANNED}


class AdjustmentAct(TextChoices):
    ADD = "add", "增加"
    CHANGE = "change", "变更"
    WITHDRAW = "withdraw", "调出"


class ItemOutcome(TextChoices):
    """Where an item stands; kept with the year-end results."""

    DONE = "done", "已完成"
    UNDER_WAY = "under_way", "办理中"
    ENDED = "ended", "已终止"
    NOT_STARTED = "not_started", "未启动"
    WITHDRAWN = "withdrawn", "已调出"


class DeviationKind(TextChoices):
    LATE = "late", "超过计划月份三十日"
    DROPPED = "dropped", "减少环节"
    ADDED = "added", "增加环节"
    OUTSIDE = "outside", "未列入目录"
