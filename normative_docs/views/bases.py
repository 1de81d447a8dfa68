"""``/staff/cases/<uuid>/bases/``: documents of the portal that a draft rests on."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.citing import citable, cite, drop_basis
from normative_docs.models import NormativeDocument
from portal.accounts.authority import may
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.workflow.refusals import StepRefused

MOST_FOUND = 20


class BasisForm(forms.Form):
    """Which of the found documents, and which articles of it."""

    cited = forms.ModelChoiceField(
        label="文件", queryset=NormativeDocument.objects.none(), to_field_name="public_id", empty_label="请选择"
    )
    articles = forms.CharField(label="条款", max_length=120, required=False, help_text="例如：第三条、第七条第二款")

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cited"].queryset = found
        self.fields["cited"].label_from_instance = lambda document: (
            f"《{document.title}》（{document.document_number or '无文号'}）"
        )


class BasesView(FileView):
    """Find, add and take out. Only what is published and in force is found (S1-10.1b)."""

    kinds = ("normative_docs",)
    changes = "normative_docs.draft"

    def get(self, request, public_id):
        return self._page()

    def post(self, request, public_id):
        if request.POST.get("act") == "drop":
            return self._drop(request)
        form = BasisForm(request.POST, found=self._found())
        if not form.is_valid():
            return self._page(form, 422)
        try:
            cite(self.file, form.cleaned_data["cited"], by=request.user, articles=form.cleaned_data["articles"])
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, 409)
        messages.success(request, f"《{form.cleaned_data['cited'].title}》", extra_tags="已登记依据")
        return redirect(request.path)

    def _drop(self, request):
        key = request.POST.get("basis", "")
        basis = self.file.cited_bases.select_related("cited").filter(pk=key if key.isascii() and key.isdigit() else 0)
        if not basis:
            raise Http404
        try:
            drop_basis(basis[0], by=request.user)
        except StepRefused as refusal:
            messages.error(request, refusal.message)
            return redirect(request.path)
        messages.success(request, "不再作为依据。", extra_tags="已撤下")
        return redirect(request.path)

    def _found(self):
        found = citable(self.file.organisation).exclude(pk=self.file.pk)
        words = self.request.GET.get("q", "").strip()
        return found.filter(title__icontains=words) if words else found

    def _page(self, form=None, status=200):
        found = self._found().order_by("-published_on", "-pk")
        may_change = self.file.is_editable and may(self.request.user, "normative_docs.draft", self.file.organisation)
        keys = [document.pk for document in found[: MOST_FOUND + 1]]
        context = {
            "title": "所依据的规范性文件",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                (self.file.title, case_url(self.file)),
                ("所依据的文件", ""),
            ],
            "file": self.file,
            "bases": [
                {"basis": basis, "fault": basis.cited.citing_fault()}
                for basis in self.file.cited_bases.select_related("cited", "cited__issuing_authority")
            ],
            "form": form or BasisForm(found=NormativeDocument.objects.filter(pk__in=keys[:MOST_FOUND])),
            "q": self.request.GET.get("q", ""),
            "more": len(keys) > MOST_FOUND,
            "nothing_found": not keys,
            "may_change": may_change,
            "back_url": case_url(self.file),
        }
        return render(self.request, "normative_docs/bases.html", context, status=status)
