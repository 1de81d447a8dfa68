"""Entering what a reconsideration body or a court sent, and writing the answer to it."""

from datetime import date
from hashlib import sha256

from django.db import IntegrityError, transaction

from normative_docs.models import NormativeDocument
from normative_docs.suggestions import time_limits
from normative_docs.suggestions.models import IncidentalReview
from normative_docs.suggestions.vocabulary import REPLY_LIMIT, Channel
from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import Disclosure, FileLink
from portal.deadlines import clocks
from portal.moment import today
from portal.workflow.perform import open_file
from portal.workflow.refusals import NotAuthorised, StepRefused

STATED = verbs.declare("incidental.stated", "填写合法性说明")


class IncidentalRefused(StepRefused):
    """The review can't be registered or changed now; the message says why, in Chinese."""


@transaction.atomic
def register_review(
    document: NormativeDocument, *, by, channel: str, requesting_body: str, case_number: str, received_on: date,
    clause: str = "", applied_on: date | None = None, needs_collective_view: bool = False,
) -> IncidentalReview:  # fmt: skip
    """Enter a request; the limit of its channel runs from the day it came in.

    For a reconsideration whose applicant's day is known, the reconsideration body's own limit is shown too.

    :raises IncidentalRefused: not a public document, a day in the future, or entered already.
    """
    channel = Channel(channel)
    if not may(by, "suggestions.answer", document.organisation):
        raise NotAuthorised("您没有在该机构登记附带审查的权限。")
    if document.published_on is None:
        raise IncidentalRefused("只有已经公布的规范性文件才会被附带审查。")
    if received_on > today() or received_on < document.published_on:
        raise IncidentalRefused("收到来文日期不能晚于今天，也不能早于文件公布。")
    try:
        with transaction.atomic():
            review = open_file(
                IncidentalReview, by=by, organisation=document.organisation, handling_unit=document.handling_unit,
                title=f"{channel.label}：{document.title}"[:200], disclosure=Disclosure.WITHHELD,
                disclosure_reason="复议、诉讼过程材料", document=document, channel=channel,
                requesting_body=requesting_body.strip(), case_number=case_number.strip(), clause=clause.strip(),
                received_on=received_on, applied_on=applied_on, needs_collective_view=needs_collective_view,
            )  # fmt: skip
    except IntegrityError as known:
        raise IncidentalRefused("这件来文已经登记。") from known
    FileLink.objects.create(source_id=review.pk, target_id=document.pk, kind=FileLink.Kind.RELATED)
    clocks.start_clock(review, REPLY_LIMIT[channel], received_on, by=by)
    if applied_on is not None and channel is Channel.RECONSIDERATION:
        clocks.start_clock(review, time_limits.INCIDENTAL_DECIDE, applied_on, by=by)
    review.work_items.filter(closed_at__isnull=True).update(deadline=review.next_deadline())
    return review


@transaction.atomic
def save_statement(review: IncidentalReview, *, by, statement: str, needs_collective_view: bool, seen: str):
    """Write the statement on legality, and whether it goes to a meeting first.

    :param seen: :func:`statement_digest` as the person saw it.
    :raises IncidentalRefused: handed in already, or somebody else wrote meanwhile.
    """
    held = IncidentalReview.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=review.pk)
    if not held.is_drafted:
        raise IncidentalRefused("答复已送审签，不能再改；需要修改的，先退回。")
    if seen != statement_digest(held):
        raise IncidentalRefused("说明刚刚已由他人修改。您填写的内容仍在下面，请核对后再保存。")
    held.statement, held.needs_collective_view = statement.strip(), needs_collective_view
    held.save(update_fields=["statement", "needs_collective_view"])
    record(STATED, by=by, file=held, summary=f"{len(held.statement)} 字")
    return held


def statement_digest(review: IncidentalReview) -> str:
    """Digest of the statement as it stands, to notice that somebody else changed it meanwhile."""
    return sha256(f"{review.statement}\x1f{review.needs_collective_view}".encode()).hexdigest()
