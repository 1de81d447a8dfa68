"""The paper of a catalogue is set by the worker."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from decisions.catalogue.effects import PAPER_JOB
from decisions.catalogue.gates import CATALOGUE, CATALOGUE_DOCX
from decisions.catalogue.models import DecisionCatalogue
from decisions.catalogue.papers import catalogue_paper
from portal.audit.context import acting
from portal.documents.attach import attach
from portal.documents.rendering import render_docx, render_pdf
from portal.jobs.queue import job


@job(PAPER_JOB)
def set_paper(running, report, *, catalogue_id: int) -> str:
    """PDF and DOCX of the adopted catalogue, into its file. Run twice it says the same: the list stands."""
    by = running.asked_by
    report(10, "正在排版")
    with acting(by):
        catalogue = DecisionCatalogue.objects.select_related("town", "organisation").get(pk=catalogue_id)
        paper = catalogue_paper(catalogue)
        pdf, docx = render_pdf(paper), render_docx(paper)
        report(70, "正在存入案卷")
        with transaction.atomic():
            held = DecisionCatalogue.objects.select_for_update(of=("self",)).get(pk=catalogue_id)
            version = attach(held, CATALOGUE.code, ContentFile(pdf, name=f"{CATALOGUE.label}.pdf"), by)
            attach(held, CATALOGUE_DOCX.code, ContentFile(docx, name=f"{CATALOGUE.label}（可编辑）.docx"), by)
            held.paper = version
            held.save(update_fields=["paper"])
    return reverse("documents:preview", args=[version.document.public_id, version.number])
