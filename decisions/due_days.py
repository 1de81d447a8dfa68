"""Keeping the day by which a decision is due, and saying why it is not made (久拖不决, 国令713 art. 38)."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from decisions import time_limits
from decisions.ageing import PENDING
from decisions.models import DelayNote, MajorDecision
from portal.audit import verbs
from portal.audit.record import record
from portal.deadlines import clocks
from portal.moment import now, today
from portal.workflow.models import WorkItem
from portal.workflow.refusals import StepRefused

EXPLAINED = verbs.declare("decisions.delay_explained", "说明未按期作出决策的原因")


@transaction.atomic
def keep_due_day(decision: MajorDecision, *, by) -> None:
    """Let the clock of the file run to the due day as it is written: lamp, reminders and worklists follow it.

    The clock counts from the proposal. Another day takes the place of the old one, which stays on file, cancelled.
    """
    running = decision.deadlines.open().filter(code=time_limits.DECIDE).first()
    if running is not None and running.stated_until == decision.due_on:
        return
    if running is not None:
        clocks.cancel_clock(decision, time_limits.DECIDE, by, reason="应当作出决策的日期已修改")
    if decision.due_on is not None:
        clock = clocks.start_clock(decision, time_limits.DECIDE, decision.proposed_on, by=by, until=decision.due_on)
        waiting = WorkItem.objects.filter(file_id=decision.pk, closed_at__isnull=True)
        waiting.filter(Q(deadline__isnull=True) | ~Q(deadline__state="running")).update(deadline=clock)


@transaction.atomic
def explain_delay(decision: MajorDecision, *, by, reason: str, expected_on: date) -> DelayNote:
    """Keep why the decision is not made yet and when it is expected; every word stays.

    :raises StepRefused: the decision is made or given up; no reason; the expected day is past.
    """
    held = MajorDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if held.stage not in PENDING:
        raise StepRefused("决策已经作出或者终止，不需要说明。")
    if not reason.strip():
        raise StepRefused("请填写原因。")
    if expected_on < today():
        raise StepRefused("预计日期不能早于今天。")
    note = DelayNote.objects.create(
        decision=held, stage=held.stage, due_on=held.due_on, reason=reason.strip(), expected_on=expected_on,
        written_by=by, written_at=now(),
    )  # fmt: skip
    record(EXPLAINED, by=by, file=held, summary=f"{note.reason[:200]}；预计 {expected_on:%Y-%m-%d} 作出决策")
    return note
