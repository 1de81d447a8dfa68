"""Opening a decision from a proposal, and deciding by a named person that it is lawfully not public."""

from django.db import transaction

from decisions.due_days import keep_due_day
from decisions.models import MajorDecision
from portal.audit import verbs
from portal.audit.record import record
from portal.workflow.perform import open_file
from portal.workflow.refusals import StepRefused

SECRECY_REVIEWED = verbs.declare("decisions.secrecy_reviewed", "审核不予公开的理由")


@transaction.atomic
def propose(*, by, organisation, **fields) -> MajorDecision:
    """Open a file for a proposal. :raises NotAuthorised: the person may not open files there."""
    decision = open_file(MajorDecision, by=by, organisation=organisation, **fields)
    keep_due_day(decision, by=by)
    return decision


@transaction.atomic
def review_secrecy(decision: MajorDecision, *, by) -> MajorDecision:
    """A person who leads answers for the reason not to publish (政府信息公开条例 arts. 14, 17).

    :raises StepRefused: the decision is to be published, the reason is reviewed already, or by whoever opened it.
    """
    decision = MajorDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not decision.is_secret:
        raise StepRefused("公开属性不是“不予公开”，不需要审核。")
    if decision.disclosure_reviewer_id is not None:
        raise StepRefused("不予公开的理由已经审核。")
    if decision.opened_by_id == by.pk:
        raise StepRefused("立卷人不能审核自己提出的不予公开理由。")
    decision.disclosure_reviewer = by
    decision.save(update_fields=["disclosure_reviewer"])
    record(SECRECY_REVIEWED, by=by, file=decision, summary=decision.disclosure_reason)
    return decision
