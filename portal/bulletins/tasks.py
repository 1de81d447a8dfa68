"""Making the papers of a bulletin, and the daily look whether one is owed."""

from celery import shared_task
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from portal.accounts.models import Person
from portal.bulletins.effects import PAPER_JOB
from portal.bulletins.models import DOCX, PDF, Bulletin
from portal.bulletins.papers import bulletin_paper
from portal.bulletins.writing import remind
from portal.documents.attach import attach
from portal.documents.rendering import render_docx, render_pdf
from portal.jobs.queue import job
from portal.moment import today


@job(PAPER_JOB)
def make_papers(taken, report, *, file_id: int) -> str:
    """PDF and DOCX of the bulletin as it stands; the approved PDF becomes its final text. Run twice, it is the same."""
    report(5, "正在整理文字和数据")
    bulletin = Bulletin.objects.select_related("organisation").get(pk=file_id)
    frozen_at, paper = bulletin.frozen_at, bulletin_paper(bulletin)
    by = taken.asked_by or Person.objects.get(pk=bulletin.opened_by_id)
    report(20, "正在排版 PDF")
    pdf = render_pdf(paper)
    report(65, "正在生成 Word 文本")
    docx = render_docx(paper)
    name = bulletin.title if frozen_at else f"{bulletin.title}（草稿）"
    with transaction.atomic():
        held = Bulletin.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=file_id)
        kept = attach(held, PDF.code, ContentFile(pdf, name=f"{name}.pdf"), by)
        attach(held, DOCX.code, ContentFile(docx, name=f"{name}.docx"), by)
        if frozen_at is not None and held.frozen_at == frozen_at:
            held.final_pdf = kept
            held.save(update_fields=["final_pdf"])
    return reverse("documents:preview", args=[kept.document.public_id, kept.number])


@shared_task(name="portal.bulletins.remind")
def remind_of_bulletins() -> int:
    """Run daily by beat, harmless when run again."""
    return remind(today())
