"""``/staff/evaluations/``: which documents are due, which will be, and which nobody judged so far."""

from django.db.models import F
from django.shortcuts import render
from django.urls import reverse

from normative_docs.evaluation import due
from normative_docs.models import NormativeDocument
from portal.moment import today
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table

TABS = (("due", "应当评估"), ("coming", "半年内满年限"), ("unmarked", "待认定是否重要"))
_EMPTY = {
    "due": {
        "title": "没有应当评估的文件。",
        "text": "公布满年限、直接涉及切身利益、并且属于重大民生事项或者列为重要的文件，到日自动列入。",
    },
    "coming": {"title": "半年内没有文件满评估年限。"},
    "unmarked": {
        "title": "没有待认定的文件。",
        "text": "公布满年限、直接涉及切身利益、但还没有列为重要的文件列在这里。",
    },
}


class DueView(InsideView):
    """The three conditions stand together (三项条件同时具备): age, vital interests, importance."""

    authority = "normative_docs.evaluate"

    def get(self, request):
        tab = request.GET.get("tab", "due")
        if tab not in dict(TABS):
            tab = "due"
        day, region = today(), request.user.organisation.region
        documents = NormativeDocument.objects.visible_to(request.user)
        lists = {
            "due": due.due(documents, day, region),
            "coming": due.coming(documents, day, region),
            "unmarked": due.not_marked(documents, day, region),
        }
        page = KeysetPage(
            lists[tab].select_related("organisation", "importance"), request,
            order=[(F("published_on"), False), (F("id"), False)],
        )  # fmt: skip
        here = reverse("evaluation:due")
        context = {
            "title": "规范性文件评估",
            "crumbs": [("工作台", reverse("inside:worklist")), ("评估", "")],
            "tabs": [
                {
                    "label": label,
                    "url": f"{here}?tab={code}",
                    "current": code == tab,
                    "count": lists[code].order_by()[:1001].count(),
                }
                for code, label in TABS
            ],
            "years": due.years_of(region, day),
            "table": self._table(page, tab, day),
            "register_url": reverse("inside:register", kwargs={"code": "evaluations"}),
        }
        return render(request, "normative_docs/evaluation/due.html", context)

    def _table(self, page, tab, day) -> Table:
        rows = [self._row(document, tab, day) for document in page.rows]
        columns = [
            Column("状态"), Column("文件", kind="title"), Column("单位"), Column("公布日期", kind="date"),
            Column("满年限之日", kind="date"), Column("重要性"), Column("办理"),
        ]  # fmt: skip
        return Table(
            label=dict(TABS)[tab], columns=columns, rows=rows, count_text=page.count_text, pager=page.pager,
            empty=_EMPTY[tab], stack=True,
        )  # fmt: skip

    def _row(self, document, tab, day) -> Row:
        mark = getattr(document, "importance", None)
        why = mark.reason if mark else ("重大民生事项" if document.touches_livelihood else "未列为重要")
        acts = []
        if tab == "unmarked":
            url = reverse("evaluation:importance", args=[document.public_id])
            acts.append({"label": "列为重要", "url": url, "of": document.title})
        if tab == "due":
            url = reverse("evaluation:start", args=[document.public_id])
            acts.append({"label": "开始评估", "url": url, "of": document.title})
        return Row(
            key=str(document.public_id),
            name=document.title,
            cells=[
                Cell(lamp=due.lamp_of(document, day)),
                Cell(
                    document.title,
                    kind="title",
                    url=case_url(document),
                    sub=document.document_number or document.number,
                ),
                Cell(document.organisation.short_name, kind="nowrap", drop=True),
                Cell(f"{document.published_on:%Y-%m-%d}", kind="date", stack_label="公布"),
                Cell(f"{due.due_since(document):%Y-%m-%d}", kind="date", stack_label="满年限"),
                Cell(why, stack_label="重要性"),
                Cell(links=acts) if acts else Cell("—", drop=True),
            ],
        )
