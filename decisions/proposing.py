"""Opening a decision from a proposal, and deciding by a named person that it is lawfully not public."""

from django.db import transaction

from decisions.due_days import keep_due_day
from decisions.models import MajorDecision
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import FileLink
from portal.moment import today
from portal.workflow.perform import open_file
from portal.workflow.refusals import StepRefused

SECRECY_REVIEWED = verbs.declare("decisions.secrecy_reviewed", "审核不予公开的理由")


@transaction.atomic
def propose(*, by, organisation, **fields) -> MajorDecision:
    """Open a file for a proposal. :raises NotAuthorised: the person may not open files there."""
    decision = open_file(MajorDecision, by=by, organisation=organisation, **fields)
    keep_due_day(decision, by=by)
    return decision


# What a decision that changes another one takes over from it: the draft, and the facts by which its steps are found.
# Why it isn't public, where it isn't, is reviewed anew.
_TAKEN_OVER = (
    "handling_unit", "matter", "matter_reason", "stability_kind", "touches_public_interest", "is_professional",
    "hearing_by_law", "brings_risk", "affects_market", "is_disputed", "special_groups", "draft_text",
    "drafting_notes", "legal_basis", "contact_name", "contact_phone", "executing_unit", "disclosure",
    "disclosure_reason",
)  # fmt: skip


@transaction.atomic
def propose_anew(decision: MajorDecision, *, by, authority: str = "casefiles.open", **why) -> MajorDecision:
    """Open the decision that changes another one; it goes the whole way from its beginning (art. 37).

    :param why: who proposes it and why, as :func:`propose` takes it. :raises NotAuthorised: the person may not.
    """
    successor = propose(
        by=by, authority=authority, organisation=decision.organisation, title=f"{decision.title}（调整）"[:200],
        proposed_on=today(), **why, **{name: getattr(decision, name) for name in _TAKEN_OVER},
    )  # fmt: skip
    FileLink.objects.create(source_id=successor.pk, target_id=decision.pk, kind=FileLink.Kind.REPLACES)
    return successor


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
