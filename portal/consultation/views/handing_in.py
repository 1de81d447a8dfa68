"""Handing in an opinion: form, check, receipt. Each step is an address of its own, none needs a session or a script."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from portal.consultation.anchoring import WHOLE_DRAFT
from portal.consultation.commenting import COUNTER, hand_in
from portal.consultation.conducting import ConsultationRefused
from portal.consultation.forms import CommentForm
from portal.consultation.models import PublicComment
from portal.consultation.versions import Draft, drafts_of
from portal.consultation.views.public import public_consultation
from portal.receipts.confirmation import confirmation
from portal.receipts.limits import Limit
from portal.web.errors import count

# A family behind one address may have much to say; a machine has more.
HANDED_IN = Limit("consultation-comment", tries=10, seconds=3600)
TYPED = Limit("consultation-draft", tries=40, seconds=3600)
TOO_MANY = "同一网络一小时内提交的意见太多，请稍后再提交，或者改用电话、信函提出。"


@method_decorator((never_cache, csrf_protect), name="dispatch")
class _Step(View):
    """A step about one consultation, found as ``self.consultation``; once the period is over its page says so."""

    def dispatch(self, request, *args, **kwargs):
        self.consultation = public_consultation(kwargs["public_id"])
        return super().dispatch(request, *args, **kwargs)

    def address(self, name: str, **kwargs) -> str:
        return reverse(f"consultation:{name}", kwargs={"public_id": self.consultation.public_id, **kwargs})

    def draft(self, token):
        """:raises Http404: an address that no draft has (any more)."""
        found = COUNTER.find(token, consultation=self.consultation)
        if found is None:
            raise Http404
        return found

    def closed(self):
        context = self.frame("提出意见") | {"back_url": self.address("public-detail")}
        status = 409 if self.request.method == "POST" else 200
        return render(self.request, "consultation/public_closed.html", context, status=status)

    def frame(self, title: str) -> dict:
        consultation = self.consultation
        return {
            "title": title,
            "crumbs": [
                ("首页", "/"), ("意见征集", reverse("consultation:public-list")),
                (consultation.title, self.address("public-detail")), (title, ""),
            ],
            "consultation": consultation,
        }  # fmt: skip


class CommentView(_Step):
    """``/consultations/<uuid>/comment/``; ``?article=`` chooses the paragraph of the version ``?version=``.

    ``?draft=`` brings back what was typed. Who read a version that was replaced meanwhile writes about that one.
    """

    def get(self, request, public_id):
        if not self.consultation.is_open:
            return self.closed()
        token = request.GET.get("draft", "")
        draft = COUNTER.find(token, consultation=self.consultation) if token else None
        initial = dict(draft.answers) if draft else {"article": request.GET.get("article", "")}
        version = self.version(initial.get("draft_number") or request.GET.get("version", ""))
        form = CommentForm(initial=initial, draft=version)
        return self._page(form, version, token if draft else "")

    def post(self, request, public_id):
        if not self.consultation.is_open:
            return self.closed()
        version = self.version(request.POST.get("version", ""))
        form = CommentForm(request.POST, draft=version)
        token = request.POST.get("draft", "")[:64]
        if not form.is_valid():
            return self._page(form, version, token, 422)
        count(TYPED, request, TOO_MANY)
        answers = form.cleaned_data | {"draft_number": version.number}
        token = COUNTER.keep(answers, token, consultation=self.consultation)
        return redirect(self.address("public-check", token=token))

    def version(self, number) -> Draft:
        """The version of that number; the current one, when the consultation has no such version."""
        drafts = drafts_of(self.consultation)
        self.has_versions = len(drafts) > 1
        return next((draft for draft in drafts if str(draft.number) == str(number)), drafts[-1])

    def _page(self, form, version, token="", status=200):
        context = self.frame("提出意见") | {
            "form": form, "token": token, "version": version, "has_versions": self.has_versions,
            "back_url": self.address("public-detail"),
        }  # fmt: skip
        return render(self.request, "consultation/public_comment.html", context, status=status)


class CheckView(_Step):
    """``/consultations/<uuid>/comment/<token>/``: look once more, then hand in. Sent twice, it is handed in once."""

    def get(self, request, public_id, token):
        draft = self.draft(token)
        if draft.comment_id:
            return redirect(self.address("public-receipt", token=token))
        return self._page(draft, token) if self.consultation.is_open else self.closed()

    def post(self, request, public_id, token):
        draft = self.draft(token)
        if draft.comment_id is None:
            if not self.consultation.is_open:
                return self.closed()
            if request.POST.get("declaration") != "yes":
                return self._page(draft, token, "请先确认这一项。", 422)
            count(HANDED_IN, request, TOO_MANY)
            try:
                hand_in(self.consultation, token)
            except ConsultationRefused:
                return self.closed()
        return redirect(self.address("public-receipt", token=token))

    def _page(self, draft, token, error="", status=200):
        answers = {name: draft.answers.get(name, "") for name in COUNTER.fields}
        rows = [
            {"key": "草案", "value": self.consultation.title},
            {"key": "针对条款", "value": answers["article"] or WHOLE_DRAFT},
            {"key": "意见内容", "lines": answers["content"].splitlines()},
            {"key": "身份", "value": PublicComment.From(answers["sent_from"]).label},
            {"key": "姓名或者单位名称", "value": answers["name"] or "不填写"},
            {"key": "联系方式", "value": answers["contact"] or "不填写"},
            {"key": "公布意见时", "value": "公开姓名" if answers["name_is_public"] else "不公开姓名"},
        ]
        context = self.frame("核对意见") | {
            "rows": rows,
            "action": self.address("public-check", token=token),
            "back_url": f"{self.address('public-comment')}?draft={token}",
            "declaration_error": error,
            "page_has_errors": bool(error),
        }
        return render(self.request, "consultation/public_check.html", context, status=status)


class ReceiptView(_Step):
    """``/consultations/<uuid>/comment/<token>/receipt/``: number and query code; the code for a quarter of an hour."""

    def get(self, request, public_id, token):
        draft = self.draft(token)
        if draft.comment_id is None:
            return redirect(self.address("public-check", token=token))
        handed_in = COUNTER.receipt_of(draft, token)
        consultation = self.consultation
        context = self.frame("意见回执") | {
            "receipt": confirmation(
                handed_in.receipt,
                handed_in.code,
                request=request,
                number_label="回执编号",
                facts=[("草案", consultation.title), ("意见序号", f"第 {draft.comment.number} 条"),
                       ("针对条款", draft.comment.article or WHOLE_DRAFT)],
                nexts=[
                    ("征求意见期满", f"{consultation.closes_on:%Y-%m-%d} 截止。期满前还可以继续提出意见。"),
                    ("逐条研究处理", "起草单位对每条意见作出采纳、部分采纳或者不采纳的处理，并说明理由。"),
                    ("公布采纳情况", "处理结果和理由在征求意见的同一页面公布，也可以凭编号和查询码查询。"),
                ],
            ),
            "code_is_shown": bool(handed_in.code),
            "detail_url": self.address("public-detail"),
        }  # fmt: skip
        return render(request, "consultation/public_receipt.html", context)
