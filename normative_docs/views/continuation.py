"""``/staff/cases/<uuid>/continuation/``: to continue a document before it lapses."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.recording import draft_continuation
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.workflow.refusals import StepRefused


class ContinuationForm(forms.Form):
    reason = forms.CharField(
        label="延续的必要性",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="到期前评估的结论：执行情况、存在的问题、为什么需要继续施行、拟作哪些修改。",
    )


class ContinuationView(FileView):
    """Nothing prolongs a validity in place: a draft of its own is opened, registered and published anew."""

    kinds = ("normative_docs",)
    authority = changes = "normative_docs.draft"

    def get(self, request, public_id):
        if self.file.published_on is None:
            raise Http404
        return self._page(ContinuationForm())

    def post(self, request, public_id):
        form = ContinuationForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        try:
            draft = draft_continuation(self.file, by=request.user, reason=form.cleaned_data["reason"])
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, 409)
        messages.success(request, f"案卷号 {draft.number}。请完成到期前评估，修改文本后送审。", extra_tags="已立卷")
        return redirect(case_url(draft))

    def _page(self, form, status=200):
        until = f"{self.file.valid_until:%Y-%m-%d}" if self.file.valid_until else "未载明"
        context = {
            "title": f"办理延续：{self.file.title}",
            "crumbs": [("工作台", reverse("inside:worklist")), (self.file.title, case_url(self.file)), ("延续", "")],
            "lead": f"现有有效期至 {until}。延续须重新审核、登记、编号和公布，有效期自重新公布后计算；"
            "届期未重新公布的，自动失效。",
            "form": form,
            "button": "立卷办理延续",
            "back_url": case_url(self.file),
        }
        return render(self.request, "inside/form.html", context, status=status)
