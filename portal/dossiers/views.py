"""立卷归档 of one file: the checklist, and the folder to take away."""

from django.db.models import F
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from portal.accounts.authority import may
from portal.audit.record import record
from portal.documents import storage
from portal.dossiers.dossier import has_dossier, missing, parts_of
from portal.dossiers.making import AUTHORITY, TAKEN, ask_for_export, newest_job
from portal.dossiers.models import DossierExport
from portal.web.htmx import render_page
from portal.web.inside.access import FileView
from portal.web.inside.case_page import Section, add_section, case_url, identity_of
from portal.web.office.jobs import shown


class DossierFileView(FileView):
    """A page about a file whose kind has a checklist; others have no such page."""

    changes = AUTHORITY

    def known(self):
        """The file. :raises Http404: its kind declares no folder."""
        if not has_dossier(self.file.kind):
            raise Http404
        return self.file


class DossierView(DossierFileView):
    """``/staff/cases/<uuid>/dossier/``"""

    def get(self, request, public_id):
        file = self.known()
        job = newest_job(file)
        parts = parts_of(file)
        context = {
            "title": "立卷归档",
            "crumbs": [("工作台", reverse("inside:worklist")), (file.title, case_url(file)), ("立卷归档", "")],
            "file": file,
            "identity": identity_of(file),
            "parts": parts,
            "missing": missing(parts),
            "total": sum(len(part.pieces) for part in parts),
            "exports": DossierExport.objects.filter(file_id=file.pk).select_related("blob", "made_by"),
            "job": shown(job) if job and not job.is_over else None,
            "poll_url": request.path,
            "may_make": may(request.user, AUTHORITY, file.organisation),
        }
        return render_page(request, "dossiers/dossier.html", context, part="progress")

    def post(self, request, public_id):
        ask_for_export(self.known(), by=request.user)
        return redirect("dossiers:dossier", public_id=public_id)


class DownloadView(DossierFileView):
    """``/staff/cases/<uuid>/dossier/<number>/``: one folder as it was made."""

    def get(self, request, public_id, number):
        made = get_object_or_404(
            DossierExport.objects.select_related("blob").filter(file_id=self.known().pk).order_by(F("id")), pk=number
        )
        try:
            response = FileResponse(storage.open_blob(made.blob.digest), content_type="application/zip")
        except FileNotFoundError as gone:
            raise Http404 from gone
        record(TAKEN, by=request.user, file=self.file, summary=made.name, payload={"digest": made.blob.digest})
        response["Content-Length"] = made.blob.size
        response["Content-Disposition"] = content_disposition_header(True, made.name)
        response["Cache-Control"] = "private, no-store"
        return response


def add_to_case_page(kind: str) -> Section:
    """Lead from the page of this kind of file to its folder."""
    return add_section(kind, Section("dossiers/part.html", lambda file, person: {"file": file}, anchor="dossier"))
