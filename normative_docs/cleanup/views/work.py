"""``/staff/cases/<uuid>/cleanup/``: the list of one clean-up, by conclusion and unit."""

from urllib.parse import urlencode

from django.db.models import F
from django.shortcuts import render
from django.urls import reverse

from normative_docs.cleanup.campaigns import CLEAN_UP
from normative_docs.cleanup.filters import NONE, ItemFilter
from normative_docs.cleanup.outcomes import CleanupOutcome
from normative_docs.cleanup.views.listing import item_columns, item_row
from normative_docs.cleanup.workflow import WORKFLOW, Stage
from portal.accounts.authority import may
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of, step_url
from portal.web.keyset import KeysetPage
from portal.web.tables import Table
from portal.workflow.perform import available, require_authority
from portal.workflow.refusals import NotAuthorised

SIZES = (100, 50, 25)


class CampaignView(FileView):
    """A page about one clean-up."""

    kinds = (WORKFLOW.code,)
    changes = CLEAN_UP

    def address(self, name: str = "work", **kwargs) -> str:
        """A page of this clean-up."""
        return reverse(f"cleanup:{name}", kwargs={"public_id": self.file.public_id, **kwargs})

    def crumbs(self, *more) -> list[tuple[str, str]]:
        """The way here."""
        return [
            ("工作台", reverse("inside:worklist")),
            ("清理", reverse("cleanup:overview") if may(self.request.user, CLEAN_UP) else ""),
            (self.file.title, case_url(self.file)), *more,
        ]  # fmt: skip

    def may_conclude(self) -> bool:
        """Whether this person may write conclusions now."""
        return self.file.stage == Stage.WORKING and may(self.request.user, CLEAN_UP, self.file.organisation)

    def may_check(self) -> bool:
        """Whether this person may tick conclusions for the legal office now."""
        if self.file.stage != Stage.LEGALITY_REVIEW:
            return False
        try:
            require_authority(self.file, WORKFLOW.transition("issue_opinion"), self.request.user)
        except NotAuthorised:
            return False
        return True


class WorkView(CampaignView):
    """The list with its numbers; ticked rows go on to :class:`BulkView`."""

    changes = ""

    def get(self, request, public_id):
        campaign = self.file
        items = campaign.items.filter(in_scope=True)
        narrowed = ItemFilter(request.GET, queryset=items)
        rows = narrowed.qs.select_related("document", "unit")
        page = KeysetPage(rows, request, order=[(F("number"), False)], sizes=SIZES)
        totals = campaign.totals()
        context = {
            "title": f"清理清单：{campaign.title}",
            "crumbs": self.crumbs(("清理清单", "")),
            "file": campaign,
            "identity": identity_of(campaign),
            "totals": totals,
            "tabs": self._tabs(totals),
            "filter_form": narrowed.form,
            "form": None if narrowed.form.is_valid() else narrowed.form,
            "action": self.address(),
            "chips": self._chips(narrowed),
            "table": self._table(page, narrowed),
            "may_conclude": self.may_conclude(),
            "may_check": self.may_check(),
            "may_rescope": campaign.is_open_to_change and may(request.user, CLEAN_UP, campaign.organisation),
            "scope_url": self.address("scope"),
            "steps": [
                {"label": step.label, "url": step_url(campaign, step.code), "main": step.main}
                for step in available(campaign, request.user)
            ],
            "case_url": case_url(campaign),
        }
        return render(request, "normative_docs/cleanup/work.html", context)

    def _tabs(self, totals) -> list[dict]:
        """All documents, those waiting, and each conclusion with its number; the parts add up to the first."""
        chosen = self.request.GET.get("verdict", "")
        parts = [("", "全部", totals.in_scope), (NONE, "未填写", totals.without)]
        parts += [(code, CleanupOutcome(code).label, count) for code, count in totals.by_verdict.items()]
        return [
            {
                "label": label,
                "url": f"{self.address()}?verdict={code}" if code else self.address(),
                "current": code == chosen,
                "count": count,
            }
            for code, label, count in parts
        ]

    def _chips(self, narrowed) -> list[dict]:
        chips = []
        given = {name: self.request.GET.get(name, "") for name in narrowed.form.fields}
        kept = {name: value for name, value in given.items() if value}
        for name, value in kept.items():
            field = narrowed.form.fields[name]
            words = next((str(label) for code, label in getattr(field, "choices", ()) if str(code) == value), value)
            rest = urlencode({key: other for key, other in kept.items() if key != name})
            chips.append({"label": f"{field.label}：{words}", "url": f"{self.address()}?{rest}"})
        return chips

    def _table(self, page, narrowed) -> Table:
        acts = []
        if self.may_conclude():
            acts += [
                {"value": "picked", "label": "批量填写所选"},
                {"value": "all", "label": f"批量填写筛选出的全部 {page.total} 件"},
            ]
        if self.may_check():
            acts += [
                {"value": "check", "label": "所选已核对"},
                {"value": "check-all", "label": f"筛选出的 {page.total} 件均已核对"},
            ]
        query = self.request.GET.urlencode()
        bulk = {"url": f"{self.address('bulk')}?{query}", "acts": acts} if acts else None
        export = reverse("inside:register-export", kwargs={"code": "cleanup_documents"})
        kept = {name: self.request.GET.get(name, "") for name in ("q", "verdict", "unit", "checked")}
        condition = urlencode({"campaign": self.file.number, **{k: v for k, v in kept.items() if v}})
        tools = [{"url": f"{export}?{condition}", "label": f"导出 Excel（{page.total} 行）"}] if page.rows else []
        filtered = any(kept.values())
        empty = (
            {"title": "没有符合筛选条件的文件。", "url": self.address(), "link": "清除筛选"}
            if filtered
            else {"title": "清单上还没有文件。", "url": self.address("scope"), "link": "调整清理范围"}
        )
        return Table(
            label="清理清单", columns=item_columns(), rows=[item_row(self.file, item) for item in page.rows],
            count_text=page.count_text, tools=tools, bulk=bulk, pager=page.pager, empty=empty, stack=True,
        )  # fmt: skip
