"""Writing an interpretation."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.interpretations.forms import InterpretationForm
from portal.interpretations.workflow import WORKFLOW
from portal.interpretations.writing import AUTHORITY, start_interpretation, usual_title, write
from portal.publishing.faces import face_of
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.workflow.refusals import StepRefused


class WritingView(FileView):
    """A form page about a file; what is refused stands above the form, and nothing typed is lost."""

    authority = changes = AUTHORITY
    title = ""

    def page(self, form, status=200):
        context = {
            "title": self.title,
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                (self.file.title, case_url(self.file)),
                (self.title, ""),
            ],
            "form": form,
            "back_url": case_url(self.file),
        }
        return render(self.request, "interpretations/form.html", context, status=status)

    def post(self, request, public_id):
        form = InterpretationForm(request.POST)
        if not form.is_valid():
            return self.page(form, 422)
        try:
            return self.saved(form.cleaned_data)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self.page(form, 409)


class StartView(WritingView):
    """``/staff/cases/<uuid>/interpretation/new/`` of the document."""

    title = "编写政策解读"

    def get(self, request, public_id):
        self.require_document()
        return self.page(InterpretationForm(initial={"title": usual_title(self.file)}))

    def require_document(self):
        """:raises Http404: nothing of this kind of file is published, or it is an interpretation itself."""
        if face_of(self.file.kind) is None or self.file.kind == WORKFLOW.code:
            raise Http404

    def saved(self, fields):
        self.require_document()
        interpretation = start_interpretation(self.file, by=self.request.user, **fields)
        messages.success(self.request, "请提交图解和附件（如有），再办理公开前审查和定稿。", extra_tags="已立卷")
        return redirect(case_url(interpretation))


class EditView(WritingView):
    """``/staff/cases/<uuid>/interpretation/`` of the interpretation."""

    kinds = (WORKFLOW.code,)
    title = "修改政策解读"

    def get(self, request, public_id):
        return self.page(InterpretationForm(initial={"title": self.file.title, "text": self.file.text}))

    def saved(self, fields):
        write(self.file, by=self.request.user, **fields)
        messages.success(self.request, "改动后须重新办理公开前审查。", extra_tags="已保存")
        return redirect(case_url(self.file))
