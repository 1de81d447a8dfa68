"""Making the opinion letter: asked for on the page, set by the worker, kept in the file."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from portal.audit import verbs
from portal.audit.context import acting
from portal.audit.record import record
from portal.documents.attach import attach
from portal.documents.rendering import render_docx, render_pdf
from portal.jobs.models import Job
from portal.jobs.queue import ask, job
from portal.legal_review.checklist import word_for
from portal.legal_review.models import LegalityReview
from portal.legal_review.papers import OPINION_LETTER, opinion_letter
from portal.legal_review.reviewing import ReviewRefused

KIND = "legal_review.opinion_letter"
ASKED = verbs.declare("review.letter_asked", "生成合法性审核意见书")


def key_of(review: LegalityReview) -> str:
    return f"opinion-letter:{review.public_id}"


def newest_job(review: LegalityReview) -> Job | None:
    """The last time somebody asked for this letter."""
    return Job.objects.filter(kind=KIND, key=key_of(review)).order_by("-id").first()


@transaction.atomic
def ask_for_letter(review: LegalityReview, *, by) -> Job:
    """Ask for PDF and DOCX of the opinion letter; while that runs, asking again gives the same job.

    :raises ReviewRefused: no opinion yet, or the file is closed.
    """
    if not review.is_concluded:
        raise ReviewRefused("审核意见尚未出具，不能生成意见书。")
    if review.file.is_closed:
        raise ReviewRefused("案卷已经办结，不能再生成材料。")
    asked = ask(
        KIND,
        f"合法性{word_for(review.file)}意见书 {review.opinion_number}",
        by=by,
        key=key_of(review),
        review=str(review.public_id),
    )
    record(ASKED, by=by, file=review.file, summary=review.opinion_number)
    return asked


@job(KIND)
def make_letter(running: Job, report, review: str) -> str:
    """Set the letter and put both renderings into the file; done twice, the same bytes change nothing."""
    found = LegalityReview.objects.select_related("file__organisation", "file__handling_unit", "reviewing_body").get(
        public_id=review
    )
    paper = opinion_letter(found)
    title = f"合法性{word_for(found.file)}意见书（{found.opinion_number}）"
    with acting(running.asked_by):
        report(20, "正在排版 PDF")
        pdf = ContentFile(render_pdf(paper), name=f"{title}.pdf")
        attach(found.file, OPINION_LETTER.code, pdf, running.asked_by, title=title)
        report(70, "正在生成可编辑文件")
        docx = ContentFile(render_docx(paper), name=f"{title}.docx")
        attach(found.file, OPINION_LETTER.code, docx, running.asked_by, title=f"{title}可编辑稿")
    return f"{reverse('legal_review:staff-review', kwargs={'public_id': found.file.public_id})}#letter"
