"""What the steps of an evaluation do besides moving."""

from decisions.evaluation import time_limits
from decisions.evaluation.adjusting import open_adjustment, stop_decision
from decisions.evaluation.gates import CONCLUSION, REPORT, is_public
from decisions.evaluation.vocabulary import Outcome
from portal.deadlines import clocks
from portal.evaluations.setting import ask_for_paper
from portal.moment import today
from portal.publishing.register import publish
from portal.workflow.refusals import StepRefused


def begin(evaluation, by, data):
    """The plan's own last day is the limit (评估方案载明的完成日期)."""
    if evaluation.finish_by < today():
        raise StepRefused("方案载明的完成日期已经过去，请先修改方案。")
    clocks.start_clock(evaluation, time_limits.FINISH, today(), by=by, until=evaluation.finish_by)


def _chosen(data) -> tuple[str, str]:
    outcome, reason = data.get("outcome") or "", (data.get("reason") or "").strip()
    if outcome not in Outcome.values or not reason:
        raise StepRefused("请选择结论并说明理由。")
    return outcome, reason


def hand_in(evaluation, by, data):
    """What the evaluators recommend goes into the report, which is made anew. :raises StepRefused: no reason."""
    evaluation.advice, evaluation.advice_reason = _chosen(data)
    evaluation.report = None
    evaluation.save(update_fields=["advice", "advice_reason", "report"])
    ask_for_paper(evaluation, REPORT.code, by)


def send_back(evaluation, by, data):
    """The report no longer carries what is found out further."""
    evaluation.report = None
    evaluation.save(update_fields=["report"])


def conclude(evaluation, by, data):
    """:raises StepRefused: an outcome without a reason."""
    evaluation.outcome, evaluation.outcome_reason = _chosen(data)
    evaluation.decided_by, evaluation.decided_on = by, today()
    evaluation.save(update_fields=["outcome", "outcome_reason", "decided_by", "decided_on"])
    if is_public(evaluation):
        clocks.start_clock(evaluation, time_limits.MAKE_PUBLIC, today(), by=by)
    ask_for_paper(evaluation, CONCLUSION.code, by)


def make_public(evaluation, by, data):
    evaluation.published_on = today()
    evaluation.save(update_fields=["published_on"])
    publish(evaluation, by=by)


def carry_out(evaluation, by, data):
    """调整 opens the decision that adjusts it; 停止实施 stops the decision with the evaluation as its reason."""
    if evaluation.outcome == Outcome.ADJUST:
        evaluation.follow_up = open_adjustment(evaluation, by=by)
    else:
        stop_decision(evaluation, by=by)
        evaluation.stopped_on = today()
    evaluation.save(update_fields=["follow_up", "stopped_on"])
