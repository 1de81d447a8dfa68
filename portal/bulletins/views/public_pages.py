"""The bulletins before the public. Each one's own page is that of its publication."""

from django.db.models import F
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import View

from portal.bulletins.public import COLUMN
from portal.publishing.caching import shared_page
from portal.publishing.models import Publication
from portal.publishing.pages import lines_of
from portal.web.keyset import KeysetPage


@method_decorator(shared_page, name="dispatch")
class BulletinsPage(View):
    """``/filings/bulletins/``"""

    http_method_names = ("get", "head", "options")

    def get(self, request):
        found = Publication.objects.live().filter(column=COLUMN).select_related("organisation").defer("text", "fields")
        page = KeysetPage(found, request, order=[(F("published_on"), True), (F("id"), True)])
        context = {
            "title": COLUMN,
            "crumbs": [("首页", "/"), ("备案目录", reverse("oversight:filings")), (COLUMN, "")],
            "column": {"name": COLUMN, "type": "备案审查", "description": "县级定期公布的规范性文件备案审查情况"},
            "bulletins": lines_of(page.rows),
            "count_text": page.count_text,
            "pager": page.pager,
        }
        return render(request, "bulletins/public_list.html", context)
