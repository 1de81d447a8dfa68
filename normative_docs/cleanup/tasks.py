"""The notice of a clean-up is set by the worker: official paper takes longer than a request should."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from normative_docs.cleanup.effects import NOTICE_JOB
from normative_docs.cleanup.gates import NOTICE, NOTICE_DOCX
from normative_docs.cleanup.models import CleanupCampaign
from normative_docs.cleanup.papers import notice_paper
from portal.audit.context import acting
from portal.documents.attach import attach
from portal.documents.rendering import render_docx, render_pdf
from portal.jobs.queue import job


@job(NOTICE_JOB)
def make_notice(running, report, *, campaign_id: int) -> str:
    """PDF and DOCX of the notice, into the file. Run twice it changes nothing: the list stands since it was signed."""
    campaign = CleanupCampaign.objects.select_related("town", "organisation", "signed_by").get(pk=campaign_id)
    by = running.asked_by or campaign.signed_by
    report(10, "正在整理清单")
    paper = notice_paper(campaign)
    report(20, "正在排版 PDF")
    pdf = render_pdf(paper)
    report(60, "正在生成 DOCX")
    docx = render_docx(paper)
    report(85, "正在存入案卷")
    with acting(by), transaction.atomic():
        attach(campaign, NOTICE.code, ContentFile(pdf, name=f"{paper.title}.pdf"), by)
        attach(campaign, NOTICE_DOCX.code, ContentFile(docx, name=f"{paper.title}（可编辑）.docx"), by)
    return reverse("inside:case", kwargs={"public_id": campaign.public_id})
