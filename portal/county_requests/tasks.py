"""Letters are set by the worker."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from portal.audit.context import acting
from portal.county_requests.effects import LETTER_JOB
from portal.county_requests.gates import LETTER
from portal.county_requests.kinds import request_kind
from portal.county_requests.models import CountyRequest
from portal.county_requests.papers import reply_letter
from portal.documents.attach import attach, attach_version
from portal.documents.rendering import render_pdf
from portal.jobs.queue import job


@job(LETTER_JOB)
def set_letter(running, report, *, file_id: int) -> str:
    """The county's letter, in the request and in the file that was asked about."""
    report(10, "正在排版")
    with acting(running.asked_by):
        request = CountyRequest.objects.select_related("organisation", "recipient", "subject").get(pk=file_id)
        pdf = render_pdf(reply_letter(request))
        report(70, "正在存入案卷")
        with transaction.atomic():
            version = attach(request, LETTER.code, ContentFile(pdf, name=f"{LETTER.label}.pdf"), running.asked_by)
            # Who asked may have given the matter up meanwhile: a closed file takes nothing more.
            if not request.subject.is_closed:
                slot = request_kind(request.request_kind).reply_slot
                title = f"{slot.label}（{request.reply_number}）"
                attach_version(request.subject, slot.code, version, by=running.asked_by, title=title)
    return reverse("documents:preview", args=[version.document.public_id, version.number])
