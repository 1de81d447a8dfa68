"""One figure and what was counted: definition, basis, value, files or other records; as approved and as it is now."""

from django.db.models import F, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from portal.accounts.authority import may
from portal.accounts.roles import ROLES, Sight
from portal.casefiles.models import CaseFile
from portal.indicators.registry import Scope, indicators
from portal.indicators.snapshots import counted_records
from portal.moment import today
from portal.organisations.models import Organisation
from portal.reports.links import figure_url
from portal.reports.outline import NOTHING, amount, number_text
from portal.reports.writing import FIRST_YEAR, report_of
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.inside.worklist import files_table
from portal.web.keyset import KeysetPage

_LABELS = {"now": "现有记录", "frozen": "报告所计", "short": "未达到的", "added": "审定后增加", "gone": "审定后减少"}


class FigureView(InsideView):
    """``/staff/figures/<organisation>/<year>/<code>/``: the same page for towns and county."""

    authority = "casefiles.see"

    def _town(self, code: str) -> Organisation:
        town = Organisation.objects.filter(code=code).first()
        if town is None or not may(self.request.user, self.authority, town):
            raise Http404
        return town

    def get(self, request, code, year, figure_code):
        town = self._town(code)
        if figure_code not in indicators or not FIRST_YEAR <= year <= today().year:
            raise Http404
        known = indicators[figure_code]
        computed = known.compute(Scope.of_year(town, year))
        report = report_of(town, year)
        kept = report.snapshots().get(figure_code) if report is not None and report.is_frozen else None
        lists = self._lists(computed, kept)
        shown = request.GET.get("shown", "now")
        if shown not in lists:
            shown = "now"
        visible = CaseFile.objects.visible_to(request.user).select_related("organisation")
        page = KeysetPage(visible.filter(lists[shown]), request, order=[(F("id"), True)])
        address = figure_url(town, year, figure_code)
        context = {
            "title": f"{known.label}：{town.short_name}{year}年度",
            "crumbs": self._crumbs(report, known, visible),
            "facts": self._facts(town, year, known, computed, kept),
            "tabs": [
                {"label": _LABELS[name], "url": f"{address}?shown={name}", "current": name == shown} for name in lists
            ],
            "table": files_table(page, f"{known.label}：{_LABELS[shown]}的案卷", self._empty(request, shown)),
            "files_are_counted": computed.files is not None or bool(kept and kept.counted),
            "record_lists": self._record_lists(town, computed, kept),
            "counted": CaseFile.objects.filter(lists[shown]).count(),
            "visible": page.total,
            "differs": kept is not None and (kept.value, kept.of) != (computed.value, computed.of),
            "kept_text": amount(known, kept.value) if kept is not None else "",
            "now_text": amount(known, computed.value),
        }
        return render(request, "reports/figure.html", context)

    @staticmethod
    def _lists(computed, kept) -> dict:
        """Each list as a condition on files: now, short of the rate; as approved, and what came or went since."""
        from_now = {"pk__in": computed.files.values("pk")} if computed.files is not None else {"pk__in": []}
        lists = {"now": Q(**from_now)}
        if computed.short is not None:
            lists["short"] = Q(pk__in=computed.short.values("pk"))
        if kept is not None:
            frozen = Q(public_id__in=kept.counted)
            lists |= {
                "frozen": frozen,
                "added": lists["now"] & ~frozen,
                "gone": frozen & ~lists["now"],
            }
        return lists

    def _record_lists(self, town, computed, kept) -> list[dict]:
        """The records that are no case files, for those who see all of the town: {label, rows [(label, url)]}."""
        if computed.files is not None and not computed.records:
            return []
        sees_all = any(
            ROLES[assignment.role].sight == Sight.ALL and town.is_within(assignment.organisation)
            for assignment in self.request.user.current_roles()
        )
        if not sees_all:
            return []
        lists = [{"label": "计入的记录", "rows": counted_records(computed)}]
        if kept is not None and kept.records != lists[0]["rows"]:
            lists.append({"label": "报告所计的记录", "rows": kept.records})
        return lists

    @staticmethod
    def _empty(request, shown) -> dict:
        if shown == "now":
            return {"title": "没有计入的案卷，或者您不能查看这些案卷。"}
        return {"title": "没有这样的案卷。", "url": f"{request.path}?shown=now", "link": "查看现有记录"}

    @staticmethod
    def _crumbs(report, known, visible):
        crumbs = [("工作台", reverse("inside:worklist"))]
        if report is not None and visible.filter(pk=report.pk).exists():
            crumbs.append((f"{report.year}年度报告", case_url(report)))
        return [*crumbs, (known.label, "")]

    @staticmethod
    def _facts(town, year, known, computed, kept) -> list[dict]:
        facts = [
            {"key": "机构", "value": town.name},
            {"key": "期间", "value": f"{year}-01-01 至 {year}-12-31", "is_number": True},
            {"key": "现在的数值", "value": amount(known, computed.value)},
            {"key": "基数", "value": number_text(computed.of) if computed.of is not None else "—"},
        ]
        if kept is not None:
            facts.append({"key": "报告所载数值", "value": amount(known, kept.value)})
            facts.append({"key": "固定时间", "value": f"{kept.computed_at:%Y-%m-%d}（审定时核对一致）"})
        facts += [
            {"key": "计算方法", "value": known.formula_text, "wide": True},
            {"key": "依据", "value": known.basis, "wide": True},
            {"key": "指标代码", "value": known.code, "is_number": True},
        ]
        if computed.value is None:
            facts.insert(4, {"key": f"为什么是“{NOTHING}”", "value": "期间内没有应当计入的事项。", "wide": True})
        return facts
