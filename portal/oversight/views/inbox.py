"""The county's inbox: everything filed upward, the oldest first."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, F, Prefetch, Q
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.deadlines.models import Deadline
from portal.moment import today
from portal.organisations.models import Organisation
from portal.oversight.filing import claim
from portal.oversight.forms import InboxFilter
from portal.oversight.models import Filing
from portal.oversight.views.case_page import punctuality
from portal.oversight.workflow import WORKFLOW, Stage
from portal.web.inside.access import InsideView
from portal.web.keyset import KeysetPage
from portal.web.tables import Cell, Column, Row, Table
from portal.workflow.gates import gate_reports
from portal.workflow.models import WorkItem
from portal.workflow.perform import perform, require_authority
from portal.workflow.refusals import NotAuthorised, StepRefused

TABS = (
    (Stage.SUBMITTED, "待形式审查"),
    (Stage.REVIEWING, "审查中"),
    (Stage.CORRECTION, "整改中"),
    (Stage.ANSWERED, "待核查整改"),
    (Stage.REVOKING, "提请撤销"),
    (Stage.ANNOUNCING, "待通报"),
    (Stage.RECORDED, "已备案"),
)
MOST_AT_ONCE = 50


def addressed_towns(person):
    """Towns from which something lies before this person."""
    senders = Filing.objects.visible_to(person).values("organisation")
    return Organisation.objects.filter(pk__in=senders).order_by("path")


class InboxView(InsideView):
    """``/county/filings/``"""

    authority = "oversight.decide"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        tab = request.GET.get("tab", Stage.SUBMITTED)
        self.tab = tab if tab in dict(TABS) else Stage.SUBMITTED.value

    def filings(self, form):
        """What lies before this person, narrowed by the filter; the tab is not applied yet."""
        person = self.request.user
        found = Filing.objects.visible_to(person)
        chosen = form.cleaned_data if form.is_valid() else {}
        if chosen.get("town"):
            found = found.filter(organisation=chosen["town"])
        if chosen.get("kind"):
            found = found.filter(filing_kind=chosen["kind"])
        if chosen.get("desk") == "mine":
            mine = WorkItem.objects.filter(closed_at__isnull=True, assignee=person)
            found = found.filter(pk__in=mine.values("file"))
        elif chosen.get("desk") == "none":
            taken = WorkItem.objects.filter(closed_at__isnull=True, assignee__isnull=False)
            found = found.exclude(pk__in=taken.values("file"))
        return found

    def get(self, request):
        form = InboxFilter(request.GET, towns=addressed_towns(request.user))
        found = self.filings(form)
        counts = found.aggregate(**{stage.value: Count("pk", filter=Q(stage=stage)) for stage, _ in TABS})
        clocks = Deadline.objects.filter(state=Deadline.State.RUNNING).order_by("effective_end")
        desks = WorkItem.objects.filter(closed_at__isnull=True).select_related("assignee")
        rows = (
            found.filter(stage=self.tab)
            .select_related("organisation", "subject")
            .prefetch_related(
                Prefetch("deadlines", clocks, to_attr="running"), Prefetch("work_items", desks, to_attr="desks")
            )
        )
        newest_first = self.tab == Stage.RECORDED
        page = KeysetPage(rows, request, order=[(F("submitted_on"), newest_first), (F("pk"), newest_first)])
        kept = {k: v for k, v in request.GET.items() if k in ("town", "kind", "desk") and v}
        context = {
            "title": "备案审查",
            "crumbs": [("工作台", reverse("inside:county-worklist")), ("备案审查", "")],
            "tabs": [
                {"label": label, "url": self.url(tab=stage.value, **kept), "current": stage == self.tab,
                 "count": counts[stage.value]}
                for stage, label in TABS
            ],
            "filter_form": form,
            "action": self.url(),
            "clear_url": self.url(tab=self.tab),
            "chips": _chips(form, kept, lambda rest: self.url(tab=self.tab, **rest)),
            "keep": [("tab", self.tab)],
            "table": self._table(page),
        }  # fmt: skip
        return render(request, "oversight/inbox.html", context)

    def url(self, **query) -> str:
        address = reverse("oversight:county-filings")
        return f"{address}?{urlencode(query)}" if query else address

    def _table(self, page) -> Table:
        columns = [
            Column("期限"), Column("报备对象", kind="title"), Column("种类"), Column("报送单位"),
            Column("收到", kind="date"), Column("是否及时"), Column("承办"), Column("到期", kind="date"),
        ]  # fmt: skip
        bulk = None
        acts = []
        if self.tab == Stage.SUBMITTED:
            acts.append({"value": "accept", "label": "批量受理"})
        if self.tab != Stage.RECORDED:
            acts.append({"value": "claim", "label": "由我承办"})
            bulk = {"url": reverse("oversight:county-filings-selected"), "acts": acts}
        return Table(
            label="报备收件", columns=columns, rows=[_row(filing) for filing in page.rows], count_text=page.count_text,
            bulk=bulk, pager=page.pager, stack=True,
            empty={
                "title": f"没有{dict(TABS)[Stage(self.tab)]}的报备。",
                "text": "乡镇（街道）报送后列在这里，先到的在前。",
            },
        )  # fmt: skip


def _row(filing) -> Row:
    clock = filing.running[0] if filing.running else None
    desk = next((item.assignee for item in filing.desks if item.assignee_id), None)
    number = filing.receipt_number or filing.number
    unclaimed = "" if filing.stage == Stage.RECORDED else "待认领"
    return Row(
        key=str(filing.public_id), name=filing.subject.title,
        cells=[
            Cell(lamp=clock.lamp(today())) if clock else Cell("—", stack_label="期限"),
            Cell(
                filing.subject.title, kind="title", sub="　".join(filter(None, (filing.subject_number, number))),
                url=reverse("oversight:county-filing", kwargs={"public_id": filing.public_id}),
            ),
            Cell(filing.kind_of_filing.label, drop=True),
            Cell(filing.organisation.short_name, kind="nowrap", stack_label="单位"),
            Cell(f"{filing.submitted_on:%Y-%m-%d}", kind="date", stack_label="收到"),
            Cell(punctuality(filing), kind="nowrap", drop=True),
            Cell(desk.full_name if desk else unclaimed, kind="nowrap", stack_label="承办"),
            Cell(f"{clock.effective_end:%Y-%m-%d}" if clock else "", kind="date", stack_label="到期"),
        ],
    )  # fmt: skip


def _chips(form, kept: dict, without) -> list[dict]:
    chips = []
    for name, value in kept.items():
        field = form.fields[name]
        words = (
            form.cleaned_data.get(name)
            if name == "town" and form.is_valid()
            else dict(getattr(field, "choices", ())).get(value)
        )
        rest = {key: other for key, other in kept.items() if key != name}
        chips.append({"label": f"{field.label}：{getattr(words, 'short_name', words) or value}", "url": without(rest)})
    return chips


class SelectedView(InsideView):
    """``/county/filings/selected/``: claim what was ticked, or look at it once more and accept it all."""

    authority = "oversight.decide"

    def get(self, request):
        return redirect("oversight:county-filings")

    def post(self, request):
        picked = self._picked()
        if not picked:
            messages.warning(request, "请先在列表中勾选。", extra_tags="没有选择")
            return redirect("oversight:county-filings")
        match request.POST.get("act", ""):
            case "claim":
                return self._claim(picked)
            case "accept":
                return self._preview(picked)
            case "confirm":
                return self._accept(picked)
        return redirect("oversight:county-filings")

    def _picked(self) -> list[Filing]:
        wanted = [key for key in self.request.POST.getlist("pick") if _is_uuid(key)][:MOST_AT_ONCE]
        found = Filing.objects.visible_to(self.request.user).filter(public_id__in=wanted)
        return list(found.select_related("organisation", "subject").order_by("submitted_on", "pk"))

    def _claim(self, picked):
        done, refused = [], []
        for filing in picked:
            try:
                claim(filing, by=self.request.user)
                done.append(filing)
            except StepRefused as refusal:
                refused.append((filing, refusal.message))
        self._tell(done, refused, "已认领", "没有认领")
        return redirect("oversight:county-filings")

    def _preview(self, picked):
        accept = WORKFLOW.transition("accept")
        ready, refused = [], []
        for filing in picked:
            reason = ""
            try:
                require_authority(filing, accept, self.request.user)
            except NotAuthorised as refusal:
                reason = refusal.message
            if not reason and filing.stage != Stage.SUBMITTED:
                reason = f"现在处于「{filing.stage_label}」环节。"
            missing = [report.label for report in gate_reports(filing, accept) if report.is_open]
            reason = reason or ("；".join(missing) if missing else "")
            (refused if reason else ready).append({"filing": filing, "reason": reason, "seen": last_seen(filing)})
        context = {
            "title": f"批量受理 {len(ready)} 件",
            "crumbs": [("备案审查", reverse("oversight:county-filings")), ("批量受理", "")],
            "ready": ready,
            "refused": refused,
            "back_url": reverse("oversight:county-filings"),
        }
        return render(self.request, "oversight/accept_selected.html", context)

    def _accept(self, picked):
        done, refused = [], []
        for filing in picked:
            expected = self.request.POST.get(f"seen-{filing.public_id}", "")
            try:
                expects = int(expected) if expected.isdigit() and len(expected) < 19 else None
                done.append(perform(filing, "accept", by=self.request.user, expects=expects))
            except StepRefused as refusal:
                refused.append((filing, refusal.message))
        self._tell(done, refused, "已受理", "没有受理")
        return redirect("oversight:county-filings")

    def _tell(self, done, refused, good: str, bad: str):
        if done:
            messages.success(
                self.request, f"{len(done)} 件：" + "、".join(f.subject.title for f in done), extra_tags=good
            )
        if refused:
            lines = "；".join(f"{filing.subject.title}：{why}" for filing, why in refused)
            messages.warning(self.request, lines, extra_tags=f"{bad} {len(refused)} 件")


def last_seen(filing) -> int:
    """Id of the newest step, so that the confirmation notices what happened meanwhile."""
    record = filing.last_record()
    return record.pk if record else 0


def _is_uuid(text: str) -> bool:
    return len(text) == 36 and all(sign in "0123456789abcdef-" for sign in text.lower()) and text.count("-") == 4
