"""立卷归档 of one file: the checklist, and the folder to take away."""

from django.contrib import messages
from django.db.models import F
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from portal.accounts.authority import may
from portal.audit.record import record
from portal.documents import storage
from portal.documents.names import safe_name
from portal.dossiers.dossier import has_dossier, missing, parts_of
from portal.dossiers.making import AUTHORITY, TAKEN, ask_for_export, newest_job
from portal.dossiers.models import DossierExport, SealedDossier
from portal.dossiers.sealing import DossierIncomplete, ask_for_sealing, newest_sealing, why_not
from portal.web.htmx import render_page
from portal.web.inside.access import FileView
from portal.web.inside.case_page import Section, add_section, case_url, identity_of
from portal.web.office.jobs import shown
from portal.workflow.gates import address_of


class DossierFileView(FileView):
    """A page about a file whose kind has a checklist; others have no such page."""

    changes = AUTHORITY

    def known(self):
        """The file. :raises Http404: its kind declares no folder."""
        if not has_dossier(self.file.kind):
            raise Http404
        return self.file


class DossierView(DossierFileView):
    """``/staff/cases/<uuid>/dossier/``: a POST names its ``act``, ``seal`` or the packet for looking through."""

    def get(self, request, public_id):
        file = self.known()
        parts = parts_of(file)
        may_make = may(request.user, AUTHORITY, file.organisation)
        context = {
            "title": "立卷归档",
            "crumbs": [("工作台", reverse("inside:worklist")), (file.title, case_url(file)), ("立卷归档", "")],
            "file": file,
            "identity": identity_of(file),
            "parts": [(part, self._place(part, file) if may_make else "") for part in parts],
            "missing": missing(parts),
            "asked": sum(part.is_needed for part in parts),
            "there": sum(part.is_needed and not part.is_missing for part in parts),
            "total": sum(len(part.pieces) for part in parts),
            "exports": DossierExport.objects.filter(file_id=file.pk).select_related("blob", "made_by"),
            "seals": SealedDossier.objects.filter(file_id=file.pk).select_related("volume", "packet"),
            "why_not": why_not(file, parts),
            "poll_url": request.path,
            "may_make": may_make,
            **self._jobs(file),
        }
        return render_page(request, "dossiers/dossier.html", context, part="progress")

    @staticmethod
    def _jobs(file) -> dict:
        """The work under way, or the last sealing that failed and can be tried again."""
        export, sealing = newest_job(file), newest_sealing(file)
        running = [job for job in (sealing, export) if job is not None and not job.is_over]
        failed = sealing if sealing is not None and sealing.state == sealing.State.FAILED else None
        job = running[0] if running else failed
        return {"job": shown(job) if job else None}

    @staticmethod
    def _place(part, file) -> str:
        """Where what is missing comes about."""
        return address_of(part.place, file.public_id) if part.is_missing and part.place else ""

    def post(self, request, public_id):
        file = self.known()
        if request.POST.get("act") != "seal":
            ask_for_export(file, by=request.user)
            return redirect("dossiers:dossier", public_id=public_id)
        try:
            ask_for_sealing(file, by=request.user)
        except DossierIncomplete as refusal:
            messages.warning(request, refusal.message, extra_tags="没有封存")
        return redirect("dossiers:dossier", public_id=public_id)


class HandingOutView(DossierFileView):
    """A file to take away: recorded, and kept by no cache."""

    def hand_out(self, blob, name: str):
        """:raises Http404: the bytes are gone."""
        try:
            response = FileResponse(storage.open_blob(blob.digest), content_type=blob.content_type)
        except FileNotFoundError as gone:
            raise Http404 from gone
        record(TAKEN, by=self.request.user, file=self.file, summary=name, payload={"digest": blob.digest})
        response["Content-Length"] = blob.size
        response["Content-Disposition"] = content_disposition_header(True, name)
        response["Cache-Control"] = "private, no-store"
        return response


class DownloadView(HandingOutView):
    """``/staff/cases/<uuid>/dossier/<number>/``: one folder as it was made."""

    def get(self, request, public_id, number):
        made = get_object_or_404(
            DossierExport.objects.select_related("blob").filter(file_id=self.known().pk).order_by(F("id")), pk=number
        )
        return self.hand_out(made.blob, made.name)


class SealedView(HandingOutView):
    """``/staff/cases/<uuid>/dossier/sealed/<number>/<volume|packet>/``: what was sealed, as it was sealed."""

    def get(self, request, public_id, number, what):
        sealed = get_object_or_404(
            SealedDossier.objects.select_related("volume", "packet").filter(file_id=self.known().pk), number=number
        )
        blob, ending = {"volume": (sealed.volume, "卷宗.pdf"), "packet": (sealed.packet, "移交包.zip")}.get(
            what, (None, "")
        )
        if blob is None:
            raise Http404
        return self.hand_out(blob, safe_name(f"{sealed.archive_number}_{ending}"))


def add_to_case_page(kind: str) -> Section:
    """Lead from the page of this kind of file to its folder."""
    return add_section(kind, Section("dossiers/part.html", lambda file, person: {"file": file}, anchor="dossier"))
