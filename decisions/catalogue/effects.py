"""What the steps of a catalogue do besides moving."""

from datetime import date

from django.utils.timezone import localdate

from decisions.catalogue import time_limits, tracking
from decisions.catalogue.content import written
from decisions.catalogue.gates import FILING
from decisions.catalogue.wording import catalogue_text
from portal.audit import verbs
from portal.audit.record import record
from portal.deadlines import clocks
from portal.jobs.queue import ask
from portal.meetings.standing import newest_item
from portal.moment import now, today
from portal.oversight.filing import open_filing
from portal.publishing.register import publish
from portal.workflow.refusals import StepRefused

PAPER_JOB = "decisions.catalogue_paper"
ADJUSTED = verbs.declare("catalogue.adjusted", "公布目录调整")


def ask_for_paper(catalogue, by):
    """Have the worker set the catalogue as a paper; asked twice while it waits or runs, it is one job."""
    return ask(
        PAPER_JOB, f"生成目录文本：{catalogue.title}"[:200], by=by, key=f"catalogue:{catalogue.pk}",
        catalogue_id=catalogue.pk,
    )  # fmt: skip


def note_consent(catalogue, by, data):
    """The Party committee agrees before anything is published (国令713 art. 3 para. 3).

    :raises StepRefused: the consent is older than the last time the list was sent back: it was to another list.
    """
    back = catalogue.transition_records.filter(code__in=("return_to_compiling", "send_back")).first()
    if back is not None and data["consented_on"] < localdate(back.occurred_at):
        raise StepRefused(
            f"目录 {localdate(back.occurred_at):%Y-%m-%d} 退回修改过，须重新取得同级党委的同意；所填日期早于退回。"
        )
    catalogue.consented_on, catalogue.consent = data["consented_on"], data["consent"].strip()
    catalogue.save(update_fields=["consented_on", "consent"])


def adopt(catalogue, by, data):
    """The list stands from now on, in the words in which it was adopted; the worker sets the paper."""
    meeting = newest_item(catalogue).meeting
    catalogue.adopted_on, catalogue.adopted_at = meeting.held_on, meeting.title
    catalogue.adopted_text = catalogue_text(catalogue)
    catalogue.save(update_fields=["adopted_on", "adopted_at", "adopted_text"])
    ask_for_paper(catalogue, by)


def make_public(catalogue, by, data):
    """Published; from now on it is to be filed with the county within the year (K1)."""
    catalogue.published_on = today()
    catalogue.save(update_fields=["published_on"])
    publish(catalogue, by=by)
    clocks.start_clock(catalogue, time_limits.FILING, date(catalogue.year, 1, 1), by=by)


def report_upward(catalogue, by, data):
    open_filing(catalogue, FILING, by=by)


def put_adjustments_in_force(catalogue, by, data):
    """Every open adjustment takes effect and is public at once. Whoever drafted one doesn't publish it.

    :raises StepRefused: drafted by the same person, or an item of that name is on the list already.
    """
    rows = list(catalogue.adjustments.select_for_update(of=("self",)).filter(in_force_on__isnull=True))
    if any(row.drafted_by_id == by.pk for row in rows):
        raise StepRefused("调整由您拟稿，须由另一人核对后公布。")
    for row in rows:
        row.item = written(catalogue, row)
        row.in_force_on, row.in_force_at, row.put_in_force_by = today(), now(), by
        row.save(update_fields=["item", "in_force_on", "in_force_at", "put_in_force_by"])
        record(ADJUSTED, by=by, file=catalogue, summary=f"{row}。{row.reason}"[:400])


def publish_results(catalogue, by, data):
    """Where every item stands and what was explained is kept as it is today; nothing of it changes any more."""
    tracking.freeze(catalogue, today())
    catalogue.results_published_on, catalogue.results_published_at = today(), now()
    catalogue.save(update_fields=["results_published_on", "results_published_at"])
