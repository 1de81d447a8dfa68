"""``/experts/``: the experts who may be asked, as far as they agreed to be named (专家信息逐步公开, S4-13.1)."""

from django.db.models import F
from django.shortcuts import render
from django.urls import reverse

from portal.capacity.experts.filters import PublicExpertFilter
from portal.publishing.pages import PublicView
from portal.web.keyset import KeysetPage

TITLE = "专家名单"


class PublicExperts(PublicView):
    """Name, employer, title and fields of whoever consents and is in force today; never a contact."""

    def get(self, request):
        form = PublicExpertFilter(request.GET)
        found = form.experts().select_related("owner")
        order = [(F("owner__path"), False), (F("name"), False), (F("id"), False)]
        page = KeysetPage(found, request, order=order)
        context = {
            "title": TITLE,
            "crumbs": [("首页", reverse("publishing:home")), (TITLE, "")],
            "column": {"name": TITLE, "type": "名单", "description": "可以参加重大行政决策论证的专家"},
            "filter": form,
            "chips": form.chips(),
            "experts": page.rows,
            "count_text": page.count_text,
            "pager": page.pager,
        }
        return render(request, "capacity/public_experts.html", context)
