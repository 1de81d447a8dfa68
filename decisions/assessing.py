"""Assessing the risk of a draft, and deciding against the facts that a step is needed or not."""

from django.db import transaction
from django.db.models import Max

from decisions.models import MajorDecision, RiskAssessment, StepChoice
from decisions.vocabulary import STEPS
from decisions.workflow import Stage
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import now
from portal.workflow.refusals import StepRefused

ASSESSED = verbs.declare("decisions.risk_assessed", "登记风险评估")
CHOSEN = verbs.declare("decisions.step_chosen", "认定程序环节")

ASSESSED_IN = (Stage.DRAFTING, Stage.PARTICIPATION, Stage.ASSESSMENT, Stage.LEGALITY_REVIEW)
CHOSEN_IN = (Stage.PROPOSED, Stage.DRAFTING, Stage.PARTICIPATION, Stage.ASSESSMENT)


def _held(decision: MajorDecision, stages: tuple, refusal: str) -> MajorDecision:
    held = MajorDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if held.stage not in stages:
        raise StepRefused(refusal)
    return held


@transaction.atomic
def assess(decision: MajorDecision, assessment: RiskAssessment, *, by) -> RiskAssessment:
    """Keep an assessment of the draft as it stands; it never changes, a new one follows when the draft does.

    :raises StepRefused: in another stage, or without a draft.
    """
    held = _held(decision, ASSESSED_IN, "风险评估在提请集体讨论之前进行，现在不能登记。")
    if not held.draft_text:
        raise StepRefused("还没有决策草案，无法评估。")
    last = held.risk_assessments.aggregate(last=Max("number"))["last"] or 0
    assessment.decision, assessment.number = held, last + 1
    assessment.draft_digest, assessment.entered_by, assessment.entered_at = held.draft_digest(), by, now()
    assessment.save()
    record(ASSESSED, by=by, file=held, summary=f"{assessment}，{assessment.assessor}")
    return assessment


@transaction.atomic
def choose_step(decision: MajorDecision, *, by, step: str, is_needed: bool, reason: str) -> StepChoice:
    """Override what the facts say of a step, with a reason that everybody reads.

    :raises StepRefused: before review only; no reason; or it is so already.
    """
    held = _held(decision, CHOSEN_IN, "草案已经送审，程序环节不能再改。")
    if not reason.strip():
        raise StepRefused("请填写理由。")
    if held.needs(STEPS[step]) == is_needed:
        raise StepRefused(f"{STEPS[step].label}现在就是“{'需要' if is_needed else '不需要'}”。")
    choice = StepChoice.objects.create(
        decision=held, step=step, is_needed=is_needed, reason=reason.strip(), chosen_by=by, chosen_at=now()
    )
    decision.forget_choices()
    record(CHOSEN, by=by, file=held, summary=f"{choice}，{choice.reason}")
    return choice
