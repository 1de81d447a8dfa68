"""Opening a document, changing its facts, and reading an existing one in."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs import events
from normative_docs.forms import DocumentForm, NewDocumentForm
from normative_docs.importing import UnreadableDocument, read_metadata
from normative_docs.importing.reading import read_lines
from normative_docs.recording import draft_from, draft_recognised
from normative_docs.views.people import town_of
from normative_docs.views.recognition import visible_recognitions
from portal.documents import intake
from portal.documents.refusals import FileRefused
from portal.web.forms import UploadField
from portal.web.inside.access import InsideView
from portal.web.inside.writing import EditFactsView
from portal.workflow.refusals import StepRefused


class NewDocumentView(InsideView):
    """``/staff/normative-documents/new/<uuid>/``: the draft of what was recognised as a normative document."""

    authority = "normative_docs.draft"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.recognition = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            self.recognition = visible_recognitions(request.user).filter(public_id=kwargs["recognition"]).first()
            if self.recognition is None:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, recognition):
        if not self.recognition.is_normative or self.recognition.document_id:
            return redirect("normative_docs:recognition", self.recognition.public_id)
        initial = {"title": self.recognition.title, "handling_unit": request.user.organisation}
        return self._page(NewDocumentForm(town=town_of(request.user), initial=initial))

    def post(self, request, recognition):
        form = NewDocumentForm(request.POST, town=town_of(request.user))
        if not form.is_valid():
            return self._page(form, 422)
        try:
            document = draft_recognised(self.recognition, by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, 403)
        messages.success(request, f"案卷号 {document.number}。请补充正文、起草说明和依据。", extra_tags="已立卷")
        return redirect("normative_docs:edit", public_id=document.public_id)

    def _page(self, form, status=200):
        context = {
            "title": "新建规范性文件",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                ("新建事项", reverse("inside:start")),
                ("规范性文件", ""),
            ],
            "form": form,
            "button": "立卷",
            "back_url": reverse("inside:start"),
        }
        return render(self.request, "inside/form.html", context, status=status)


class EditDocumentView(EditFactsView):
    """``/staff/cases/<uuid>/normative-document/``"""

    kinds = ("normative_docs",)
    form_class = DocumentForm
    related = (*EditFactsView.related, "issuing_authority")

    @classmethod
    def changed_by(cls, person, file):
        return file.may_be_edited_by(person)

    def too_late(self):
        if self.file.is_closed or not self.file.dates_are_editable:
            return "文件已经签发或者办结，不能再改。"
        return ""

    def save(self, form):
        try:
            with transaction.atomic():
                form.save()
        except IntegrityError:
            form.add_error("document_number", "该机关已有这个发文字号。")
            return False
        return True

    def saved(self, changed):
        if {"draft_text", "title"} & set(changed):
            for tell in events.draft_written:
                tell(self.file, self.request.user)


class ImportForm(forms.Form):
    upload = UploadField(label="文件原文", kinds=("pdf", "docx", "txt"))


class ImportView(InsideView):
    """``/staff/normative-documents/import/``: read a document, then check what was read before it is recorded."""

    authority = "normative_docs.register"

    def get(self, request):
        town_of(request.user)
        return self._page(ImportForm())

    def post(self, request):
        town = town_of(request.user)
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, 422)
        try:
            document, warnings = self._read(form.cleaned_data["upload"], town)
        except FileRefused as refusal:
            form.add_error("upload", refusal.reason)
            return self._page(form, 422)
        except UnreadableDocument as refusal:
            form.add_error("upload", str(refusal))
            return self._page(form, 422)
        except (StepRefused, IntegrityError) as refusal:
            form.add_error("upload", getattr(refusal, "message", "") or "该机关已经登记过这个发文字号的文件。")
            return self._page(form, 409)
        text = "请逐项核对，改正后点“存量登记”。" + "".join(f"\n注意：{warning}" for warning in warnings)
        messages.warning(request, text, extra_tags="已识别，待核对")
        return redirect("normative_docs:edit", public_id=document.public_id)

    def _read(self, upload, town):
        with intake.received(upload) as received, TemporaryDirectory() as folder:
            path = Path(folder) / received.name
            content = received.stream.read()
            path.write_bytes(content)
            metadata = read_metadata(path)
            text = "\n".join(read_lines(path))
        if not metadata.title:
            raise UnreadableDocument("没有识别出标题，请改用“新建规范性文件”手工登记。")
        with transaction.atomic():
            document = draft_from(
                metadata, text=text, organisation=town, by=self.request.user, content=content, name=received.name
            )
        return document, metadata.warnings

    def _page(self, form, status=200):
        context = {
            "title": "存量文件登记",
            "crumbs": [("工作台", reverse("inside:worklist")), ("新建事项", reverse("inside:start")), ("存量登记", "")],
            "form": form,
            "button": "识别并登记",
            "back_url": reverse("inside:start"),
            "lead": "系统从原文中识别标题、文号、制定机关、成文日期、施行日期、有效期和废止条款；"
            "识别不出的留空，由您填写，不作推测。",
        }
        return render(self.request, "inside/form.html", context, status=status)
