"""What the steps of an evaluation do besides moving."""

from normative_docs.effects import expiry_assessed
from normative_docs.evaluation import time_limits
from normative_docs.evaluation.following_up import draft_follow_up
from normative_docs.evaluation.gates import FILING, REPORT
from normative_docs.evaluation.vocabulary import CHANGING, EvaluationKind
from portal.deadlines import clocks
from portal.evaluations.setting import ask_for_paper
from portal.moment import today
from portal.oversight.filing import open_filing
from portal.publishing.register import publish
from portal.workflow.refusals import StepRefused


def begin(evaluation, by, data):
    """The plan's own last day is the limit (评估方案载明的完成日期)."""
    if evaluation.finish_by < today():
        raise StepRefused("方案载明的完成日期已经过去，请先修改方案。")
    clocks.start_clock(evaluation, time_limits.FINISH, today(), by=by, until=evaluation.finish_by)


def decide(evaluation, by, data):
    """:raises StepRefused: an outcome without a reason."""
    if not (data.get("outcome") and (data.get("reason") or "").strip()):
        raise StepRefused("请选择结论并说明理由。")
    evaluation.outcome, evaluation.outcome_reason = data["outcome"], data["reason"].strip()
    evaluation.decided_by, evaluation.decided_on = by, today()
    evaluation.save(update_fields=["outcome", "outcome_reason", "decided_by", "decided_on"])
    if evaluation.evaluation_kind == EvaluationKind.POST:
        clocks.start_clock(evaluation, time_limits.MAKE_PUBLIC, today(), by=by)
    else:
        expiry_assessed(evaluation.document, by)
    ask_for_paper(evaluation, REPORT.code, by)


def report_upward(evaluation, by, data):
    open_filing(evaluation, FILING, by=by)


def make_public(evaluation, by, data):
    evaluation.published_on = today()
    evaluation.save(update_fields=["published_on"])
    publish(evaluation, by=by)


def carry_out(evaluation, by, data):
    """修改 and 废止 open the draft that does it; better management is written down with its day."""
    if evaluation.outcome in CHANGING:
        evaluation.follow_up = draft_follow_up(
            evaluation, evaluation.document, by=by, repeals=evaluation.outcome == "repeal",
            reason=f"落实评估结论：{evaluation.outcome_reason}",
        )  # fmt: skip
    else:
        measures = (data.get("improvement") or "").strip()
        if not measures:
            raise StepRefused("请填写改进措施。")
        evaluation.improvement = measures
    evaluation.save(update_fields=["follow_up", "improvement"])
