"""Letters and answers are set by the worker."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from normative_docs.suggestions.effects import PAPER_JOB
from normative_docs.suggestions.gates import REPLY
from normative_docs.suggestions.incidental.effects import PAPER_JOB as INCIDENTAL_JOB
from normative_docs.suggestions.incidental.gates import REPLY as INCIDENTAL_REPLY
from normative_docs.suggestions.models import IncidentalReview, ReviewSuggestion
from normative_docs.suggestions.papers import incidental_reply, reply_letter
from portal.audit.context import acting
from portal.documents.attach import attach
from portal.documents.rendering import render_docx, render_pdf
from portal.jobs.queue import job


@job(PAPER_JOB)
def set_reply(running, report, *, file_id: int) -> str:
    """The reply to a suggestion, as PDF and DOCX in its file."""
    return _set(running, report, ReviewSuggestion, file_id, reply_letter, REPLY, "reply_letter")


@job(INCIDENTAL_JOB)
def set_incidental_reply(running, report, *, file_id: int) -> str:
    """The maker's answer, as PDF and DOCX in its file."""
    return _set(running, report, IncidentalReview, file_id, incidental_reply, INCIDENTAL_REPLY, "reply_paper")


def _set(running, report, model, file_id, compose, slot, field) -> str:
    report(10, "正在排版")
    with acting(running.asked_by):
        file = model.objects.select_related("organisation", "document").get(pk=file_id)
        paper = compose(file)
        pdf, docx = render_pdf(paper), render_docx(paper)
        report(70, "正在存入案卷")
        with transaction.atomic():
            held = model.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=file_id)
            version = attach(held, slot.code, ContentFile(pdf, name=f"{slot.label}.pdf"), running.asked_by)
            attach(
                held, slot.code, ContentFile(docx, name=f"{slot.label}.docx"), running.asked_by,
                title=f"{slot.label}（可编辑）",
            )  # fmt: skip
            setattr(held, field, version)
            held.save(update_fields=[field])
    return reverse("documents:preview", args=[version.document.public_id, version.number])
