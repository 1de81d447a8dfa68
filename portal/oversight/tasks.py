"""Papers of filings are set by the worker: a page of official paper takes longer than a request should."""

from celery import shared_task
from django.db import transaction
from django.urls import reverse

from portal.audit.context import acting
from portal.jobs.queue import job
from portal.moment import today
from portal.oversight.effects import PAPER_JOB
from portal.oversight.further import remind
from portal.oversight.gates import OPINION_IN_FILE
from portal.oversight.inspecting.effects import PAPER_JOB as INSPECTION_JOB
from portal.oversight.inspecting.gates import OPINION
from portal.oversight.inspecting.papers import inspection_opinion
from portal.oversight.models import Filing, Inspection
from portal.oversight.papers import compose, put_on_file
from portal.oversight.workflow import Stage
from portal.workflow.declare import GateState
from portal.workflow.gates import judge
from portal.workflow.perform import perform


@job(PAPER_JOB)
def write_paper(running, report, filing_id: int, slot: str, number: int = 0) -> str:
    """Write one paper into the filing; with the last one in, the recorded filing is closed (归档).

    :param number: which notice of return it is; 0 where a filing has one such paper.
    """
    report(10, "正在排版")
    with acting(running.asked_by):
        with transaction.atomic():
            locked = Filing.objects.select_for_update(of=("self",))
            filing = locked.select_related("organisation", "recipient", "subject", "opened_by").get(pk=filing_id)
            paper = compose(filing, slot)
        mark = f"（第{number}次）" if number > 1 else ""
        pdf, _ = put_on_file(filing, slot, paper, running.asked_by, mark=mark)
    report(80, "正在归档")
    archive_when_complete(filing)
    return reverse("documents:preview", args=[pdf.document.public_id, pdf.number])


def archive_when_complete(filing: Filing) -> None:
    """Close a recorded filing once its opinion lies in it; nothing otherwise."""
    filing = Filing.objects.get(pk=filing.pk)
    if filing.stage != Stage.RECORDED or filing.is_closed:
        return
    if judge(OPINION_IN_FILE, filing).state == GateState.MET:
        perform(filing, "archive", by=None)


@job(INSPECTION_JOB)
def write_inspection_opinion(running, report, file_id: int) -> str:
    """Set the opinion of an inspection as PDF and DOCX into its file."""
    report(10, "正在排版")
    with acting(running.asked_by):
        inspection = Inspection.objects.select_related("organisation").get(pk=file_id)
        pdf, _ = put_on_file(inspection, OPINION.code, inspection_opinion(inspection), running.asked_by)
    return reverse("documents:preview", args=[pdf.document.public_id, pdf.number])


@shared_task(name="portal.oversight.remind")
def remind_of_further_filings() -> int:
    """Tell those who owe a report to the people's congress; how many. Run daily by beat, harmless when run again."""
    return remind(today())
