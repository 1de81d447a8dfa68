"""What the outcome of an evaluation does to its decision: another one that adjusts it, or its end.

Law: 国令713 art. 36 para. 4 (the result is an important basis for adjusting) and art. 37 (a decision is changed or
stopped by the lawful procedure only; a major change goes through it again).
"""

from django.db import transaction

from decisions.models import MajorDecision
from decisions.proposing import propose_anew
from decisions.vocabulary import Proposer
from portal.casefiles.models import FileLink
from portal.workflow.perform import perform


@transaction.atomic
def open_adjustment(evaluation, *, by) -> MajorDecision:
    """Open the proposal of the decision that adjusts the evaluated one; it goes the whole way from its beginning.

    :raises NotAuthorised: the person may not open files there.
    """
    decision = evaluation.decision
    unit = decision.handling_unit or decision.organisation
    number = decision.document_number or decision.number
    proposal = propose_anew(
        decision, by=by, proposer_kind=Proposer.DEPARTMENT, proposer=unit.name, problem=evaluation.problems,
        grounds=f"决策后评估（{evaluation.number}）结论为调整：{evaluation.outcome_reason}",
        outline=f"按评估建议调整{number}：{evaluation.advice_reason}",
    )  # fmt: skip
    FileLink.objects.create(source_id=proposal.pk, target_id=evaluation.pk, kind=FileLink.Kind.CARRIES_OUT)
    return proposal


def stop_decision(evaluation, *, by) -> MajorDecision:
    """Take the decision's own step ``stop``, with the evaluation named as its reason.

    Where its execution has ended meanwhile there is nothing left to stop, and the decision stays as it is.

    :raises NotAuthorised: the person may not sign decisions there.
    """
    decision = evaluation.decision
    if decision.stage not in decision.workflow.transition("stop").sources:
        return decision
    concluded = f"决策后评估（{evaluation.number}，{evaluation.decided_on:%Y-%m-%d}）"
    return perform(decision, "stop", by=by, note=f"{concluded}结论为停止实施：{evaluation.outcome_reason}")
