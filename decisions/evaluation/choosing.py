"""Which decisions stand to be evaluated, what speaks for each, and how many were chosen this year (S1-13.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from decisions.evaluation.models import OVER, Cue, DecisionEvaluation
from decisions.evaluation.switches import REMIND_FROM, RIPE_AFTER, YEARLY
from decisions.evaluation.vocabulary import Trigger
from decisions.evaluation.workflow import Stage
from decisions.models import DECIDED, MajorDecision
from decisions.vocabulary import Matter
from decisions.workflow import Stage as DecisionStage
from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import FileLink
from portal.consultation.models import PublicComment
from portal.deadlines.arithmetic import add_months
from portal.evaluations.writing import EvaluationRefused
from portal.moment import today
from portal.organisations.models import Organisation
from portal.organisations.policy import value
from portal.workflow.perform import open_file
from portal.workflow.refusals import NotAuthorised

POWER = "decisions.evaluate"
NOTED = verbs.declare("decisions.evaluation_cue", "登记后评估线索")

# What bears upon the economy and society of the area (影响区域经济社会发展), by the facts of the decision.
_WEIGHTY = Q(matter__in=[Matter.PLAN, Matter.RESOURCES, Matter.PROJECT]) | Q(affects_market=True)
_NEAR_TO_PEOPLE = Q(touches_public_interest=True) | ~Q(special_groups="")
# Decided and put into effect; what was stopped has no effect left to evaluate.
EVALUATED_IN = [stage for stage in DECIDED if stage not in (DecisionStage.PUBLICATION, DecisionStage.STOPPED)]


def ripe_until(organisation: Organisation, day: date) -> date:
    """The last day of decision of those that have been carried out long enough to judge their effect."""
    return add_months(day, -value(RIPE_AFTER.code, organisation, day))


def candidates(decisions: QuerySet, organisation: Organisation, day: date) -> QuerySet:
    """Decisions that were never evaluated, with ``weight``: how much speaks for each. The heaviest stand first.

    :param organisation: whose setting says how long a decision is carried out before it is judged.
    """
    done = DecisionEvaluation.objects.filter(decision=OuterRef("pk")).exclude(stage=Stage.ABANDONED)
    cues = Cue.objects.filter(decision=OuterRef("pk"))
    comments = (
        PublicComment.objects.filter(consultation__file=OuterRef("pk"), consultation__withdrawn_at__isnull=True)
        .order_by()
        .values("consultation__file")
        .annotate(n=Count("pk"))
        .values("n")
    )

    def counts(condition, weight: int):
        return Case(When(condition, then=Value(weight)), default=Value(0), output_field=IntegerField())

    return (
        decisions.filter(stage__in=EVALUATED_IN)
        .exclude(Exists(done))
        .annotate(
            comment_count=Coalesce(Subquery(comments, output_field=IntegerField()), Value(0)),
            weight=counts(_WEIGHTY, 1)
            + counts(_NEAR_TO_PEOPLE, 1)
            + counts(Q(decided_on__lte=ripe_until(organisation, day)), 1)
            + counts(Exists(cues.exclude(trigger=Trigger.NECESSARY)), 2)
            + counts(Exists(cues.filter(trigger=Trigger.NECESSARY)), 1),
        )
    )


ORDER = [(F("weight"), True), (F("decided_on"), False), (F("id"), False)]


def facts_for(decision: MajorDecision, ripe: date) -> list[str]:
    """What speaks for choosing this candidate, in Chinese. :param ripe: :func:`ripe_until`."""
    facts = []
    if decision.matter in (Matter.PLAN, Matter.RESOURCES, Matter.PROJECT) or decision.affects_market:
        facts.append("影响区域经济社会发展")
    if decision.touches_public_interest or decision.special_groups:
        facts.append("直接关系民生")
    if decision.decided_on <= ripe:
        facts.append("执行满规定时间")
    facts += [str(cue) for cue in decision.evaluation_cues.all()]
    if decision.comment_count:
        facts.append(f"征求意见时收到 {decision.comment_count} 条意见")
    return facts


def _require_power(by, organisation) -> None:
    if not may(by, POWER, organisation):
        raise NotAuthorised("您没有在该机构办理决策后评估的权限。")


@transaction.atomic
def note_cue(decision: MajorDecision, *, by, trigger: str, words: str) -> Cue:
    """Note what speaks for an evaluation. :raises EvaluationRefused: not carried out. :raises NotAuthorised:"""
    _require_power(by, decision.organisation)
    if decision.stage not in EVALUATED_IN:
        raise EvaluationRefused("决策没有在执行，不登记后评估线索。")
    cue = Cue.objects.create(decision=decision, trigger=trigger, words=words.strip(), noted_by=by, noted_on=today())
    record(NOTED, by=by, file=decision, summary=str(cue))
    return cue


@transaction.atomic
def choose(decision: MajorDecision, *, by, triggers: Iterable[str], reason: str) -> DecisionEvaluation:
    """Choose a decision for evaluation and open the file; the organ then decides on its plan.

    :param triggers: values of :class:`Trigger`, at least one. :param reason: why this decision.
    :raises EvaluationRefused: not carried out, no reason, or an evaluation is under way.
    :raises NotAuthorised: the person may not evaluate decisions there.
    """
    triggers = list(triggers)
    if decision.stage not in EVALUATED_IN:
        raise EvaluationRefused("只评估已经作出并付诸执行的决策。")
    if not triggers or not reason.strip():
        raise EvaluationRefused("请选择评估的情形，并填写理由。")
    try:
        with transaction.atomic():
            evaluation = open_file(
                DecisionEvaluation, by=by, organisation=decision.organisation, handling_unit=decision.handling_unit,
                title=f"决策后评估：{decision.title}"[:200], authority=POWER, decision=decision, triggers=triggers,
                choice_reason=reason.strip(), disclosure=decision.disclosure,
                disclosure_reason=decision.disclosure_reason,
            )  # fmt: skip
    except IntegrityError as running:
        raise EvaluationRefused("这件决策正在评估。") from running
    FileLink.objects.create(source_id=evaluation.pk, target_id=decision.pk, kind=FileLink.Kind.RELATED)
    return evaluation


@dataclass(frozen=True)
class YearOf:
    """How a town stands in one year."""

    town: Organisation
    year: int
    chosen: int
    concluded: int
    running: int
    target: int
    is_behind: bool

    @property
    def left(self) -> int:
        """How many are still to be chosen."""
        return max(self.target - self.chosen, 0)


def years_of(towns: list[Organisation], asker: Organisation, day: date) -> list[YearOf]:
    """Chosen and concluded this year, town by town, whatever their number in the same queries.

    :param asker: whose settings say how many are due, and from which month on a lack is pointed out.
    """
    target = value(YEARLY.code, asker, day)
    is_late = day.month >= value(REMIND_FROM.code, asker, day)
    this_year = Q(opened_on__year=day.year) & ~Q(stage=Stage.ABANDONED)
    counted = {
        row["organisation"]: row
        for row in DecisionEvaluation.objects.filter(organisation__in=towns)
        .order_by()
        .values("organisation")
        .annotate(
            chosen=Count("pk", filter=this_year),
            concluded=Count("pk", filter=Q(decided_on__year=day.year)),
            running=Count("pk", filter=~Q(stage__in=OVER)),
        )
    }
    found = []
    for town in towns:
        row = counted.get(town.pk, {"chosen": 0, "concluded": 0, "running": 0})
        found.append(
            YearOf(
                town, day.year, row["chosen"], row["concluded"], row["running"], target,
                is_behind=is_late and row["chosen"] < target,
            )
        )  # fmt: skip
    return found
