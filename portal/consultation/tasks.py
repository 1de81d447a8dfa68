"""Official papers are set by the worker: a page of official paper takes longer than a request should."""

from django.urls import reverse

from portal.audit.context import acting
from portal.consultation.models import PublicConsultation, Session
from portal.consultation.opinion_table import TABLE_JOB
from portal.consultation.papers import put_report_on_file, put_table_on_file
from portal.consultation.sessions import REPORT_JOB
from portal.jobs.queue import job


@job(REPORT_JOB)
def write_report(running, report, session_id: int) -> str:
    """Set the report of a session as PDF and DOCX into its file."""
    report(10, "正在排版")
    with acting(running.asked_by):
        session = Session.objects.select_related("file__organisation", "file__handling_unit").get(pk=session_id)
        pdf, _ = put_report_on_file(session, running.asked_by)
    return reverse("documents:preview", args=[pdf.document.public_id, pdf.number])


@job(TABLE_JOB)
def write_table(running, report, consultation_id: int) -> str:
    """Set the table of opinions of a round as PDF and DOCX into its file."""
    report(10, "正在排版")
    with acting(running.asked_by):
        consultation = PublicConsultation.objects.select_related("file__organisation", "file__handling_unit").get(
            pk=consultation_id
        )
        pdf, _ = put_table_on_file(consultation, running.asked_by)
    return reverse("documents:preview", args=[pdf.document.public_id, pdf.number])
