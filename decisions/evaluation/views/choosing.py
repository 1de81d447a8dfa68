"""``/staff/decision-evaluations/`` and ``/county/decision-evaluations/``: what to choose, and how the year stands."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse

from decisions.evaluation import choosing
from decisions.evaluation.forms import ChooseForm, CueForm
from decisions.evaluation.models import OVER, Correction, DecisionEvaluation
from decisions.evaluation.switches import REMIND_FROM, RIPE_AFTER, YEARLY
from decisions.evaluation.views.case_page import lamp_of
from decisions.models import MajorDecision
from portal.accounts.authority import may
from portal.deadlines.lamps import Lamp
from portal.moment import today
from portal.organisations.policy import value
from portal.oversight.views.supervision import supervised
from portal.publishing.models import Publication
from portal.publishing.pages import document_url
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.inside.writing import EntryView
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table

MOST_SHOWN = 50
_EMPTY = {
    "title": "没有可以选择的决策。",
    "text": "作出并付诸执行、没有作过后评估的重大行政决策列在这里。",
}


def _year_lamp(year: choosing.YearOf) -> Lamp:
    if year.left == 0:
        return Lamp("done", f"已选择 {year.chosen} 件")
    return Lamp("soon" if year.is_behind else "idle", f"还差 {year.left} 件")


class OverviewView(InsideView):
    """How many were chosen this year, candidates with what speaks for each, what is under way, open corrections."""

    authority = choosing.POWER

    def get(self, request):
        town = request.user.organisation.town()
        if town is None:
            raise PermissionDenied("只有乡镇（街道）的人员可以在这里选择评估的决策。")
        day = today()
        year = choosing.years_of([town], town, day)[0]
        decisions = MajorDecision.objects.visible_to(request.user)
        page = KeysetPage(
            choosing.candidates(decisions, town, day)
            .select_related("organisation", "handling_unit")
            .prefetch_related("evaluation_cues"),
            request, order=choosing.ORDER,
        )  # fmt: skip
        evaluations = DecisionEvaluation.objects.visible_to(request.user)
        running = evaluations.exclude(stage__in=OVER).select_related("decision").order_by("-pk")[:MOST_SHOWN]
        left = (
            Correction.objects.filter(evaluation__in=evaluations, done_on__isnull=True)
            .select_related("unit", "evaluation__decision")
            .order_by("due_on", "pk")[:MOST_SHOWN]
        )
        context = {
            "title": "决策后评估",
            "crumbs": [("工作台", reverse("inside:worklist")), ("决策后评估", "")],
            "year": year,
            "lamp": _year_lamp(year),
            "basis": YEARLY.basis,
            "months": value(RIPE_AFTER.code, town, day),
            "table": self._table(page, choosing.ripe_until(town, day)),
            "running": [{"row": one, "url": case_url(one)} for one in running],
            "corrections": [
                {"row": one, "lamp": lamp_of(one), "url": f"{case_url(one.evaluation)}#corrections"} for one in left
            ],
            "register_url": reverse("inside:register", kwargs={"code": "decision_evaluations"}),
        }
        return render(request, "decisions/evaluation/overview.html", context)

    def _table(self, page, ripe) -> Table:
        columns = [
            Column("决策", kind="title"), Column("承办单位"), Column("决策日期", kind="date"),
            Column("可以选择的理由"), Column("办理"),
        ]  # fmt: skip
        return Table(
            label="候选决策", columns=columns, rows=[self._row(one, ripe) for one in page.rows],
            count_text=page.count_text, pager=page.pager, empty=_EMPTY, stack=True,
        )  # fmt: skip

    def _row(self, decision, ripe) -> Row:
        acts = [
            {"label": label, "url": reverse(f"decision_evaluation:{name}", args=[decision.public_id]),
             "of": decision.title}
            for label, name in (("选择评估", "choose"), ("登记线索", "cue"))
            if may(self.request.user, choosing.POWER, decision.organisation)
        ]  # fmt: skip
        unit = decision.handling_unit or decision.organisation
        return Row(
            key=str(decision.public_id),
            name=decision.title,
            cells=[
                Cell(
                    decision.title, kind="title", url=case_url(decision),
                    sub=decision.document_number or decision.number,
                ),
                Cell(unit.short_name, kind="nowrap", drop=True),
                Cell(f"{decision.decided_on:%Y-%m-%d}", kind="date", stack_label="决策日期"),
                Cell("；".join(choosing.facts_for(decision, ripe)) or "—", stack_label="理由"),
                Cell(links=acts) if acts else Cell("—", drop=True),
            ],
        )  # fmt: skip


class CountyView(InsideView):
    """Every town's year, and what its published evaluations concluded."""

    authority = "county.see"

    def get(self, request):
        day, county = today(), request.user.organisation.county()
        years = choosing.years_of(supervised(request.user), county, day)
        years.sort(key=lambda year: (not year.is_behind, year.town.path))
        behind = [year for year in years if year.is_behind]
        context = {
            "title": "决策后评估情况",
            "crumbs": [("工作台", reverse("inside:county-worklist")), ("决策后评估", "")],
            "year": day.year,
            "target": value(YEARLY.code, county, day),
            "month": value(REMIND_FROM.code, county, day),
            "basis": YEARLY.basis,
            "behind": behind,
            "names": "、".join(year.town.short_name for year in behind),
            "table": self._table(years),
            "published": self._published([year.town for year in years]),
        }
        return render(request, "decisions/evaluation/county.html", context)

    @staticmethod
    def _table(years) -> Table:
        columns = [
            Column("本年"), Column("乡镇（街道）", kind="title"), Column("本年选择", kind="number"),
            Column("正在评估", kind="number"), Column("本年作出结论", kind="number"),
        ]  # fmt: skip
        rows = [
            Row(
                key=year.town.code, name=year.town.short_name,
                cells=[
                    Cell(lamp=_year_lamp(year)),
                    Cell(year.town.short_name, kind="title"),
                    Cell(year.chosen, kind="number", stack_label="本年选择"),
                    Cell(year.running, kind="number", stack_label="正在评估"),
                    Cell(year.concluded, kind="number", stack_label="本年作出结论"),
                ],
            )
            for year in years
        ]  # fmt: skip
        return Table(
            label="各乡镇（街道）决策后评估情况", columns=columns, rows=rows,
            count_text=f"共 {len(rows)} 个乡镇（街道）", stack=True,
            empty={"title": "没有可以查看的乡镇（街道）。"},
        )  # fmt: skip

    @staticmethod
    def _published(towns) -> list[dict]:
        """What everybody can read, the newest first."""
        found = DecisionEvaluation.objects.filter(organisation__in=towns, published_on__isnull=False)
        evaluations = {one.pk: one for one in found.select_related("organisation", "decision").order_by("-pk")}
        live = Publication.objects.live().filter(file_id__in=evaluations).order_by("-published_on", "-pk")[:MOST_SHOWN]
        return [
            {"row": evaluations[one.file_id], "url": document_url(one), "published_on": one.published_on}
            for one in live
        ]


class _AboutDecision(EntryView):
    kinds = ("decisions",)
    changes = choosing.POWER


class ChooseView(_AboutDecision):
    """``/staff/cases/<decision>/decision/evaluate/``"""

    title, button, done = "选择作后评估", "选择并立卷", "已立卷"

    @property
    def lead(self):
        year = choosing.years_of([self.file.organisation], self.file.organisation, today())[0]
        return (
            f"{self.file.title}。本年已选择 {year.chosen} 件，每年至少 {year.target} 件。依据：{YEARLY.basis}。"
            "立卷后填写评估方案，由决策机关决定后开始。"
        )

    def form(self, data=None):
        cues = list(self.file.evaluation_cues.values_list("trigger", flat=True).distinct())
        return ChooseForm(data, initial={"triggers": cues or ["necessary"]})

    def write(self, form):
        self.opened = choosing.choose(self.file, by=self.request.user, **form.cleaned_data)
        return f"案卷号 {self.opened.number}。请填写评估方案。"

    def after(self):
        opened = getattr(self, "opened", None)
        return reverse("decision_evaluation:plan", args=[opened.public_id]) if opened else case_url(self.file)


class CueView(_AboutDecision):
    """``/staff/cases/<decision>/decision/evaluation-cue/``"""

    title = "登记后评估线索"
    lead = "执行中听到的情况：没有达到预期、群众意见较多。线索列在候选清单中，登记后不能修改。"

    def form(self, data=None):
        return CueForm(data)

    def write(self, form):
        return str(choosing.note_cue(self.file, by=self.request.user, **form.cleaned_data))

    def after(self):
        return f"{case_url(self.file)}#evaluation"
