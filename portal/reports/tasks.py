"""Making the papers of a report: minutes of work at most, away from the request, with progress to look at."""

from django.core.files.base import ContentFile
from django.db import transaction

from portal.accounts.models import Person
from portal.documents.attach import attach
from portal.documents.rendering import render_docx, render_pdf
from portal.jobs.queue import job
from portal.reports.composing import compose_report
from portal.reports.effects import PAPER_JOB
from portal.reports.models import DOCX, PDF, AnnualReport
from portal.reports.papers import annual_report_paper


@job(PAPER_JOB)
def make_papers(taken, report, *, file_id: int) -> str:
    """PDF and DOCX of the report as it stands, kept as papers of its file; approved ones become the final text.

    Run twice, it changes nothing: the same bytes are the same version.
    """
    report(5, "正在整理文字和数据")
    annual = AnnualReport.objects.select_related("town", "organisation").get(pk=file_id)
    frozen_at = annual.frozen_at
    paper = annual_report_paper(compose_report(annual), issued_on=annual.approved_on)
    by = taken.asked_by or Person.objects.get(pk=annual.opened_by_id)
    report(20, "正在排版 PDF")
    pdf = render_pdf(paper)
    report(65, "正在生成 Word 文本")
    docx = render_docx(paper)
    report(85, "正在存入案卷")
    name = annual.title if frozen_at else f"{annual.title}（草稿）"
    with transaction.atomic():
        held = AnnualReport.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=file_id)
        kept_pdf = attach(held, PDF.code, ContentFile(pdf, name=f"{name}.pdf"), by)
        kept_docx = attach(held, DOCX.code, ContentFile(docx, name=f"{name}.docx"), by)
        if frozen_at is not None and held.frozen_at == frozen_at:
            held.final_pdf, held.final_docx = kept_pdf, kept_docx
            held.save(update_fields=["final_pdf", "final_docx"])
    return f"/staff/cases/{annual.public_id}/papers/"
