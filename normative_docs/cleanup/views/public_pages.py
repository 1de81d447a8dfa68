"""清理结果 before the public: the archive, one result with its four lists, and the same as open data.

They read publications: of a clean-up the reviewed notice, of each document on it the publication of that document.
"""

import csv
from io import StringIO

from django.db.models import F
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import View

from normative_docs.cleanup.models import CleanupCampaign
from normative_docs.cleanup.outcomes import CleanupOutcome
from normative_docs.cleanup.papers import LIST_TITLES, listed_publicly, lists_of
from normative_docs.cleanup.public import COLUMN
from normative_docs.cleanup.standing import totals_of
from normative_docs.cleanup.workflow import Stage
from portal.publishing.caching import shared_data
from portal.publishing.models import Publication
from portal.publishing.official_text import official_text
from portal.publishing.pages import PublicView, document_url, get_publication, paper_lines
from portal.web.keyset import KeysetPage
from portal.web.site import site_facts
from portal.web.tables import Cell, Column, Row, Table

_META = {"name": COLUMN, "type": "政策文件", "description": "各乡镇（街道）行政规范性文件清理结果"}
FIELD_NOTES = (
    ("result", "公告文号", "清理结果公告的文号"),
    ("result_url", "公告网址", "清理结果页面的固定地址"),
    ("organisation", "清理机关", "开展清理的机关全称"),
    ("organisation_code", "机关代码", "本站使用的机关代码"),
    ("kind", "清理类别", "全面清理或者专项清理"),
    ("reference_on", "清理基准日", "清理截至当日公布、尚未失效的文件，格式为年-月-日"),
    ("published_on", "公布日期", "清理结果公布之日，格式为年-月-日"),
    ("verdict", "清理结论", "保留、修改、废止、宣布失效"),
    ("title", "文件名称", "文件公开文本的标题"),
    ("document_number", "文号", "文件的发文字号；没有的为空"),
    ("url", "文件网址", "文件正文页面的固定地址"),
)


def result_url(publication: Publication) -> str:
    """The page of a result."""
    return reverse("cleanup:public-result", args=[publication.year, publication.serial])


def _results():
    """What is public of clean-ups, the newest first."""
    campaigns = CleanupCampaign.objects.filter(stage=Stage.PUBLISHED)
    return Publication.objects.live().filter(file__in=campaigns.values("pk")).select_related("organisation")


class PublicResults(PublicView):
    """``/cleanup/``"""

    def get(self, request):
        page = KeysetPage(
            _results().defer("text", "fields"), request, order=[(F("published_on"), True), (F("id"), True)]
        )
        keys = [publication.file_id for publication in page.rows]
        campaigns = {campaign.pk: campaign for campaign in CleanupCampaign.objects.filter(pk__in=keys)}
        totals = totals_of(campaigns.values())
        rows = [self._row(one, campaigns[one.file_id], totals[one.file_id]) for one in page.rows]
        columns = [
            Column("公告", kind="title"), Column("机关"), Column("类别"),
            *(Column(outcome.label, kind="number") for outcome in CleanupOutcome), Column("公布日期", kind="date"),
        ]  # fmt: skip
        context = {
            "title": COLUMN,
            "crumbs": [("首页", reverse("publishing:home")), (COLUMN, "")],
            "column": _META,
            "table": Table(
                label=COLUMN, columns=columns, rows=rows, count_text=page.count_text, pager=page.pager, stack=True,
                printable=False,
                empty={"title": "还没有公布的清理结果。", "text": "规范性文件每两年全面清理一次，结果在这里公布。"},
            ),
            "notes": FIELD_NOTES,
        }  # fmt: skip
        return render(request, "normative_docs/cleanup/public_list.html", context)

    def _row(self, publication, campaign, totals) -> Row:
        return Row(
            key=publication.public_number, name=publication.title,
            cells=[
                Cell(publication.title, kind="title", url=result_url(publication), sub=publication.number),
                Cell(publication.organisation.short_name, kind="nowrap", stack_label="机关"),
                Cell(campaign.get_campaign_kind_display(), kind="nowrap", stack_label="类别"),
                *(
                    Cell(totals.by_verdict[outcome], kind="number", stack_label=outcome.label)
                    for outcome in CleanupOutcome
                ),
                Cell(f"{publication.published_on:%Y-%m-%d}", kind="date", stack_label="公布"),
            ],
        )  # fmt: skip


def _public_documents(lists) -> dict[int, Publication]:
    """The live publication of every document on the lists, with one query."""
    keys = [item.document_id for items in lists.values() for item in items]
    live = Publication.objects.live().filter(file__in=keys).defer("text", "fields")
    return {publication.file_id: publication for publication in live}


class PublicResult(PublicView):
    """``/cleanup/<year>/<serial>/``: the reviewed notice, and its four lists with the way to each document."""

    def get(self, request, year, serial):
        publication = get_publication(year, serial)
        campaign = get_object_or_404(CleanupCampaign.objects.select_related("town"), pk=publication.file_id)
        lists = lists_of(campaign)
        public = _public_documents(lists)
        papers = paper_lines(publication)
        address = request.build_absolute_uri(result_url(publication))
        context = {
            "title": publication.title,
            "crumbs": [
                ("首页", reverse("publishing:home")), (COLUMN, reverse("cleanup:public-list")), ("正文", ""),
            ],
            "column": _META,
            "article": {
                "title": publication.title, "published_at": publication.published_at,
                "source": publication.organisation.name, "url": address,
            },
            "publication": publication,
            "facts": [
                {"key": "索引号", "value": publication.public_number, "is_number": True},
                *({"key": label, "value": value, "is_number": True} for label, value in publication.fields),
                {"key": "公布日期", "value": f"{publication.published_on:%Y-%m-%d}", "is_number": True},
            ],
            "body": official_text(publication.text),
            "lists": [
                {"code": code, "title": LIST_TITLES[code], "count": len(items), "documents": [
                    _line(public.get(item.document_id), item) for item in items
                ]}
                for code, items in lists.items()
            ],
            "papers": papers,
            "pdf_url": next((paper["url"] for paper in papers if paper["is_pdf"]), ""),
            "address": address,
            "more": [
                {"label": "历次清理结果", "url": reverse("cleanup:public-list")},
                {"label": "本公告的固定网址", "url": document_url(publication)},
            ],
        }  # fmt: skip
        response = render(request, "normative_docs/cleanup/public_result.html", context)
        response.last_changed = publication.published_at
        return response


def _line(publication, item) -> dict:
    """A document of a list: in the words of its own publication; one that isn't online stands by its number."""
    if publication is None:
        return {"title": "（正文未上网，名称见公告正文）", "url": "", "number": item.document.document_number}
    return {"title": publication.title, "url": document_url(publication), "number": publication.number}


def open_records(request):
    """Every document of every published result, as open data: oldest result first, nothing that no page shows."""
    publications = list(_results().defer("text", "fields").order_by("year", "serial"))
    campaigns = CleanupCampaign.objects.select_related("town").in_bulk([one.file_id for one in publications])
    lists: dict[int, list] = {pk: [] for pk in campaigns}
    for item in listed_publicly().filter(campaign__in=campaigns):
        lists[item.campaign_id].append(item)
    public = _public_documents(lists)
    for publication in publications:
        for item in lists[publication.file_id]:
            yield _open_record(request, publication, campaigns[publication.file_id], item, public.get(item.document_id))


def _open_record(request, publication, campaign, item, document) -> dict:
    return {
        "result": publication.number,
        "result_url": request.build_absolute_uri(result_url(publication)),
        "organisation": campaign.town.name,
        "organisation_code": campaign.town.code,
        "kind": campaign.get_campaign_kind_display(),
        "reference_on": campaign.reference_on.isoformat(),
        "published_on": publication.published_on.isoformat(),
        "verdict": item.get_verdict_display(),
        "title": document.title if document else "",
        "document_number": item.document.document_number,
        "url": request.build_absolute_uri(document_url(document)) if document else "",
    }


class ResultsJson(View):
    """``/cleanup/index.json``"""

    http_method_names = ("get", "head", "options")

    def get(self, request):
        content = {
            "name": f"{site_facts().name}规范性文件清理结果",
            "fields": [{"code": code, "label": label, "note": note} for code, label, note in FIELD_NOTES],
            "records": list(open_records(request)),
        }
        return shared_data(JsonResponse(content, json_dumps_params={"ensure_ascii": False}))


class ResultsCsv(View):
    """``/cleanup/index.csv``: UTF-8 with a mark, Chinese heads."""

    http_method_names = ("get", "head", "options")

    def get(self, request):
        out = StringIO()
        out.write("\ufeff")
        writer = csv.writer(out)
        writer.writerow([label for _, label, _ in FIELD_NOTES])
        for row in open_records(request):
            writer.writerow([_harmless(row[code]) for code, _, _ in FIELD_NOTES])
        response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="cleanup-results.csv"'
        return shared_data(response)


def _harmless(text: str) -> str:
    """A title may begin like a formula; a spreadsheet must not run it (CWE-1236)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
