"""Evaluations on which every gate of a step is met, and how to take exactly one condition away."""

from contextlib import contextmanager
from datetime import date, timedelta

from normative_docs.evaluation.gates import FILING, RESULTS
from normative_docs.evaluation.models import Evaluation
from portal.consultation.standing import newest_questionnaire
from portal.documents.attach import remove
from portal.documents.models import Document
from portal.moment import clock_set_to
from portal.oversight.filing import standing_filing
from portal.publishing.copying import prepare_copy
from portal.workflow.perform import perform
from tests.normative_docs.evaluation import evaluations

LATER = evaluations.TODAY + timedelta(days=14)


class Desk:
    """One evaluation and the day on which its step is taken."""

    def __init__(self, world, document, day: date = LATER):
        self.world, self.document, self.day = world, document, day

    @contextmanager
    def on(self):
        with clock_set_to(self.day):
            yield


def _to_publish(world):
    evaluation = evaluations.decided(world)
    evaluations.reviewed(evaluation, world)
    return evaluation


def _to_finish(world):
    evaluation = evaluations.ready_to_finish(world, "improve")
    with clock_set_to(LATER):
        return perform(evaluation, "carry_out", by=world["lt_clerk"], data={"improvement": "每季度公布水质检测结果。"})


_OUTCOME = {"outcome": "keep", "reason": "实施效果良好。"}
_STEPS = {
    "begin": (evaluations.planned, "lt_clerk", {}),
    "replan": (evaluations.begun, "lt_clerk", {}),
    "hand_in": (evaluations.ready_to_hand_in, "lt_clerk", {}),
    "send_back": (evaluations.handed_in, "lt_head", {}),
    "decide": (evaluations.handed_in, "lt_head", _OUTCOME),
    "report_upward": (evaluations.decided, "lt_clerk", {}),
    "publish": (_to_publish, "lt_clerk", {}),
    "carry_out": (lambda world: evaluations.decided(world, "amend"), "lt_clerk", {}),
    "finish": (_to_finish, "lt_clerk", {}),
    "abandon": (evaluations.planned, "lt_head", {}),
}


def ready_for(world, code: str) -> tuple[Desk, object, dict]:
    """A desk, who may take the step, and what its form asks, with every gate of the step met."""
    make, username, data = _STEPS[code]
    return Desk(world, make(world)), world[username], data


def _set(**fields):
    return lambda desk: Evaluation.objects.filter(pk=desk.document.pk).update(**fields)


def _without_results(desk):
    for paper in Document.objects.in_force().filter(file_id=desk.document.pk, slot=RESULTS.code):
        remove(paper, desk.world["lt_clerk"], "测试：拿掉问卷结果")


def _still_open(desk):
    questionnaire = newest_questionnaire(desk.document)
    questionnaire.closes_on = desk.day
    questionnaire.save(update_fields=["closes_on"])


def _without_findings(desk):
    Evaluation.objects.filter(pk=desk.document.pk).update(effect="")


def _withdrawn_filing(desk):
    filing = standing_filing(desk.document, FILING)
    type(filing).objects.filter(pk=filing.pk).update(submitted_on=None)


def _prepared_anew(desk):
    """Another copy is marked, and nobody has looked at it yet."""
    prepare_copy(desk.document, by=desk.world["lt_clerk"])


WITHOUT = {
    "plan_complete": _set(team=""),
    "questionnaire_over": _still_open,
    "results_on_file": _without_results,
    "evaluation_findings_written": _without_findings,
    "evaluation_report_made": _set(report=None),
    "evaluation_report_filed": _withdrawn_filing,
    "evaluation_reviewed_for_public": _prepared_anew,
    "evaluation_report_published": _set(published_on=None),
    "evaluation_carried_out": _set(improvement=""),
}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER: dict[str, set[str]] = {}
