"""The one query page (办理查询) for whatever the public handed in."""

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from portal.documents.attach import note_download
from portal.documents.views import as_attachment
from portal.receipts.codes import typed_number
from portal.receipts.forms import StatusForm
from portal.receipts.issue import find_receipt, status_of
from portal.receipts.limits import Limit, LimitReached
from portal.receipts.models import Receipt
from portal.receipts.registry import kind_named

SLIP = "receipts.paper"
SLIP_GOOD_FOR = 15 * 60  # seconds

GUESSED = Limit("receipt-status", tries=5, seconds=15 * 60)

NOT_FOUND = "没有查到。请核对回执编号和查询码，两者须与回执上的一致。"

_CRUMBS = (("首页", "/"), ("办理查询", ""))


@method_decorator((never_cache, csrf_protect, sensitive_post_parameters("code")), name="dispatch")
class StatusQuery(View):
    """Number and code in, state of the matter out.

    The answer is the response to the POST itself: no address and no session is left behind that a later user of the
    same computer could open.
    """

    http_method_names = ("get", "head", "post", "options")

    def get(self, request):
        form = StatusForm(initial={"number": typed_number(request.GET.get("number", ""))})
        return self._form_page(request, form)

    def post(self, request):
        form = StatusForm(request.POST)
        if not form.is_valid():
            return self._form_page(request, form)
        try:
            GUESSED.count(request)
        except LimitReached as reached:
            return self._too_many(request, reached.retry_after)
        receipt = find_receipt(*form.typed())
        if receipt is None:
            form.add_error(None, NOT_FOUND)
            return self._form_page(request, form)
        GUESSED.take_back(request)
        status = status_of(receipt)
        return render(
            request,
            "receipts/status.html",
            {
                "receipt": receipt,
                "status": status,
                "identity": {
                    "number": receipt.number,
                    "title": status.title,
                    "tags": [{"text": kind_named(receipt.kind).label}],
                },
                "facts": [{"key": key, "value": value} for key, value in status.facts],
                "slip": signing.dumps(receipt.pk, salt=SLIP) if status.papers else "",
                "crumbs": _CRUMBS,
            },
        )

    def _form_page(self, request, form):
        return render(request, "receipts/query.html", {"form": form, "crumbs": _CRUMBS})

    def _too_many(self, request, retry_after: int):
        context = {
            "status": 429,
            "home": "/",
            "home_label": "返回首页",
            "minutes": -(-retry_after // 60),
            "message": "查询次数太多。为保护申请人的信息，同一网络 15 分钟内最多可以试 5 次。",
        }
        response = render(request, "errors/429.html", context, status=429)
        response["Retry-After"] = str(retry_after)
        return response


@method_decorator((never_cache, csrf_protect, sensitive_post_parameters("slip")), name="dispatch")
class PaperCopy(View):
    """``/status/papers/<number>/``: a paper of the holder's, such as the reply.

    The page of the state hands out a slip, good for as long as somebody may sit at that page. It goes in a POST, so
    that the address that stays in the browser opens nothing.
    """

    http_method_names = ("get", "head", "post", "options")

    def get(self, request, number):
        return redirect("receipts:status")

    def post(self, request, number):
        try:
            pk = signing.loads(request.POST.get("slip", ""), salt=SLIP, max_age=SLIP_GOOD_FOR)
        except signing.BadSignature:
            return redirect("receipts:status")
        receipt = get_object_or_404(Receipt.objects.select_related("organisation", "file"), pk=pk)
        papers = status_of(receipt).papers
        if not 1 <= number <= len(papers):
            raise Http404
        _, version = papers[number - 1]
        note_download(version, None)
        return as_attachment(version)
