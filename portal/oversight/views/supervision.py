"""The county's supervision: how towns file, in rates with the files behind them, and who is overdue."""

from calendar import monthrange
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from portal.accounts.authority import holders, may
from portal.accounts.roles import ROLES
from portal.audit import verbs
from portal.audit.models import AuditEntry
from portal.audit.record import record
from portal.casefiles.models import CaseFile
from portal.deadlines.models import Deadline
from portal.indicators.registry import Scope, Unit, indicators
from portal.moment import today
from portal.organisations.models import Organisation
from portal.oversight.filing import URGED, urge
from portal.oversight.forms import PeriodForm
from portal.oversight.kinds import filing_kinds
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.inside.register import XLSX
from portal.web.keyset import KeysetPage
from portal.web.spreadsheet import Note, workbook
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.refusals import StepRefused
from portal.workflow.registry import workflows

GOAL = 100
"""Percent that each rate must reach (确保及时率、报备率、规范率达到100%)."""

HEADS = "casefiles.approve"


def supervised(person):
    """Towns over which this person looks, in the order of their tree."""
    paths = [
        assignment.organisation.path
        for assignment in person.current_roles()
        if "county.see" in ROLES[assignment.role].authorities
    ]
    towns = Organisation.objects.towns().filter(valid_until__isnull=True).order_by("path")
    return [town for town in towns if any(town.path.startswith(path) for path in paths)]


MONTHS = {0: (1, 12), 1: (1, 3), 2: (4, 6), 3: (7, 9), 4: (10, 12), 5: (1, 6), 6: (7, 12)}


class Period:
    """The days of a year, of a half or of a quarter of it, as chosen in the address."""

    def __init__(self, request):
        self.form = PeriodForm(request.GET)
        valid = self.form.is_valid()
        self.year = self.form.cleaned_data["year"] if valid else today().year
        self.quarter = self.form.cleaned_data["quarter"] if valid else 0

    @property
    def first(self) -> date:
        return date(self.year, MONTHS[self.quarter][0], 1)

    @property
    def last(self) -> date:
        month = MONTHS[self.quarter][1]
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def label(self) -> str:
        halves = {5: "上半年", 6: "下半年"}
        return f"{self.year} 年" + halves.get(self.quarter, f"第 {self.quarter} 季度" if self.quarter else "")

    @property
    def query(self) -> str:
        return urlencode({"year": self.year, "quarter": self.quarter})

    def scope(self, organisation) -> Scope:
        return Scope(organisation, self.first, self.last)


def _rates():
    return [indicators[code] for code in filing_kinds.rates() if code in indicators]


def shown(indicator, figure) -> str:
    """The figure in words: 无 where there is nothing to count."""
    if figure.value is None:
        return "无"
    return f"{figure.value:f}%" if indicator.unit == Unit.PERCENT else f"{figure.value:f}{indicator.unit}"


def _state(figure) -> str:
    if figure.value is None:
        return "nil"
    return "late" if figure.value < GOAL else ""


class SupervisionView(InsideView):
    """``/county/supervision/``: matrix of towns and rates, and everything overdue."""

    authority = "county.see"

    def get(self, request):
        return self.page()

    def post(self, request):
        """督办: press the town whose limit on the named file has passed."""
        if not may(request.user, "county.supervise"):
            raise PermissionDenied("您没有督办的权限。")
        try:
            clock = self._overdue().filter(file__public_id=UUID(request.POST.get("file", ""))).first()
        except ValueError:
            clock = None
        if clock is None:
            return self.page(problems=[("#overdue", "没有逾期，或者刚刚已经报送，不需要督办。")], status=409)
        if not may(request.user, "county.supervise", clock.file.organisation):
            raise Http404
        try:
            urge(clock, by=request.user, heads=holders(HEADS, clock.file.organisation))
        except StepRefused as refusal:
            return self.page(problems=[("#overdue", refusal.message)], status=409)
        messages.success(
            request, f"已通知{clock.file.organisation.short_name}负责人：{clock.file.title}", extra_tags="已督办"
        )
        return redirect(f"{reverse('oversight:supervision')}?{Period(request).query}")

    def _overdue(self):
        towns = supervised(self.request.user)
        return (
            Deadline.objects.late(today())
            .filter(code__in=filing_kinds.clocks(), file__organisation__in=towns)
            .select_related("file__organisation")
        )

    def page(self, problems=(), status=200):
        request, period = self.request, Period(self.request)
        rates = _rates()
        towns = supervised(request.user)
        page = KeysetPage(self._overdue(), request, order=[(F("effective_end"), False), (F("id"), False)])
        clocks = page.rows
        urged = {}
        for entry in AuditEntry.objects.filter(verb=URGED, file__in=[clock.file_id for clock in clocks]).order_by("id"):
            urged[entry.file_id] = entry.occurred_at
        context = {
            "title": "报备监督",
            "crumbs": [("工作台", reverse("inside:county-worklist")), ("监督", "")],
            "period": period,
            "period_form": period.form,
            "rates": rates,
            "goal": GOAL,
            "export_url": f"{reverse('oversight:supervision-export')}?{period.query}",
            "matrix": {
                "label": f"{period.label}报备情况",
                "first": "乡镇（街道）",
                "columns": [rate.label for rate in rates],
                "rows": [self._row(town, rates, period) for town in towns],
            },
            "overdue": [{"clock": c, "lamp": c.lamp(today()), "urged_at": urged.get(c.file_id)} for c in clocks],
            "count_text": page.count_text,
            "pager": page.pager,
            "may_urge": may(request.user, "county.supervise"),
            "problems": problems,
            "page_has_errors": bool(problems),
        }
        return render(request, "oversight/supervision.html", context, status=status)

    def _row(self, town, rates, period) -> dict:
        cells = []
        for rate in rates:
            figure = rate.compute(period.scope(town))
            url = reverse("oversight:supervision-files", kwargs={"town": town.code, "indicator": rate.code})
            cells.append({"value": shown(rate, figure), "url": f"{url}?{period.query}", "state": _state(figure)})
        inbox = reverse("oversight:county-filings")
        return {"label": town.short_name, "url": f"{inbox}?{urlencode({'town': town.code})}", "cells": cells}


class SupervisionFilesView(InsideView):
    """``/county/supervision/<town>/<indicator>/``: the files that were counted, and those that keep the rate down."""

    authority = "county.see"

    def get(self, request, town, indicator):
        organisation = next((unit for unit in supervised(request.user) if unit.code == town), None)
        rate = next((rate for rate in _rates() if rate.code == indicator), None)
        if organisation is None or rate is None:
            raise Http404
        period = Period(request)
        figure = rate.compute(period.scope(organisation))
        only_short = request.GET.get("show") == "short"
        files = figure.short if only_short and figure.short is not None else figure.files
        page = KeysetPage(files.select_related("organisation"), request, order=[(F("id"), True)])
        here = f"{request.path}?{period.query}"
        context = {
            "title": f"{organisation.short_name}{rate.label}",
            "crumbs": [
                ("监督", f"{reverse('oversight:supervision')}?{period.query}"),
                (organisation.short_name + rate.label, ""),
            ],
            "rate": rate,
            "period": period,
            "value": shown(rate, figure),
            "of": figure.of,
            "tabs": [
                {"label": "计入的文件", "url": here, "current": not only_short},
                {"label": "未达标的文件", "url": f"{here}&show=short", "current": only_short,
                 "count": figure.short.count() if figure.short is not None else None},
            ],
            "table": self._table(page, only_short),
        }  # fmt: skip
        return render(request, "oversight/supervision_files.html", context)

    def _table(self, page, only_short) -> Table:
        keys = [file.pk for file in page.rows]
        visible = set(CaseFile.objects.visible_to(self.request.user).filter(pk__in=keys).values_list("pk", flat=True))
        clocks = {
            clock.file_id: clock for clock in Deadline.objects.filter(file__in=keys, code__in=filing_kinds.clocks())
        }
        rows = []
        for file in page.rows:
            clock = clocks.get(file.pk)
            rows.append(
                Row(
                    key=str(file.public_id), name=file.title,
                    cells=[
                        Cell(
                            file.title, kind="title", url=case_url(file) if file.pk in visible else "", sub=file.number
                        ),
                        Cell(workflows[file.kind].label, kind="nowrap", drop=True),
                        Cell(lamp=clock.lamp(today())) if clock else Cell("—", stack_label="期限"),
                        Cell(f"{clock.effective_end:%Y-%m-%d}" if clock else "", kind="date", stack_label="报备期限"),
                    ],
                )
            )  # fmt: skip
        columns = [Column("文件", kind="title"), Column("类别"), Column("报备情况"), Column("报备期限", kind="date")]
        empty = {"title": "没有未达标的文件。"} if only_short else {"title": "这一时期没有期限届满的文件。"}
        return Table(
            label="计入的文件",
            columns=columns,
            rows=rows,
            count_text=page.count_text,
            pager=page.pager,
            empty=empty,
            stack=True,
        )


class SupervisionExport(InsideView):
    """``/county/supervision/export.xlsx``: the rates of every town, and every file that was counted, short or not."""

    authority = "county.see"

    def get(self, request):
        period, rates = Period(request), _rates()
        heads = ["乡镇（街道）", "指标", "数值", "基数", "文件", "案卷号", "是否达标"]
        rows: list[list] = []
        for town in supervised(request.user):
            for rate in rates:
                rows += self._rows(town, rate, rate.compute(period.scope(town)))
        person = request.user
        notes = [
            Note("报表", "报备三率"), Note("时期", period.label), Note("目标", f"{GOAL}%"),
            *(Note(rate.label, f"{rate.formula_text}；依据：{rate.basis}") for rate in rates),
            Note("导出人", f"{person.full_name}（{person.post_on(today())}）"), Note("导出日期", today()),
        ]  # fmt: skip
        words = f"报备三率，{period.label}，{len(rows)} 行"
        record(verbs.EXPORTED, by=person, organisation=person.organisation, summary=words)
        response = HttpResponse(workbook("报备三率", heads, rows, notes), content_type=XLSX)
        response["Content-Disposition"] = content_disposition_header(True, f"报备三率_{period.label}.xlsx")
        response["X-Content-Type-Options"] = "nosniff"
        return response

    @staticmethod
    def _rows(town, rate, figure) -> list[list]:
        """One row a counted file, so that every figure can be counted again; one row where there is none."""
        head = [town.short_name, rate.label, figure.value, figure.of]
        if figure.files is None:
            return [[*head, "", "", ""]]
        short = set(figure.short.values_list("pk", flat=True)) if figure.short is not None else set()
        counted = figure.files.order_by("pk").values_list("pk", "title", "number")
        return [[*head, title, number, pk not in short] for pk, title, number in counted] or [[*head, "", "", ""]]
