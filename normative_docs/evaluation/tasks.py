"""Papers of evaluations are set by the worker."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from normative_docs.evaluation.continuing import hand_to_continuation
from normative_docs.evaluation.effects import PAPER_JOB
from normative_docs.evaluation.gates import REPORT, REPORT_DOCX
from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.papers import COMPOSED
from portal.audit.context import acting
from portal.documents.attach import attach
from portal.documents.rendering import render_docx, render_pdf
from portal.documents.slots import slot_label
from portal.jobs.queue import job


@job(PAPER_JOB)
def set_paper(running, report, *, file_id: int, slot: str) -> str:
    """Set one paper as PDF and DOCX into the evaluation; the report becomes the one that is filed and published."""
    report(10, "正在排版")
    by = running.asked_by
    with acting(by):
        evaluation = Evaluation.objects.select_related("document__issuing_authority", "organisation").get(pk=file_id)
        paper = COMPOSED[slot](evaluation)
        pdf, docx = render_pdf(paper), render_docx(paper)
        report(70, "正在存入案卷")
        name = slot_label(slot)
        with transaction.atomic():
            held = Evaluation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=file_id)
            version = attach(held, slot, ContentFile(pdf, name=f"{name}.pdf"), by)
            place = REPORT_DOCX.code if slot == REPORT.code else slot
            attach(held, place, ContentFile(docx, name=f"{name}.docx"), by, title=f"{name}（可编辑）")
            if slot == REPORT.code:
                held.report = version
                held.save(update_fields=["report"])
                hand_to_continuation(held, by=by)
    return reverse("documents:preview", args=[version.document.public_id, version.number])
