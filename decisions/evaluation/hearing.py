"""Whom the evaluators heard, and what is put right afterwards (反馈纠偏)."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from decisions.evaluation.choosing import POWER
from decisions.evaluation.models import Correction, DecisionEvaluation, HeardOpinion
from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.evaluations.writing import EvaluationRefused, held
from portal.moment import today
from portal.workflow.refusals import NotAuthorised

HEARD = verbs.declare("decisions.evaluation_opinion", "登记评估中听取的意见")
ORDERED = verbs.declare("decisions.correction_ordered", "登记纠偏措施")
DONE = verbs.declare("decisions.correction_done", "登记纠偏措施完成")


def _require_power(by, evaluation: DecisionEvaluation) -> None:
    if not may(by, POWER, evaluation.organisation):
        raise NotAuthorised("您没有在该机构办理决策后评估的权限。")


def _next(rows) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def hear(evaluation: DecisionEvaluation, opinion: HeardOpinion, *, by) -> HeardOpinion:
    """Keep what somebody said; ``opinion`` is a new row, filled and cleaned by its form.

    :raises EvaluationRefused: not under study. :raises NotAuthorised: no such power.
    """
    file = held(evaluation)
    _require_power(by, file)
    if not file.is_under_study:
        raise EvaluationRefused("只有在调查评估阶段才能登记听取的意见。")
    opinion.evaluation, opinion.number, opinion.entered_by = file, _next(file.opinions), by
    opinion.save()
    record(HEARD, by=by, file=file, summary=str(opinion))
    return opinion


@transaction.atomic
def order_correction(evaluation: DecisionEvaluation, correction: Correction, *, by) -> Correction:
    """Say what has to be put right, by whom and until when; ``correction`` is a new row, cleaned by its form.

    :raises EvaluationRefused: nothing was found yet, or the file is closed. :raises NotAuthorised: no such power.
    """
    file = held(evaluation)
    _require_power(by, file)
    if not file.takes_corrections:
        raise EvaluationRefused("评估开始后、办结前才能登记纠偏措施。")
    correction.evaluation, correction.number = file, _next(file.corrections)
    correction.entered_by, correction.entered_on = by, today()
    correction.save()
    record(ORDERED, by=by, file=file, summary=f"{correction.task}（{correction.unit}，{correction.due_on:%Y-%m-%d}）")
    return correction


@transaction.atomic
def finish_correction(correction: Correction, *, by, done_on: date, note: str) -> Correction:
    """Say what was done and when. :raises EvaluationRefused: done already, before it was ordered, or to come."""
    file = held(correction.evaluation)
    _require_power(by, file)
    row = Correction.objects.select_for_update().get(pk=correction.pk)
    if row.done_on is not None or file.is_closed:
        raise EvaluationRefused("这项措施已经登记完成，或者案卷已经办结。")
    if not row.entered_on <= done_on <= today():
        raise EvaluationRefused("完成日期不能早于登记日期，也不能晚于今天。")
    if not note.strip():
        raise EvaluationRefused("请填写完成情况。")
    row.done_on, row.done_note, row.done_by = done_on, note.strip(), by
    row.save(update_fields=["done_on", "done_note", "done_by"])
    late = (done_on - row.due_on).days
    record(DONE, by=by, file=file, summary=row.task + (f"（逾期 {late} 日）" if late > 0 else ""))
    return row
