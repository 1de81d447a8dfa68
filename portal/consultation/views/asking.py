"""Asking about a matter: form, check, receipt. Each step is an address of its own, none needs a session or a script."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from portal.consultation.asking import COUNTER, hand_in
from portal.consultation.conducting import ConsultationRefused
from portal.consultation.question_forms import QuestionForm
from portal.consultation.views.matters import HERE, crumbs, found, matter_address
from portal.receipts.confirmation import confirmation
from portal.receipts.limits import Limit
from portal.web.errors import count

HANDED_IN = Limit("public-question", tries=5, seconds=3600)
TYPED = Limit("public-question-draft", tries=20, seconds=3600)
TOO_MANY = "同一网络一小时内提出的问题太多，请稍后再提，或者改用电话询问。"


@method_decorator((never_cache, csrf_protect), name="dispatch")
class _Step(View):
    """A step about one matter, found as ``self.file``; of a closed one its page says that nothing can be asked."""

    def dispatch(self, request, *args, **kwargs):
        self.file, self.matter = found(kwargs["public_id"])
        return super().dispatch(request, *args, **kwargs)

    def draft(self, token):
        """:raises Http404: an address that no draft has (any more)."""
        draft = COUNTER.find(token, file_id=self.file.pk)
        if draft is None:
            raise Http404
        return draft

    def frame(self, title: str) -> dict:
        here = matter_address(self.file)
        return {
            "title": title,
            "crumbs": crumbs((HERE, reverse("consultation:public-matters")), (self.file.title, here), (title, "")),
            "file": self.file,
            "back_url": here,
        }

    def closed(self):
        status = 409 if self.request.method == "POST" else 200
        return render(self.request, "consultation/ask_closed.html", self.frame("提问"), status=status)


class AskView(_Step):
    """``/matters/<uuid>/ask/``; ``?draft=`` brings back what was typed."""

    def get(self, request, public_id):
        if self.file.is_closed:
            return self.closed()
        token = request.GET.get("draft", "")
        draft = COUNTER.find(token, file_id=self.file.pk) if token else None
        return self._page(QuestionForm(initial=dict(draft.answers) if draft else {}), token if draft else "")

    def post(self, request, public_id):
        if self.file.is_closed:
            return self.closed()
        form = QuestionForm(request.POST)
        token = request.POST.get("draft", "")[:64]
        if not form.is_valid():
            return self._page(form, token, 422)
        count(TYPED, request, TOO_MANY)
        token = COUNTER.keep(form.cleaned_data, token, file_id=self.file.pk)
        return redirect(matter_address(self.file, "public-ask-check", token=token))

    def _page(self, form, token="", status=200):
        context = self.frame("提问") | {"form": form, "token": token}
        return render(self.request, "consultation/ask.html", context, status=status)


class CheckView(_Step):
    """``/matters/<uuid>/ask/<token>/``: look once more, then hand in. Sent twice, it is handed in once."""

    def get(self, request, public_id, token):
        draft = self.draft(token)
        if draft.question_id:
            return redirect(matter_address(self.file, "public-ask-receipt", token=token))
        return self.closed() if self.file.is_closed else self._page(draft, token)

    def post(self, request, public_id, token):
        draft = self.draft(token)
        if draft.question_id is None:
            if self.file.is_closed:
                return self.closed()
            if request.POST.get("declaration") != "yes":
                return self._page(draft, token, "请先确认这一项。", 422)
            count(HANDED_IN, request, TOO_MANY)
            try:
                hand_in(self.file, token)
            except ConsultationRefused:
                return self.closed()
        return redirect(matter_address(self.file, "public-ask-receipt", token=token))

    def _page(self, draft, token, error="", status=200):
        answers = {name: draft.answers.get(name, "") for name in COUNTER.fields}
        rows = [
            {"key": "事项", "value": self.file.title},
            {"key": "问题", "lines": answers["content"].splitlines()},
            {"key": "姓名或者单位名称", "value": answers["name"] or "不填写"},
            {"key": "联系方式", "value": answers["contact"] or "不填写"},
        ]
        context = self.frame("核对问题") | {
            "rows": rows,
            "action": matter_address(self.file, "public-ask-check", token=token),
            "back_url": f"{matter_address(self.file, 'public-ask')}?draft={token}",
            "declaration_error": error,
            "page_has_errors": bool(error),
        }
        return render(self.request, "consultation/ask_check.html", context, status=status)


class ReceiptView(_Step):
    """``/matters/<uuid>/ask/<token>/receipt/``: number and query code; the code for a quarter of an hour."""

    def get(self, request, public_id, token):
        draft = self.draft(token)
        if draft.question_id is None:
            return redirect(matter_address(self.file, "public-ask-check", token=token))
        handed_in = COUNTER.receipt_of(draft, token)
        context = self.frame("提问回执") | {
            "receipt": confirmation(
                handed_in.receipt,
                handed_in.code,
                request=request,
                number_label="回执编号",
                facts=[("事项", self.file.title), ("问题", draft.question.content)],
                nexts=[
                    ("研究答复", "由承办单位答复，另一人审核。"),
                    ("公布答复", "答复和问题在事项进程页面公布，不含您的姓名和联系方式；也可以凭编号和查询码查看。"),
                ],
            ),
            "code_is_shown": bool(handed_in.code),
        }
        return render(request, "consultation/ask_receipt.html", context)
