"""Registering an incidental review, writing its statement, and asking for its letter again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.models import NormativeDocument
from normative_docs.suggestions.effects import PAPER_JOB, ask_for_reply
from normative_docs.suggestions.incidental import effects, registering
from normative_docs.suggestions.incidental.forms import RegisterForm, StatementForm
from normative_docs.suggestions.incidental.workflow import WORKFLOW as INCIDENTAL
from normative_docs.suggestions.models import IncidentalReview
from normative_docs.suggestions.views.case_page import job_of
from normative_docs.suggestions.workflow import WORKFLOW
from portal.accounts.authority import may
from portal.web.inside.access import FileView, InsideView
from portal.web.inside.case_page import case_url
from portal.workflow.refusals import StepRefused

FORM = "normative_docs/suggestions/incidental_form.html"


class NewView(InsideView):
    """``/staff/incidental-reviews/new/``"""

    authority = "suggestions.answer"

    def dispatch(self, request, *args, **kwargs):
        self.town = request.user.organisation.town() if request.user.is_authenticated else None
        return super().dispatch(request, *args, **kwargs)

    def _form(self, data=None):
        if self.town is None:
            raise PermissionDenied("只有制定机关的人员可以在这里登记。")
        documents = NormativeDocument.objects.filter(organisation=self.town, published_on__isnull=False)
        return RegisterForm(data, documents=documents)

    def get(self, request):
        return self._page(self._form())

    def post(self, request):
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        facts = {name: value for name, value in form.cleaned_data.items() if name != "document_number"}
        try:
            review = registering.register_review(form.document, by=request.user, **facts)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, 409)
        due = review.next_deadline()
        text = f"案卷号 {review.number}，答复期限 {due.effective_end:%Y-%m-%d}。请上传来文。" if due else review.number
        messages.success(request, text, extra_tags="已登记")
        return redirect(case_url(review))

    def _page(self, form, status=200):
        context = {
            "title": "登记附带审查",
            "crumbs": [("工作台", reverse("inside:worklist")), ("新建事项", reverse("inside:start")), ("附带审查", "")],
            "lead": "期限按收到来文之日起算：行政复议附带审查十个工作日，转送处理和司法建议六十日。",
            "form": form,
            "button": "登记",
            "back_url": reverse("inside:start"),
        }
        return render(self.request, FORM, context, status=status)


class StatementView(FileView):
    """``/staff/cases/<uuid>/incidental-statement/``"""

    kinds = (INCIDENTAL.code,)
    changes = "suggestions.answer"
    only_to_change = True

    def get(self, request, public_id):
        return self._page(StatementForm(instance=self._fresh()))

    def post(self, request, public_id):
        form = StatementForm(request.POST, instance=self._fresh())
        if not form.is_valid():
            return self._page(form, 422)
        try:
            seen = request.POST.get("seen", "")
            registering.save_statement(self.file, by=request.user, seen=seen, **form.cleaned_data)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, 409)
        messages.success(request, "材料齐备后送审签。", extra_tags="已保存说明")
        return redirect(case_url(self.file))

    def _fresh(self):
        return IncidentalReview.objects.get(pk=self.file.pk)

    def _page(self, form, status=200):
        context = {
            "title": "合法性说明",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                (self.file.title, case_url(self.file)),
                ("合法性说明", ""),
            ],
            "lead": f"{self.file.requesting_body}　{self.file.case_number}　{self.file.clause}",
            "form": form,
            "button": "保存说明",
            "back_url": case_url(self.file),
            "seen": registering.statement_digest(self._fresh()),
        }
        return render(self.request, FORM, context, status=status)


class LetterView(FileView):
    """``/staff/cases/<uuid>/reply-letter/``: how far the letter is (asked by the page itself); POST sets it again."""

    kinds = (WORKFLOW.code, INCIDENTAL.code)

    def may_change(self):
        power = "suggestions.review" if self.file.kind == WORKFLOW.code else "suggestions.answer"
        return may(self.request.user, power, self.file.organisation)

    def get(self, request, public_id):
        kind = PAPER_JOB if self.file.kind == WORKFLOW.code else effects.PAPER_JOB
        job = job_of(kind, self.file) or {"name": "书面答复", "state": "done", "percent": 100}
        return render(request, "components/job.html", {"job": job, "poll_url": request.path})

    def post(self, request, public_id):
        ask, is_due = (
            (ask_for_reply, self.file.stage == "replying")
            if self.file.kind == WORKFLOW.code
            else (effects.ask_for_reply, self.file.stage == "signing")
        )
        if is_due:
            ask(self.file, request.user)
            messages.success(request, "系统正在排版，完成后列在材料清单中。", extra_tags="已开始生成")
        else:
            messages.warning(request, "现在没有需要生成的文书。", extra_tags="没有办理")
        return redirect(case_url(self.file))
