"""备案目录: what has been filed and recorded, for everyone, as page, JSON and CSV (政府信息公开条例 第二十条)."""

import csv
from io import StringIO

from django.core.exceptions import BadRequest
from django.db.models import F
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.generic import View

from portal.casefiles.models import Disclosure
from portal.organisations.models import Organisation
from portal.oversight.kinds import filing_kinds
from portal.oversight.models import Filing
from portal.oversight.workflow import Stage
from portal.web.display import public_page
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table

FIELDS = (
    ("receipt_number", "备案号"), ("title", "标题"), ("document_number", "文号"), ("organisation", "制定机关"),
    ("organisation_code", "机关代码"), ("kind", "种类"), ("submitted_on", "报送日期"), ("recorded_on", "备案日期"),
)  # fmt: skip
DATA_SECONDS = 300
ROWS = 1000


def listed(town: str = ""):
    """Recorded filings whose subject is open to the public; ``town`` is the code of one town, empty for all."""
    kinds = [kind.code for kind in filing_kinds.all() if kind.in_directory]
    found = Filing.objects.filter(
        stage=Stage.RECORDED, filing_kind__in=kinds, subject__disclosure=Disclosure.PROACTIVE, decided_on__isnull=False
    )
    if town:
        found = found.filter(organisation__code=town)
    return found.select_related("organisation", "subject")


def recorded_on(filing):
    """The day on which the filing was recorded; after a correction that is the day it was found put right."""
    return filing.closed_on or filing.decided_on


def record_of(filing) -> dict:
    """One filing as open data: nothing that the page does not show."""
    return {
        "receipt_number": filing.receipt_number,
        "title": filing.subject.title,
        "document_number": filing.subject_number,
        "organisation": filing.organisation.name,
        "organisation_code": filing.organisation.code,
        "kind": filing.kind_of_filing.label,
        "submitted_on": filing.submitted_on.isoformat(),
        "recorded_on": recorded_on(filing).isoformat(),
    }


@method_decorator(public_page(60), name="dispatch")
class DirectoryView(View):
    """``/filings/``"""

    http_method_names = ("get", "head", "options")

    def get(self, request):
        senders = Organisation.objects.filter(pk__in=listed().values("organisation")).order_by("path")
        town = request.GET.get("town", "")
        town = town if town in {unit.code for unit in senders} else ""
        page = KeysetPage(listed(town), request, order=[(F("decided_on"), True), (F("pk"), True)])
        context = {
            "title": "备案目录",
            "crumbs": [("首页", "/"), ("备案目录", "")],
            "column": {"name": "备案目录", "type": "备案目录", "description": "已经准予备案的乡镇（街道）文件目录"},
            "towns": senders,
            "town": town,
            "table": self._table(page),
            "json_url": reverse("oversight:filings-json"),
            "csv_url": reverse("oversight:filings-csv"),
        }
        return render(request, "oversight/directory.html", context)

    def _table(self, page) -> Table:
        rows = [
            Row(
                key=str(filing.public_id), name=filing.subject.title,
                cells=[
                    Cell(filing.subject.title, kind="title", sub=filing.subject_number),
                    Cell(filing.organisation.short_name, kind="nowrap", stack_label="制定机关"),
                    Cell(filing.receipt_number, kind="no", stack_label="备案号"),
                    Cell(f"{recorded_on(filing):%Y-%m-%d}", kind="date", stack_label="备案日期"),
                ],
            )
            for filing in page.rows
        ]  # fmt: skip
        columns = [Column("文件", kind="title"), Column("制定机关"), Column("备案号"), Column("备案日期", kind="date")]
        return Table(
            label="备案目录", columns=columns, rows=rows, count_text=page.count_text, pager=page.pager, stack=True,
            printable=False, empty={"title": "还没有准予备案的文件。"},
        )  # fmt: skip


class DirectoryJson(View):
    """``/filings/index.json``: at most a thousand records, oldest first; ``after`` continues behind a 备案号."""

    http_method_names = ("get", "head", "options")

    def get(self, request):
        found = listed(request.GET.get("town", "")[:40]).order_by("pk")
        after = request.GET.get("after", "")
        if after:
            last = listed().filter(receipt_number=after[:60]).values_list("pk", flat=True).first()
            if last is None:
                raise BadRequest("unknown receipt number")
            found = found.filter(pk__gt=last)
        rows = list(found[: ROWS + 1])
        content = {
            "name": "备案目录",
            "fields": [{"code": code, "label": label} for code, label in FIELDS],
            "records": [record_of(filing) for filing in rows[:ROWS]],
            "next_after": rows[ROWS - 1].receipt_number if len(rows) > ROWS else None,
        }
        return _shared(JsonResponse(content, json_dumps_params={"ensure_ascii": False}))


class DirectoryCsv(View):
    """``/filings/index.csv``: all of it for a spreadsheet; UTF-8 with a mark, Chinese heads."""

    http_method_names = ("get", "head", "options")

    def get(self, request):
        out = StringIO()
        out.write("\ufeff")
        writer = csv.writer(out)
        writer.writerow([label for _, label in FIELDS])
        for filing in listed(request.GET.get("town", "")[:40]).order_by("pk").iterator(chunk_size=ROWS):
            row = record_of(filing)
            writer.writerow([_harmless(row[code]) for code, _ in FIELDS])
        response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="filings.csv"'
        return _shared(response)


def _shared(response):
    patch_cache_control(response, public=True, max_age=DATA_SECONDS)
    return response


def _harmless(text: str) -> str:
    """A title may begin like a formula; a spreadsheet must not run it (CWE-1236)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
