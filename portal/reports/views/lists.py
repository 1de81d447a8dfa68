"""Lists of annual reports: a town's own, and all towns' as the county sees them."""

from datetime import date

from django.db.models import F
from django.shortcuts import render
from django.urls import reverse

from portal.accounts.authority import may
from portal.accounts.roles import ROLES
from portal.deadlines.forecast import reckon_for
from portal.deadlines.lamps import Lamp
from portal.moment import today
from portal.organisations.models import Organisation
from portal.reports.links import figure_url
from portal.reports.models import AnnualReport
from portal.reports.workflow import PUBLISH, REPORT_UP
from portal.reports.writing import FIRST_YEAR
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table

_NOT_OPENED = "未编制"


def _day(day) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _clocks(report) -> dict:
    """The report's clocks by code, from what was prefetched."""
    return {clock.code: clock for clock in report.deadlines.all()}


def _lamp(clock) -> Lamp | None:
    return clock.lamp(today()) if clock is not None else None


def _missing(town) -> str:
    """What to say when last year's report was not opened yet; empty when it was."""
    year = today().year - 1
    if AnnualReport.objects.filter(town=town, year=year).exists():
        return ""
    return f"{year}年度法治政府建设年度报告还没有立卷；{year + 1}年 2 月底前上报，3 月 31 日前公开。"


class ReportsView(InsideView):
    """``/staff/reports/``: every annual report I may see, newest year first."""

    authority = "casefiles.see"

    def get(self, request):
        person = request.user
        reports = (
            AnnualReport.objects.visible_to(person).select_related("organisation", "town").prefetch_related("deadlines")
        )
        page = KeysetPage(reports, request, order=[(F("year"), True), (F("id"), True)])
        town = person.organisation.town()
        may_start = town is not None and may(person, "reports.prepare", town)
        context = {
            "title": "统计报告",
            "crumbs": [("工作台", reverse("inside:worklist")), ("统计报告", "")],
            "table": Table(
                label="法治政府建设年度报告",
                columns=[
                    Column("报告", kind="title"), Column("环节"), Column("上报期限"), Column("上报日期", kind="date"),
                    Column("公开期限"), Column("公开日期", kind="date"),
                ],
                rows=[self._row(report) for report in page.rows],
                count_text=page.count_text, pager=page.pager, stack=True, empty={"title": "还没有年度报告。"},
            ),
            "may_start": may_start,
            "missing_text": _missing(town) if may_start else "",
            "start_url": reverse("reports:new"),
        }  # fmt: skip
        return render(request, "reports/list.html", context)

    @staticmethod
    def _row(report) -> Row:
        clocks = _clocks(report)
        return Row(
            key=str(report.public_id), name=report.title,
            cells=[
                Cell(report.title, kind="title", url=case_url(report), sub=report.number),
                Cell(tag=report.stage_label, tag_kind="now", stack_label="环节"),
                Cell(lamp=_lamp(clocks.get(REPORT_UP)), stack_label="上报期限"),
                Cell(_day(report.submitted_on), kind="date", stack_label="上报日期"),
                Cell(lamp=_lamp(clocks.get(PUBLISH)), stack_label="公开期限"),
                Cell(_day(report.published_on), kind="date", stack_label="公开日期"),
            ],
        )  # fmt: skip


# The figures that the county compares towns by.
COMPARED = (
    "normative_docs.issued", "normative_docs.legality_review_rate", "normative_docs.filing_rate",
    "normative_docs.timeliness_rate",
)  # fmt: skip


class CountyReportsView(InsideView):
    """``/county/reports/?year=``: who reported the year, and in time."""

    authority = "county.see"

    def get(self, request):
        last = today().year - 1
        asked = request.GET.get("year", "")
        year = int(asked) if asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked) <= last else last
        towns = self._towns(request.user)
        reports = {
            report.town_id: report
            for report in AnnualReport.objects.filter(town__in=towns, year=year)
            .select_related("organisation")
            .prefetch_related("deadlines")
        }
        rows = [self._row(town, reports.get(town.pk), year) for town in towns]
        sent = sum(1 for report in reports.values() if report.submitted_on)
        context = {
            "title": f"{year}年度法治政府建设年度报告",
            "crumbs": [("工作台", reverse("inside:county-worklist")), ("统计报告", "")],
            "years": [
                {"label": f"{one}年度", "url": f"{request.path}?year={one}", "current": one == year}
                for one in range(last, max(FIRST_YEAR, last - 4) - 1, -1)
            ],
            "table": Table(
                label=f"{year}年度各乡镇（街道）年度报告",
                columns=[
                    Column("乡镇（街道）", kind="title"), Column("状态"),
                    Column("上报期限"), Column("上报日期", kind="date"),
                    Column("公开期限"), Column("公开日期", kind="date"), Column("数据"),
                ],
                rows=rows, count_text=f"共 {len(rows)} 个乡镇（街道），已上报 {sent} 个", stack=True,
                empty={"title": "没有乡镇（街道）。"},
            ),
        }  # fmt: skip
        return render(request, "reports/county.html", context)

    @staticmethod
    def _towns(person) -> list[Organisation]:
        """The towns below the organisations for which the person holds a county role."""
        paths = [
            assignment.organisation.path
            for assignment in person.current_roles()
            if "county.see" in ROLES[assignment.role].authorities
        ]
        return [
            town
            for town in Organisation.objects.towns().order_by("path")
            if any(town.path.startswith(path) for path in paths)
        ]

    def _row(self, town, report, year) -> Row:
        clocks = _clocks(report) if report is not None else {}
        visible = report is not None and report.addressed_to_county_at is not None
        up = _lamp(clocks.get(REPORT_UP)) if report is not None else self._not_opened(town, year)
        numbers = [
            {"label": label, "url": figure_url(town, year, code), "of": f"（{town.short_name}）"}
            for label, code in zip(("制发", "审核率", "报备率", "及时率"), COMPARED, strict=True)
        ]
        return Row(
            key=town.code, name=town.short_name,
            cells=[
                Cell(town.short_name, kind="title", url=case_url(report) if visible else "", sub=town.name),
                Cell(tag=self._state(report), tag_kind="now" if report else "dead", stack_label="状态"),
                Cell(lamp=up, stack_label="上报期限"),
                Cell(_day(report.submitted_on) if report else "", kind="date", stack_label="上报日期"),
                Cell("—" if PUBLISH not in clocks else "", lamp=_lamp(clocks.get(PUBLISH)), stack_label="公开期限"),
                Cell(_day(report.published_on) if report else "", kind="date", stack_label="公开日期"),
                Cell(links=numbers, stack_label="数据"),
            ],
        )  # fmt: skip

    @staticmethod
    def _state(report) -> str:
        """What the county may know: before it is sent, only that it is being prepared."""
        if report is None:
            return _NOT_OPENED
        if report.published_on:
            return "已公开"
        return "已上报" if report.submitted_on else "编制中"

    def _not_opened(self, town, year) -> Lamp:
        """The lamp of a report that nobody opened: the limit runs all the same."""
        due = self._due(town, year)
        left = (due - today()).days
        if left < 0:
            return Lamp("late", f"逾期 {-left} 日")
        return Lamp("soon" if left <= 15 else "fine", f"剩 {left} 日" if left else "今日到期")

    def _due(self, town, year) -> date:
        """Reckoned once a region: all towns of a county share its rules."""
        known = self.__dict__.setdefault("_dues", {})
        if (town.region, year) not in known:
            known[town.region, year] = reckon_for(town, REPORT_UP, date(year + 1, 1, 1)).effective_end
        return known[town.region, year]
