"""Open data (开放数据): the list of what is public as JSON and CSV, with a note on every field."""

import csv
from io import StringIO

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import View

from portal.moment import now
from portal.publishing.caching import answered, shared_data
from portal.publishing.filters import DocumentFilter
from portal.publishing.models import Publication
from portal.publishing.pages import PublicView, document_url
from portal.web.site import site_facts

ROWS = 1000
"""Records of one JSON page; the next one is named in ``next``."""

FIELD_NOTES = (
    ("index_number", "索引号", "公开编号，由年份和序号组成，不重复，不变更"),
    ("title", "标题", "公开文本的标题"),
    ("document_number", "文号", "发文字号；没有文号的为空"),
    ("organisation", "发文机关", "制定或者发布机关的全称"),
    ("organisation_code", "机关代码", "本站使用的机关代码，可用作筛选条件"),
    ("column", "栏目", "所属栏目"),
    ("published_on", "公布日期", "公布之日，格式为年-月-日"),
    ("effective_on", "施行日期", "开始施行之日；没有效力期限或者未载明的为空"),
    ("valid_until", "有效期至", "有效期最后一日，当日仍有效；未载明的为空"),
    ("repealed_on", "废止日期", "自该日起废止；未废止的为空"),
    ("effect", "效力状态", "读取当日按上列日期推算：有效、尚未施行、已失效、已废止、效力待核"),
    ("url", "网址", "正文页面的固定地址"),
)


def record_of(publication: Publication, request) -> dict:
    """One document as open data: dates ISO, nothing that the page does not show."""
    effect = publication.effect
    return {
        "index_number": publication.public_number,
        "title": publication.title,
        "document_number": publication.number,
        "organisation": publication.organisation.name,
        "organisation_code": publication.organisation.code,
        "column": publication.column,
        "published_on": publication.published_on.isoformat(),
        "effective_on": _iso(publication.starts_on),
        "valid_until": _iso(publication.ends_on),
        "repealed_on": _iso(publication.repealed_on),
        "effect": effect.label if effect else None,
        "url": request.build_absolute_uri(document_url(publication)),
    }


def _iso(day) -> str | None:
    return day.isoformat() if day else None


def _documents(request):
    chosen = DocumentFilter(request.GET).documents()
    return chosen.select_related("organisation").defer("text", "fields").order_by("year", "serial")


class IndexJson(View):
    """``/docs/index.json``: records in the order of their numbers; ``after`` continues behind a number."""

    http_method_names = ("get", "head", "options")

    def get(self, request):
        documents = _documents(request)
        after = request.GET.get("after", "")
        if after:
            year, serial = number_of(after)
            documents = documents.filter(Q(year__gt=year) | Q(year=year, serial__gt=serial))
        rows = list(documents[: ROWS + 1])
        more = rows[:ROWS][-1].public_number if len(rows) > ROWS else ""
        content = {
            "name": f"{site_facts().name}政策文件目录",
            "generated_at": now().isoformat(timespec="seconds"),
            "fields": [{"code": code, "label": label, "note": note} for code, label, note in FIELD_NOTES],
            "records": [record_of(row, request) for row in rows[:ROWS]],
            "next": self._next(request, more),
        }
        response = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
        return shared_data(answered(request, response))

    def _next(self, request, more: str) -> str | None:
        if not more:
            return None
        query = request.GET.copy()
        query["after"] = more
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def number_of(text: str) -> tuple[int, int]:
    """Year and serial of an index number (2026-0001). :raises BadRequest: it is none."""
    year, _, serial = text.partition("-")
    if not (year.isascii() and year.isdigit() and serial.isascii() and serial.isdigit() and len(text) <= 15):
        raise BadRequest("unreadable index number")
    return int(year), int(serial)


class IndexCsv(View):
    """``/docs/index.csv``: the same for a spreadsheet; UTF-8 with a mark, Chinese heads."""

    http_method_names = ("get", "head", "options")

    def get(self, request):
        response = StreamingHttpResponse(self._lines(request), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="docs.csv"'
        return shared_data(response)

    def _lines(self, request):
        yield "\ufeff" + _line([label for _, label, _ in FIELD_NOTES])
        for publication in _documents(request).iterator(chunk_size=ROWS):
            row = record_of(publication, request)
            yield _line([harmless(row[code]) for code, _, _ in FIELD_NOTES])


def _line(values) -> str:
    out = StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()


def harmless(value) -> str:
    """A title may begin like a formula; a spreadsheet must not run it (CWE-1236)."""
    text = value or ""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


class FieldsCsv(View):
    """``/docs/open-data/fields.csv``: the data dictionary, from the same declaration as the data."""

    http_method_names = ("get", "head", "options")

    def get(self, request):
        rows = [("JSON 字段", "CSV 列名", "说明"), *FIELD_NOTES]
        response = HttpResponse("\ufeff" + "".join(map(_line, rows)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="fields.csv"'
        return shared_data(response)


class OpenDataPage(PublicView):
    """``/docs/open-data/``"""

    def get(self, request) -> HttpResponse:
        context = {
            "title": "开放数据",
            "crumbs": [("首页", reverse("publishing:home")), ("开放数据", "")],
            "column": {"name": "开放数据", "type": "开放数据", "description": "政策文件目录的 JSON 和 CSV 下载"},
            "notes": FIELD_NOTES,
            "rows": ROWS,
        }
        return render(request, "publishing/open_data.html", context)
