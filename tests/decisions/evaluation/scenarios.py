"""Evaluations on which every gate of a step is met, and how to take exactly one condition away."""

from decisions.evaluation.gates import CONTRACT, RESULTS, THIRD_PARTY_REPORT
from decisions.evaluation.models import Correction, DecisionEvaluation
from decisions.models import RiskAssessment
from portal.consultation.standing import newest_questionnaire
from portal.documents.attach import remove
from portal.documents.models import Document
from portal.meetings.minutes import seal
from portal.meetings.models import DeliberationItem
from portal.moment import now
from portal.publishing.copying import prepare_copy
from tests.decisions.evaluation import evaluations

THIRD_PARTY = "云溪县公共政策研究会"


def _planned(world):
    return evaluations.walked(world, "plan", third_party=THIRD_PARTY)


def _studied(world):
    return evaluations.walked(world, "study", third_party=THIRD_PARTY)


def _sent_back(world):
    way = evaluations.walked(world, "hand_in")
    way.deliberate(DeliberationItem.Result.AMENDED)
    return way


def _to_publish(world):
    way = evaluations.walked(world, "conclude")
    way.review_public_copy()
    return way


def _to_finish(world):
    way = evaluations.walked(world, "publish", outcome="adjust")
    correction = way.order()
    way.workday()
    way.correct(correction)
    way.carry_out()
    return way


_OUTCOME = {"outcome": "continue", "reason": "目标已经实现。"}
_STEPS = {
    "begin": (_planned, "lt_head", {}),
    "replan": (lambda world: evaluations.walked(world, "begin"), "lt_clerk", {}),
    "hand_in": (_studied, "lt_clerk", _OUTCOME),
    "send_back": (_sent_back, "lt_clerk", {}),
    "conclude": (lambda world: evaluations.walked(world, "deliberate"), "lt_head", _OUTCOME),
    "publish": (_to_publish, "lt_clerk", {}),
    "carry_out": (lambda world: evaluations.walked(world, "conclude", outcome="stop"), "lt_head", {}),
    "finish": (_to_finish, "lt_clerk", {}),
    "abandon": (lambda world: evaluations.walked(world, "plan"), "lt_head", {}),
}


def ready_for(world, code: str):
    """A way, who may take the step, and what its form asks, with every gate of the step met."""
    make, username, data = _STEPS[code]
    return make(world), world[username], data


def _set(**fields):
    return lambda way: DecisionEvaluation.objects.filter(pk=way.document.pk).update(**fields)


def _without(slot):
    def taken(way):
        for paper in Document.objects.in_force().filter(file_id=way.document.pk, slot=slot.code):
            remove(paper, way.cast.clerk, "测试：拿掉材料")

    return taken


def _assessed_before(way):
    RiskAssessment.objects.create(
        decision=way.decision, number=9, assessor_kind="third_party", assessor=THIRD_PARTY, assessed_on=way.day,
        public_views="听取意见", stability="低", environment="低", economy="低", lawful=True, reasonable=True,
        feasible=True, integrity=True, controllable=True, level="low", measures="措施", response_plan="预案",
        draft_digest="x", entered_by=way.cast.clerk, entered_at=now(),
    )  # fmt: skip


def _still_open(way):
    questionnaire = newest_questionnaire(way.document)
    questionnaire.closes_on = way.day
    questionnaire.save(update_fields=["closes_on"])


def _another_meeting(way):
    """A newer meeting decided something else."""
    way.workday()
    seal(way.hold_meeting(DeliberationItem.Result.AMENDED), by=way.cast.clerk)


def _agreed_meeting(way):
    way.workday()
    seal(way.hold_meeting(), by=way.cast.clerk)


def _prepared_anew(way):
    """Another copy is marked, and nobody has looked at it yet."""
    prepare_copy(way.document, by=way.cast.clerk)


def _one_more_correction(way):
    Correction.objects.create(
        evaluation=way.document, number=9, task="另一项", unit=way.cast.town, due_on=way.day, entered_by=way.cast.clerk,
        entered_on=way.day,
    )  # fmt: skip


WITHOUT = {
    "decision_evaluation_planned": _set(scope=""),
    "evaluator_independent": _assessed_before,
    "evaluation_contract_on_file": _without(CONTRACT),
    "questionnaire_over": _still_open,
    "results_on_file": _without(RESULTS),
    "third_party_report_on_file": _without(THIRD_PARTY_REPORT),
    "evaluation_findings_written": _set(cost=""),
    "evaluation_report_made": _set(report=None),
    "evaluation_deliberated": _another_meeting,
    "evaluation_sent_back": _agreed_meeting,
    "evaluation_conclusion_made": _set(conclusion=None),
    "evaluation_reviewed_for_public": _prepared_anew,
    "evaluation_published": _set(published_on=None),
    "evaluation_carried_out": _set(follow_up=None),
    "evaluation_corrected": _one_more_correction,
}
# An opinion that was heard is never taken back; `test_working` shows the step refused before there is one.
KEPT_BY_THE_DATABASE = {"evaluation_opinions_heard"}
TOGETHER: dict[str, set[str]] = {}
