"""``/decision-catalogues/``: the catalogues of all towns and years. They read publications only."""

from django.db.models import Count, F, Q
from django.shortcuts import render
from django.urls import reverse

from decisions.catalogue.models import DecisionCatalogue
from decisions.catalogue.public import COLUMN
from decisions.catalogue.workflow import WORKFLOW
from portal.publishing.models import Publication
from portal.publishing.pages import PublicView, document_url
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table

_META = {"name": COLUMN, "type": "政策文件", "description": "各乡镇（街道）年度重大行政决策事项目录"}


class PublicList(PublicView):
    """The newest first, each with how many items and how many of their decisions are public."""

    def get(self, request):
        found = Publication.objects.live().filter(file__kind=WORKFLOW.code).select_related("organisation")
        page = KeysetPage(
            found.defer("text", "fields"), request, order=[(F("published_on"), True), (F("id"), True)]
        )  # fmt: skip
        counted = DecisionCatalogue.objects.filter(pk__in=[one.file_id for one in page.rows]).annotate(
            listed=Count("items", filter=Q(items__is_withdrawn=False), distinct=True),
            done=Count(
                "items",
                filter=Q(
                    items__entries__decision__publications__isnull=False,
                    items__entries__decision__publications__taken_down_at__isnull=True,
                ),
                distinct=True,
            ),
        )
        catalogues = {one.pk: one for one in counted}
        rows = [self._row(one, catalogues[one.file_id]) for one in page.rows]
        columns = [
            Column("目录", kind="title"), Column("机关"), Column("年度", kind="number"), Column("事项", kind="number"),
            Column("已公布决策", kind="number"), Column("执行情况"), Column("公布日期", kind="date"),
        ]  # fmt: skip
        context = {
            "title": COLUMN,
            "crumbs": [("首页", reverse("publishing:home")), (COLUMN, "")],
            "column": _META,
            "table": Table(
                label=COLUMN, columns=columns, rows=rows, count_text=page.count_text, pager=page.pager, stack=True,
                printable=False,
                empty={"title": "还没有公布的目录。", "text": "各乡镇（街道）每年公布一次，并在这里公布执行情况。"},
            ),
        }  # fmt: skip
        return render(request, "decisions/catalogue/public_list.html", context)

    def _row(self, publication, catalogue) -> Row:
        over = catalogue.results_published_on
        return Row(
            key=publication.public_number, name=publication.title,
            cells=[
                Cell(publication.title, kind="title", url=document_url(publication), sub=publication.public_number),
                Cell(publication.organisation.short_name, kind="nowrap", stack_label="机关"),
                Cell(catalogue.year, kind="number", stack_label="年度"),
                Cell(catalogue.listed, kind="number", stack_label="事项"),
                Cell(catalogue.done, kind="number", stack_label="已公布决策"),
                Cell(f"{over:%Y-%m-%d} 公布" if over else "实施中", kind="nowrap", stack_label="执行情况"),
                Cell(f"{publication.published_on:%Y-%m-%d}", kind="date", stack_label="公布"),
            ],
        )  # fmt: skip
