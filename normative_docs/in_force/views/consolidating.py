"""Consolidated texts: one prepares, the check by article stands beside it, another confirms."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.importing import UnreadableDocument
from normative_docs.importing.reading import read_lines
from normative_docs.in_force import versions
from normative_docs.in_force.articles import changes_from
from normative_docs.in_force.forms import ConfirmForm, TextForm
from normative_docs.in_force.models import Relation, TextVersion
from normative_docs.in_force.views.open import rows_of
from portal.accounts.authority import may
from portal.documents import intake
from portal.documents.refusals import FileRefused
from portal.publishing.redaction import KINDS
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.workflow.refusals import StepRefused

CONFIRM = "normative_docs.confirm_text"


class _OfChange(FileView):
    """A page about one change of the file's text (``relation`` in the address)."""

    kinds = ("normative_docs",)

    def change(self, pk: int) -> Relation:
        relation = Relation.objects.filter(target_id=self.file.pk, pk=pk).select_related("source", "target").first()
        if relation is None or not relation.how.changes_text:
            raise Http404
        return relation

    def version(self, relation: Relation) -> TextVersion | None:
        return TextVersion.objects.filter(caused_by=relation).select_related("prepared_by", "document").first()

    def crumbs(self, here: str):
        return [("工作台", reverse("inside:worklist")), (self.file.title, case_url(self.file)), (here, "")]


class TextView(_OfChange):
    """``/staff/cases/<uuid>/in-force/text/<relation>/``: ``act=check`` only checks, ``act=save`` keeps."""

    authority = "normative_docs.draft"
    changes = "normative_docs.draft"

    def get(self, request, public_id, relation):
        change = self.change(relation)
        version = self.version(change)
        if version is not None and version.is_confirmed:
            return redirect("in_force:confirm", public_id=public_id, relation=relation)
        initial = {}
        if version is not None:
            initial = {
                "text": version.text, "mismatch_reason": version.mismatch_reason, "seen": version.digest,
                "hidden_words": "\n".join(version.hidden_words),
            }  # fmt: skip
        return self._page(change, version, TextForm(initial=initial))

    def post(self, request, public_id, relation):
        change = self.change(relation)
        version = self.version(change)
        form = TextForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(change, version, form, status=422)
        data = form.cleaned_data
        if data["upload"]:
            try:
                data["text"] = self._read(data["upload"])
            except (FileRefused, UnreadableDocument) as refusal:
                form.add_error("upload", getattr(refusal, "reason", "") or str(refusal))
                return self._page(change, version, form, status=422)
        if not data["text"].strip():
            form.add_error("text", "请填写或者上传合并文本。")
            return self._page(change, version, form, status=422)
        if version is not None and data["seen"] != version.digest:
            form.add_error(None, "合并文本在您打开页面之后已由他人修改。您填写的内容仍在下面，请核对后再保存。")
            return self._page(change, version, form, text=data["text"], status=409)
        try:
            if request.POST.get("act") == "check" or data["upload"]:
                return self._page(change, version, form, text=data["text"])
            versions.prepare(
                change, by=request.user, text=data["text"], mismatch_reason=data["mismatch_reason"],
                hidden_words=data["hidden_words"].splitlines(),
            )  # fmt: skip
        except StepRefused as refusal:
            where = "mismatch_reason" if isinstance(refusal, versions.NotMatching) else None
            form.add_error(where, refusal.message)
            return self._page(change, version, form, text=data["text"], status=409)
        messages.success(request, "合并文本已保存，须由法制审核员或者负责人确认后公开。", extra_tags="已保存")
        return redirect(f"{case_url(self.file)}#in-force")

    def _read(self, upload) -> str:
        with intake.received(upload) as received, TemporaryDirectory() as folder:
            path = Path(folder) / received.name
            path.write_bytes(received.stream.read())
            return "\n".join(read_lines(path))

    def _page(self, change, version, form, text: str | None = None, status=200):
        """``text``: what was handed in, to be shown with its check; the kept text, or the text before, otherwise."""
        try:
            before, refused = versions.text_before(change), ""
        except StepRefused as refusal:
            before, refused = None, refusal.message
        if text is None:
            text = form.data.get("text") if form.is_bound else form.initial.get("text")
        text = text or (before.text if before else "")
        outcome = versions.outcome_of(change, text) if before is not None and text.strip() else None
        if form.is_bound:
            form.data = form.data.copy()
            form.data["text"] = text
        else:
            form.initial["text"] = text
        context = {
            "title": f"合并文本：{self.file.title}",
            "crumbs": self.crumbs("合并文本"),
            "form": form,
            "change": change,
            "announced": changes_from(change.articles),
            "outcome": outcome if outcome is not None and before.text.strip() != text.strip() else None,
            "refused": refused,
            "back_url": f"{case_url(self.file)}#in-force",
        }
        return render(self.request, "normative_docs/in_force/text.html", context, status=status)


class ConfirmView(_OfChange):
    """``/staff/cases/<uuid>/in-force/text/<relation>/confirm/``"""

    changes = CONFIRM

    def get(self, request, public_id, relation):
        return self._page(self._version(relation), ConfirmForm())

    def post(self, request, public_id, relation):
        version = self._version(relation)
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return self._page(version, form, status=422)
        try:
            versions.confirm(
                version, by=request.user, checklist=form.cleaned_data["checklist"],
                hidden={int(key) for key in request.POST.getlist("mark") if key.isascii() and key.isdigit()},
                added=[words.strip() for words in form.cleaned_data["added"].splitlines() if words.strip()],
                expects=form.cleaned_data["seen"],
            )  # fmt: skip
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(version, form, status=409)
        messages.success(request, "合并文本已确认，自适用之日起作为现行文本公开。", extra_tags="已确认")
        return redirect(f"{case_url(self.file)}#in-force")

    def _version(self, relation: int) -> TextVersion:
        version = self.version(self.change(relation))
        if version is None:
            raise Http404
        return version

    def _page(self, version, form, status=200):
        person = self.request.user
        may_confirm = not version.is_confirmed and may(person, CONFIRM, self.file.organisation)
        if self.request.method == "POST" and not may_confirm and not version.is_confirmed:
            raise PermissionDenied("您没有确认合并文本的权限。")
        before = versions.confirmed(self.file).filter(number=version.number - 1).first()
        hidden = set(self.request.POST.getlist("mark")) if form.is_bound else None
        marks = [
            {
                "key": str(n), "words": version.text[mark.start : mark.end], "replacement": mark.replacement,
                "kind": KINDS[mark.kind], "why": mark.why, "accepted": hidden is None or str(n) in hidden,
            }
            for n, mark in enumerate(versions.proposed_marks(version))
        ] if not version.is_confirmed else []  # fmt: skip
        form.initial["seen"] = version.digest
        context = {
            "title": f"确认合并文本：{self.file.title}",
            "crumbs": self.crumbs("确认合并文本"),
            "form": form,
            "version": version,
            "announced": changes_from(version.caused_by.articles),
            "rows": rows_of(before.text if before else "", version.text),
            "before_number": version.number - 1,
            "marks": marks,
            "may_confirm": may_confirm,
            "is_own": version.prepared_by_id == person.pk,
            "edit_url": reverse(
                "in_force:text", kwargs={"public_id": self.file.public_id, "relation": version.caused_by_id}
            )
            if not version.is_confirmed and may(person, "normative_docs.draft", self.file.organisation)
            else "",
            "back_url": f"{case_url(self.file)}#in-force",
        }
        return render(self.request, "normative_docs/in_force/confirm.html", context, status=status)
