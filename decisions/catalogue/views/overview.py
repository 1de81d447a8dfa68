"""A town's catalogues by year, opening one, and the county's table of all towns."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q
from django.shortcuts import redirect, render
from django.urls import reverse

from decisions.catalogue.compiling import POWER, open_catalogue
from decisions.catalogue.forms import NewCatalogueForm
from decisions.catalogue.models import DecisionCatalogue
from decisions.catalogue.standing import town_years
from portal.accounts.authority import may
from portal.moment import today
from portal.oversight.views.supervision import supervised
from portal.publishing.models import Publication
from portal.publishing.pages import document_url
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.refusals import StepRefused

FIRST_YEAR = 2019  # 国令713 took effect


def town_of(person):
    """The town whose catalogue this person keeps. :raises PermissionDenied: a person of the county."""
    town = person.organisation.town()
    if town is None:
        raise PermissionDenied("只有乡镇（街道）的人员可以编制年度决策事项目录。")
    return town


class OverviewView(InsideView):
    """``/staff/catalogues/``"""

    authority = POWER

    def get(self, request):
        town = town_of(request.user)
        rows = (
            DecisionCatalogue.objects.visible_to(request.user)
            .filter(town=town)
            .annotate(
                listed=Count("items", filter=Q(items__is_withdrawn=False), distinct=True),
                decided=Count("items", filter=Q(items__entries__decision__decided_on__isnull=False), distinct=True),
            )
        )
        page = KeysetPage(rows, request, order=[(F("year"), True), (F("id"), True)])
        context = {
            "title": "年度决策事项目录",
            "crumbs": [("工作台", reverse("inside:worklist")), ("决策目录", "")],
            "state": town_years([town], today().year)[0],
            "table": self._table(page),
            "new_url": reverse("catalogue:new"),
            "items_url": reverse("inside:register", kwargs={"code": "catalogue_items"}),
        }
        state = context["state"]
        context["case_url"] = case_url(state.catalogue) if state.catalogue else ""
        return render(request, "decisions/catalogue/overview.html", context)

    def _table(self, page) -> Table:
        columns = [
            Column("目录", kind="title"), Column("环节"), Column("事项", kind="number"),
            Column("已决策", kind="number"), Column("公布日期", kind="date"), Column("执行情况公布", kind="date"),
        ]  # fmt: skip
        rows = [
            Row(
                key=str(one.public_id), name=one.title,
                cells=[
                    Cell(f"{one.year} 年度", kind="title", url=case_url(one), sub=one.number),
                    Cell(tag=one.stage_label, tag_kind="now"),
                    Cell(one.listed, kind="number", stack_label="事项"),
                    Cell(one.decided, kind="number", stack_label="已决策"),
                    Cell(f"{one.published_on:%Y-%m-%d}" if one.published_on else "—", kind="date", stack_label="公布"),
                    Cell(
                        f"{one.results_published_on:%Y-%m-%d}" if one.results_published_on else "—", kind="date",
                        stack_label="执行情况",
                    ),
                ],
            )
            for one in page.rows
        ]  # fmt: skip
        return Table(
            label="历年目录", columns=columns, rows=rows, count_text=page.count_text, pager=page.pager, stack=True,
            empty={
                "title": "还没有编制过目录。",
                "text": "每年年初汇总各单位申报的重大事项，经党委同意、集体讨论后公布，并报县备案。",
            },
        )  # fmt: skip


class NewCatalogueView(InsideView):
    """``/staff/catalogues/new/``"""

    authority = POWER

    def get(self, request):
        form = NewCatalogueForm(
            town=town_of(request.user), initial={"year": today().year, "handling_unit": request.user.organisation}
        )
        return self._page(form)

    def post(self, request):
        town = town_of(request.user)
        form = NewCatalogueForm(request.POST, town=town)
        if not form.is_valid():
            return self._page(form, 422)
        if not may(request.user, POWER, town):
            raise PermissionDenied("您没有在该机构编制目录的权限。")
        try:
            catalogue = open_catalogue(by=request.user, organisation=town, **form.cleaned_data)
        except StepRefused as refusal:
            form.add_error("year", refusal.message)
            return self._page(form, 409)
        messages.success(request, f"案卷号 {catalogue.number}。请逐项列入事项。", extra_tags="已立卷")
        return redirect(f"{case_url(catalogue)}#items")

    def _page(self, form, status=200):
        context = {
            "title": "编制年度目录",
            "crumbs": [
                ("工作台", reverse("inside:worklist")), ("决策目录", reverse("catalogue:overview")), ("编制", ""),
            ],
            "lead": "列入本年度要作出的重大行政决策：经同级党委同意、集体讨论通过后向社会公布，并报县备案。",
            "form": form,
            "button": "立卷",
            "back_url": reverse("catalogue:overview"),
        }  # fmt: skip
        return render(self.request, "inside/form.html", context, status=status)


class CountyView(InsideView):
    """``/county/catalogues/``: every town's catalogue of the year; those without one first."""

    authority = "county.see"

    def get(self, request):
        now = today().year
        asked = request.GET.get("year", "")
        year = int(asked) if asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked) <= now + 1 else now
        states = town_years(supervised(request.user), year)
        states.sort(key=lambda state: (not state.is_overdue, state.town.path))
        public = Publication.objects.live().filter(file__in=[state.catalogue.pk for state in states if state.catalogue])
        overdue = [state for state in states if state.is_overdue]
        here = reverse("catalogue:county")
        context = {
            "title": f"{year} 年度决策事项目录",
            "crumbs": [("工作台", reverse("inside:county-worklist")), ("决策目录", "")],
            "tabs": [
                {"label": f"{one} 年度", "url": f"{here}?year={one}", "current": one == year}
                for one in dict.fromkeys((now + 1, now, now - 1, now - 2, year))
            ],
            "overdue": overdue,
            "names": "、".join(state.town.short_name for state in overdue),
            "due_on": states[0].due_on if states else None,
            "table": self._table(states, {one.file_id: document_url(one) for one in public}),
        }  # fmt: skip
        return render(request, "decisions/catalogue/county.html", context)

    def _table(self, states, addresses) -> Table:
        columns = [
            Column("公布期限"), Column("乡镇（街道）", kind="title"), Column("目录"), Column("公布日期", kind="date"),
            Column("报备"), Column("报备日期", kind="date"), Column("执行情况公布", kind="date"),
        ]  # fmt: skip
        rows = [self._row(state, addresses) for state in states]
        return Table(
            label="各乡镇（街道）年度目录", columns=columns, rows=rows, count_text=f"共 {len(rows)} 个乡镇（街道）",
            stack=True, empty={"title": "没有可以查看的乡镇（街道）。"},
        )  # fmt: skip

    def _row(self, state, addresses) -> Row:
        catalogue, filing = state.catalogue, state.filing

        def day(value):
            return f"{value:%Y-%m-%d}" if value else "—"

        filed = state.is_filed
        return Row(
            key=state.town.code, name=state.town.short_name,
            cells=[
                Cell(lamp=state.lamp),
                Cell(state.town.short_name, kind="title"),
                Cell("没有立卷" if catalogue is None else catalogue.stage_label, kind="nowrap", stack_label="目录"),
                Cell(
                    day(catalogue.published_on if catalogue else None), kind="date", stack_label="公布",
                    url=addresses.get(catalogue.pk, "") if catalogue else "",
                ),
                Cell(
                    filing.stage_label if filed else "未报备", kind="nowrap", stack_label="报备",
                    url=reverse("oversight:county-filing", args=[filing.public_id]) if filed else "",
                ),
                Cell(day(filing.submitted_on if filed else None), kind="date", stack_label="报备日期"),
                Cell(
                    day(catalogue.results_published_on if catalogue else None), kind="date", stack_label="执行情况"
                ),
            ],
        )  # fmt: skip
