"""Papers of evaluations are set by the worker."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from portal.audit.context import acting
from portal.documents.attach import attach
from portal.documents.rendering import render_docx, render_pdf
from portal.documents.slots import slot_label
from portal.evaluations.desks import desk_of
from portal.evaluations.papers import results_paper
from portal.evaluations.setting import PAPER_JOB
from portal.evaluations.writing import held
from portal.jobs.queue import job
from portal.workflow.registry import workflows


@job(PAPER_JOB)
def set_paper(running, report, *, file_id: int, workflow: str, slot: str) -> str:
    """Set one paper as PDF and DOCX into the evaluation; the app of its kind says what follows from that."""
    report(10, "正在排版")
    by, desk = running.asked_by, desk_of(workflow)
    with acting(by):
        evaluation = workflows.model(workflow).objects.select_related(*desk.related).get(pk=file_id)
        paper = {**desk.compose, desk.results.code: results_paper}[slot](evaluation)
        pdf, docx = render_pdf(paper), render_docx(paper)
        report(70, "正在存入案卷")
        name = slot_label(slot)
        with transaction.atomic():
            file = held(evaluation)
            version = attach(file, slot, ContentFile(pdf, name=f"{name}.pdf"), by)
            place = desk.editable.get(slot, slot)
            attach(file, place, ContentFile(docx, name=f"{name}.docx"), by, title=f"{name}（可编辑）")
            desk.keep(file, slot, version, by)
    return reverse("documents:preview", args=[version.document.public_id, version.number])
