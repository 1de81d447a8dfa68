"""The papers of a file: every slot of its kind, what lies in it, and where the next one is handed in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.accounts.authority import may
from portal.documents.forms import UploadForm, handle_upload
from portal.documents.models import Document
from portal.documents.papers import file_index
from portal.documents.refusals import FileClosed
from portal.documents.slots import OTHER, PaperSlot
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of, page_of
from portal.workflow.handing_in import hand_in, open_slots, reasons_kept, why_kept, withdraw
from portal.workflow.refusals import StepRefused


def slots_of(file) -> tuple[PaperSlot, ...]:
    """The slots a kind of file declares, and one for whatever else belongs to it."""
    return (*page_of(file.kind).slots(file), OTHER)


def may_hand_in(person, file) -> bool:
    """Whether handing in papers is this person's work on the file at all; what is open is another question."""
    return may(person, PapersView.changes, file.organisation)


def paper_rows(file, person) -> list[dict]:
    """Rows of ``components/papers.html``: needed slots first, empty ones with their upload link while they are open."""
    authorised = may_hand_in(person, file)
    upload = reverse("inside:papers", kwargs={"public_id": file.public_id})
    by_slot = {}
    for entry in file_index(file):
        by_slot.setdefault(entry.version.document.slot, []).append(entry)
    rows, slots = [], slots_of(file)
    lacking = [slot.code for slot in slots if slot.code not in by_slot and slot.needed and slot.applies(file)]
    kept = reasons_kept(file, lacking)
    for slot in slots:
        rows += [_row(slot.label, entry) for entry in by_slot.pop(slot.code, [])]
        if slot.code in kept:
            row = {"kind": slot.label, "note": slot.basis, "state": "later" if kept[slot.code] else "due"}
            may_upload = authorised and not kept[slot.code]
            rows.append(row | {"upload_url": f"{upload}?slot={slot.code}#upload"} if may_upload else row)
    for entries in by_slot.values():
        rows += [_row(entry.title, entry) for entry in entries]
    return rows


def _row(kind, entry) -> dict:
    version = entry.version
    return {
        "kind": kind,
        "name": version.name,
        "url": reverse("documents:preview", args=[version.document.public_id, version.number]),
        "version": version.number,
        "person": entry.who,
        "on": entry.at,
        "check": "无文字层" if version.has_text_layer is False else "已检查",
        "document": version.document,
    }


class PapersView(FileView):
    """``/staff/cases/<uuid>/papers/``"""

    changes = "casefiles.handle"

    def get(self, request, public_id):
        form, _ = handle_upload(request, self.file, slots_of(self.file))
        wanted = request.GET.get("slot", "")
        if wanted in {slot.code for slot in slots_of(self.file)}:
            form.initial["slot"] = wanted
        return self._page(form)

    def post(self, request, public_id):
        try:
            form, version = handle_upload(request, self.file, slots_of(self.file), take=hand_in)
        except StepRefused as refusal:
            form = UploadForm(slots=slots_of(self.file))
            return self._page(form, status=409, problems=[("", refusal.message)])
        if version is None:
            return self._page(form, status=422)
        heading = "已提交，请注意" if version.warning else "已提交"
        messages.success(request, f"{version.name}（第 {version.number} 版）。{version.warning}", extra_tags=heading)
        return redirect("inside:papers", public_id=self.file.public_id)

    def _page(self, form, status=200, problems=()):
        file = self.file
        rows = paper_rows(file, self.request.user)
        slots = open_slots(file, slots_of(file))
        form.fields["slot"].choices = [(slot.code, slot.label) for slot in slots]
        authorised = may_hand_in(self.request.user, file)
        index = file_index(file)
        kept = reasons_kept(file, {entry.version.document.slot for entry in index}, withdrawing=True)
        context = {
            "title": f"材料：{file.title}",
            "crumbs": [
                ("工作台", reverse("inside:worklist")), (file.title, case_url(file)), ("材料", ""),
            ],
            "file": file,
            "identity": identity_of(file),
            "papers": rows,
            "given": sum(1 for row in rows if row.get("name")),
            "missing": sum(row.get("state") == "due" for row in rows),
            "index": [(entry, authorised and not kept[entry.version.document.slot]) for entry in index],
            "may_withdraw": authorised and not all(kept.values()),
            "form": form,
            "may_hand_in": authorised and bool(slots),
            "why_not": why_kept(file, OTHER.code) if authorised else "您没有在这件事项上提交材料的权限。",
            "problems": problems,
            "page_has_errors": bool(problems),
        }  # fmt: skip
        return render(self.request, "inside/papers.html", context, status=status)


class RemovePaperView(FileView):
    """Withdraw a paper from the file, with a reason, after a page that asks again."""

    changes = "casefiles.handle"
    only_to_change = True

    def _document(self, document_id):
        papers = Document.objects.in_force().filter(file_id=self.file.pk)
        return get_object_or_404(papers, public_id=document_id)

    def get(self, request, public_id, document_id):
        document = self._document(document_id)
        kept = why_kept(self.file, document.slot, withdrawing=True)
        return self._page(document, kept, 409 if kept else 200)

    def post(self, request, public_id, document_id):
        document = self._document(document_id)
        reason = request.POST.get("reason", "").strip()
        if not reason:
            return self._page(document, "请填写撤下理由。", 422)
        try:
            withdraw(document, request.user, reason[:300])
        except (StepRefused, FileClosed, ValueError) as refusal:
            return self._page(document, str(refusal), 409)
        messages.success(request, f"{document.label}已撤下，各版本仍保留在案。", extra_tags="已撤下")
        return redirect("inside:papers", public_id=self.file.public_id)

    def _page(self, document, problem="", status=200):
        context = {
            "title": f"撤下材料：{document.label}",
            "crumbs": [
                (self.file.title, case_url(self.file)),
                ("材料", reverse("inside:papers", kwargs={"public_id": self.file.public_id})), ("撤下", ""),
            ],
            "file": self.file,
            "document": document,
            "problem": problem,
            "page_has_errors": bool(problem),
        }  # fmt: skip
        return render(self.request, "inside/remove_paper.html", context, status=status)
