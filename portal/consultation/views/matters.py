"""决策进程 for every reader: how far a matter has come, what comes next, what was asked and answered."""

from django.db.models import F
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from portal.consultation.matters import all_matters, answered_questions, next_step, public_matter, timeline_of
from portal.consultation.views.tabs import kind_tabs
from portal.web.display import public_page
from portal.web.keyset import KeysetPage

HERE = "决策进程"


def crumbs(*more) -> list[tuple[str, str]]:
    return [("首页", "/"), ("意见征集", reverse("consultation:public-list")), *more]


def matter_address(file, name: str = "public-matter", **kwargs) -> str:
    return reverse(f"consultation:{name}", kwargs={"public_id": file.public_id, **kwargs})


@method_decorator(public_page(60), name="dispatch")
class ListView(View):
    """``/matters/``: every matter whose course is public, the newest first; ``?kind=`` where there are several."""

    def get(self, request):
        matters = all_matters()
        wanted = request.GET.get("kind", "")
        matter = next((matter for matter in matters if matter.kind == wanted), matters[0] if matters else None)
        context = {
            "title": HERE,
            "crumbs": crumbs((HERE, "")),
            "column": {
                "name": HERE, "type": "公众参与", "description": "本地区乡镇（街道）重大行政决策的办理进程和公众答疑",
                "keywords": "重大行政决策,决策进程,公众提问",
            },
            "kinds": kind_tabs("public-matters"),
            "tabs": [
                {"label": other.column, "url": f"?kind={other.kind}", "current": other is matter, "count": None}
                for other in matters
            ]
            if len(matters) > 1
            else [],
            "matters": [],
        }  # fmt: skip
        if matter is not None:
            files = matter.files().select_related("organisation")
            page = KeysetPage(files, request, order=[(F("opened_on"), True), (F("id"), True)], sizes=(20, 50))
            context |= {
                "matters": [
                    {
                        "title": file.title, "url": matter_address(file), "body": file.organisation.short_name,
                        "stage": file.stage_label, "next": next_step(file, matter),
                    }
                    for file in page.rows
                ],
                "pager": page.pager, "count_text": page.count_text,
            }  # fmt: skip
        return render(request, "consultation/public_matters.html", context)


def found(public_id):
    """:raises Http404: no such file, or nobody may read its course."""
    matter = public_matter(public_id)
    if matter is None:
        raise Http404
    return matter


@method_decorator(public_page(60), name="dispatch")
class MatterView(View):
    """``/matters/<uuid>/``"""

    def get(self, request, public_id):
        file, matter = found(public_id)
        page = KeysetPage(
            answered_questions(file), request, order=[(F("reviewed_at"), True), (F("id"), True)], sizes=(20, 50)
        )
        context = {
            "title": file.title,
            "crumbs": crumbs((HERE, reverse("consultation:public-matters")), (file.title, "")),
            "column": {"name": matter.column, "type": "公众参与"},
            "file": file,
            "matter": matter,
            "events": timeline_of(file, matter),
            "next": next_step(file, matter),
            "questions": page.rows,
            "count_text": page.count_text,
            "pager": page.pager if page.has_previous or page.has_next else None,
            "ask_url": "" if file.is_closed else matter_address(file, "public-ask"),
        }
        return render(request, "consultation/public_matter.html", context)
