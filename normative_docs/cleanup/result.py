"""What a published result does, in one act: ends documents, opens drafts, notes the next review, starts the cycle."""

from normative_docs.cleanup import time_limits
from normative_docs.cleanup.outcomes import CampaignKind, CleanupOutcome, Settlement
from normative_docs.in_force.acts import OutsideAct, repeal
from normative_docs.in_force.models import RelationKind
from normative_docs.in_force.planning import plan
from normative_docs.models import Effect
from normative_docs.models.recognition import QUESTIONS
from normative_docs.recognising import recognise
from normative_docs.recording import CARRIED_OVER, draft_recognised
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import FileLink
from portal.deadlines import clocks
from portal.deadlines.forecast import reckon_for
from portal.deadlines.models import Deadline
from portal.moment import today

CARRIED_OUT = verbs.declare("cleanup.carried_out", "执行清理结论")
_ENDS_BY = {CleanupOutcome.REPEAL: RelationKind.REPEALS, CleanupOutcome.LAPSE: RelationKind.DECLARES_LAPSED}


def carry_out(campaign, *, by) -> None:
    """Let every conclusion take effect on the day of publication.

    Runs inside the transaction of the step: one document that can't be ended undoes all of it, the publication
    included.

    :raises StepRefused: a document can't be ended or a draft not opened; with the reason in Chinese.
    """
    next_review = reckon_for(campaign.organisation, time_limits.CYCLE, today()).effective_end
    listed = campaign.items.filter(in_scope=True).select_related("document__organisation", "unit").order_by("number")
    for item in listed:
        if item.verdict in _ENDS_BY:
            _end(campaign, item, by)
        elif item.verdict == CleanupOutcome.AMEND:
            _open_amendment(campaign, item, by)
        else:
            item.settlement, item.next_review_on = Settlement.KEPT, next_review
        item.save(update_fields=["settlement", "amendment", "next_review_on"])
    numbers = campaign.totals()
    record(CARRIED_OUT, by=by, file=campaign, summary=numbers.sentence, payload=numbers.by_verdict)
    if campaign.campaign_kind == CampaignKind.FULL:
        _begin_next_cycle(campaign, by)


def _end(campaign, item, by) -> None:
    """A document that was repealed by another act meanwhile is left as it is, and the list says so."""
    document = item.document
    if document.effect_on() == Effect.REPEALED:
        item.settlement = Settlement.ENDED_BEFORE
        return
    repeal(
        document, by=by, on=campaign.published_on, kind=_ENDS_BY[item.verdict],
        reason=item.reason[:500], basis=item.basis, act=OutsideAct(campaign.notice_title, campaign.notice_number),
    )  # fmt: skip
    item.settlement = Settlement.ENDED


def _open_amendment(campaign, item, by) -> None:
    """The amendment is drafted as every document is: a draft of its own that, once published, amends this one."""
    document = item.document
    if document.effect_on() == Effect.REPEALED:
        item.settlement = Settlement.ENDED_BEFORE
        return
    why = f"依据{campaign.notice_number}清理结论修改。{item.reason}"
    recognition = recognise(
        by=by,
        organisation=campaign.organisation,
        title=f"{document.title}（修订草案）"[:200],
        form=document.document_kind,
        answers={question.code: True for question in QUESTIONS},
        reason=f"修改《{document.title}》（{document.document_number}）：{item.reason}"[:500],
    )
    taken_over = {name: getattr(document, name) for name in CARRIED_OVER if name not in ("title", "document_kind")}
    taken_over["handling_unit"] = item.unit or document.handling_unit
    draft = draft_recognised(recognition, by=by, necessity=why, **taken_over)
    FileLink.objects.create(source_id=draft.pk, target_id=campaign.pk, kind=FileLink.Kind.CARRIES_OUT)
    FileLink.objects.create(source_id=draft.pk, target_id=document.pk, kind=FileLink.Kind.RELATED)
    plan(draft, by=by, kind=RelationKind.AMENDS, target=document)
    item.amendment, item.settlement = draft, Settlement.DRAFT_OPENED


def _begin_next_cycle(campaign, by) -> None:
    """The duty of the last campaign is met by this one; the next is due two years from today (每两年)."""
    open_cycles = Deadline.objects.open().filter(code=time_limits.CYCLE, file__organisation=campaign.organisation)
    for clock in open_cycles.select_related("file__organisation"):
        clocks.stop_clock(clock.file, time_limits.CYCLE, today(), by=by)
    clocks.start_clock(campaign, time_limits.CYCLE, today(), by=by)
