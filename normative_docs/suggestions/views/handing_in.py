"""Handing in a suggestion: form, check, receipt. Each step is an address of its own, without session or script."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from normative_docs.models import NormativeDocument
from normative_docs.suggestions.forms import SuggestionForm
from normative_docs.suggestions.receiving import COUNTER, hand_in
from normative_docs.suggestions.vocabulary import Proposer
from portal.organisations.models import Organisation
from portal.publishing.models import Publication
from portal.receipts.confirmation import confirmation
from portal.receipts.limits import Limit
from portal.web.errors import count
from portal.workflow.refusals import StepRefused

HANDED_IN = Limit("review-suggestion", tries=5, seconds=3600)
TYPED = Limit("review-suggestion-draft", tries=30, seconds=3600)
TOO_MANY = "同一网络一小时内提交的审查建议太多，请稍后再提交，或者改用书面方式。"


def public_document(year: str, serial: str) -> NormativeDocument | None:
    """The published document of this public address; ``None`` for none or another kind of publication."""
    if not (year.isdecimal() and serial.isdecimal() and len(year) == 4 and len(serial) < 10):
        return None
    publication = Publication.objects.live().filter(year=int(year), serial=int(serial)).first()
    if publication is None:
        return None
    return (
        NormativeDocument.objects.select_related("organisation", "issuing_authority")
        .filter(pk=publication.file_id)
        .first()
    )


def address(name: str, token: str = "") -> str:
    return reverse(f"suggestions:{name}", kwargs={"token": token} if token else {})


@method_decorator((never_cache, csrf_protect), name="dispatch")
class _Step(View):
    http_method_names = ("get", "head", "post", "options")

    def draft(self, token):
        """:raises Http404: an address that no draft has (any more)."""
        found = COUNTER.find(token)
        if found is None:
            raise Http404
        return found

    @staticmethod
    def frame(title: str) -> dict:
        return {"title": title, "crumbs": [("首页", "/"), ("审查建议", reverse("suggestions:public")), (title, "")]}


class FormView(_Step):
    """``/review-suggestions/new/``; ``?doc=2026/12`` names the document, ``?draft=`` brings back what was typed."""

    def get(self, request):
        token = request.GET.get("draft", "")
        draft = COUNTER.find(token) if token else None
        if draft is not None and draft.suggestion_id is None:
            document = self._of(draft.answers.get("document"))
            return self._page(SuggestionForm(initial=draft.answers, document=document), document, token)
        document = public_document(*self._parts(request.GET.get("doc", "")))
        return self._page(SuggestionForm(document=document), document)

    def post(self, request):
        document = public_document(*self._parts(request.POST.get("doc", "")))
        form = SuggestionForm(request.POST, document=document)
        token = request.POST.get("draft", "")[:64]
        if not form.is_valid():
            return self._page(form, document, token, 422)
        count(TYPED, request, TOO_MANY)
        token = COUNTER.keep(self._answers(form.cleaned_data, document), token)
        return redirect(address("check", token))

    @staticmethod
    def _parts(doc: str) -> tuple[str, str]:
        year, _, serial = doc.partition("/")
        return year, serial

    @staticmethod
    def _of(pk) -> NormativeDocument | None:
        return NormativeDocument.objects.select_related("organisation").filter(pk=pk).first() if pk else None

    @staticmethod
    def _answers(cleaned: dict, document) -> dict:
        answers = {name: cleaned.get(name, "") for name in COUNTER.fields}
        if document is None:
            return {**answers, "document": "", "town": cleaned["town"].code}
        number = f"（{document.document_number}）" if document.document_number else ""
        named = f"{document.title}{number}"[:200]
        return {**answers, "document": document.pk, "town": document.organisation.code, "named_document": named}

    def _page(self, form, document, token="", status=200):
        doc = ""
        if document is not None:
            publication = Publication.objects.live().filter(file_id=document.pk).first()
            doc = f"{publication.year}/{publication.serial}" if publication else ""
        context = self.frame("提出审查建议") | {"form": form, "document": document, "doc": doc, "token": token}
        return render(self.request, "normative_docs/suggestions/form.html", context, status=status)


class CheckView(_Step):
    """``/review-suggestions/new/<token>/``: look once more, then hand in. Sent twice, it is handed in once."""

    def get(self, request, token):
        draft = self.draft(token)
        if draft.suggestion_id:
            return redirect(address("receipt", token))
        return self._page(draft, token)

    def post(self, request, token):
        draft = self.draft(token)
        if draft.suggestion_id is None:
            if request.POST.get("declaration") != "yes":
                return self._page(draft, token, "请先确认这一项。", 422)
            count(HANDED_IN, request, TOO_MANY)
            try:
                hand_in(token)
            except StepRefused as refusal:
                return self._page(draft, token, refusal.message, 409)
        return redirect(address("receipt", token))

    def _page(self, draft, token, error="", status=200):
        answers = {name: draft.answers.get(name, "") for name in COUNTER.fields}
        town = Organisation.objects.filter(code=answers["town"]).first()
        rows = [
            {"key": "制定机关", "value": town.name if town else "—"},
            {"key": "文件", "value": answers["named_document"]},
            {"key": "条款", "value": answers["clause"] or "全文"},
            {"key": "理由和建议", "lines": answers["reason"].splitlines()},
            {"key": "建议人", "value": Proposer(answers["proposer"]).label},
            {"key": "姓名或者单位名称", "value": answers["proposer_name"]},
            {"key": "联系方式", "value": answers["contact"] or "不填写"},
        ]
        context = self.frame("核对审查建议") | {
            "rows": rows,
            "action": address("check", token),
            "back_url": f"{address('form')}?draft={token}",
            "declaration_error": error,
            "page_has_errors": bool(error),
        }
        return render(self.request, "normative_docs/suggestions/check.html", context, status=status)


class ReceiptView(_Step):
    """``/review-suggestions/new/<token>/receipt/``: number and query code; the code for a quarter of an hour."""

    http_method_names = ("get", "head", "options")

    def get(self, request, token):
        draft = self.draft(token)
        if draft.suggestion_id is None:
            return redirect(address("check", token))
        handed_in = COUNTER.receipt_of(draft, token)
        suggestion = draft.suggestion
        clock = suggestion.deadlines.filter(code="nd_citizen_review").order_by("id").first()
        context = self.frame("审查建议回执") | {
            "receipt": confirmation(
                handed_in.receipt,
                handed_in.code,
                request=request,
                number_label="回执编号",
                facts=[("文件", suggestion.named_document), ("条款", suggestion.clause or "全文")],
                due_on=clock.effective_end if clock else None,
                due_text="书面答复期限" if clock else "",
                why=f"{clock.citation}，自收到之日起计算" if clock else "",
                nexts=[
                    ("决定是否受理", "不属于规范性文件、不属于本级审查范围的，说明理由。"),
                    ("审查", "要求制定机关说明制定依据，对照法律、法规、规章审查。"),
                    ("书面答复", "结果和理由写入答复书，凭回执编号和查询码查看；结果隐去个人信息后公开。"),
                ],
            ),
            "code_is_shown": bool(handed_in.code),
        }
        return render(request, "normative_docs/suggestions/receipt.html", context)
