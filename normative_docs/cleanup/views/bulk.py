"""``/staff/cases/<uuid>/cleanup/bulk/``: the same conclusion for many documents, looked at before it is saved."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import redirect, render

from normative_docs.cleanup.filters import ItemFilter
from normative_docs.cleanup.forms import BulkForm
from normative_docs.cleanup.models import CleanupItem
from normative_docs.cleanup.outcomes import CleanupOutcome, FairCompetition
from normative_docs.cleanup.verdicts import ListChanged, check_items, give_verdicts
from normative_docs.cleanup.views.listing import dead_word
from normative_docs.cleanup.views.work import CampaignView
from portal.workflow.refusals import StepRefused

MOST_AT_ONCE = 500


class BulkView(CampaignView):
    """Choose, write, look, confirm: each is a POST of this page, so nothing typed is ever lost."""

    def may_change(self) -> bool:
        return self.may_conclude() or self.may_check()

    def get(self, request, public_id):
        return redirect(self.address())

    def post(self, request, public_id):
        act = request.POST.get("act", "")
        if act in ("check", "check-all"):
            return self._check(everything=act == "check-all")
        if not self.may_conclude():
            raise PermissionDenied("现在不能填写清理结论。")
        items = self._chosen(everything=act == "all")
        if not items:
            messages.warning(request, "请先在清单中勾选文件。", extra_tags="没有选择")
            return redirect(self._list_address())
        if act in ("picked", "all"):
            return self._write(items, BulkForm(town=self.file.town))
        form = BulkForm(request.POST, town=self.file.town)
        if act == "change":
            form.is_valid()
            return self._write(items, BulkForm(initial=form.cleaned_data, town=self.file.town))
        if not form.is_valid():
            return self._write(items, form, status=422)
        return self._confirm(items, form) if act == "confirm" else self._preview(items, form)

    def _list_address(self) -> str:
        """The list as it was narrowed."""
        query = QueryDict(self.request.META.get("QUERY_STRING", "")).urlencode()
        return f"{self.address()}?{query}" if query else self.address()

    def _chosen(self, *, everything: bool) -> list[CleanupItem]:
        items = self.file.items.filter(in_scope=True)
        if everything:
            items = ItemFilter(self.request.GET, queryset=items).qs
        else:
            items = items.filter(number__in=_numbers(self.request.POST.getlist("pick")))
        return list(items.select_related("document", "unit").order_by("number")[:MOST_AT_ONCE])

    def _check(self, *, everything: bool):
        items = self._chosen(everything=everything)
        try:
            count = check_items(self.file, [item.number for item in items], by=self.request.user)
        except StepRefused as refusal:
            messages.warning(self.request, refusal.message, extra_tags="没有核对")
            return redirect(self._list_address())
        if not items:
            messages.warning(self.request, "请先在清单中勾选文件。", extra_tags="没有选择")
        else:
            messages.success(self.request, f"{count} 件新标为已核对，共选择 {len(items)} 件。", extra_tags="已核对")
        return redirect(self._list_address())

    def _write(self, items, form, status=200):
        return self._page(
            "normative_docs/cleanup/bulk.html", items, status,
            title=f"批量填写结论：{len(items)} 件", form=form,
        )  # fmt: skip

    def _preview(self, items, form, problems=(), status=200):
        chosen = form.cleaned_data
        lines = [
            {
                "item": item, "before": item.get_verdict_display() or "未填写",
                "after": CleanupOutcome(chosen["verdict"]).label, "dead": dead_word(item.document),
                "replaces": bool(item.verdict) and (item.verdict, item.reason) != (chosen["verdict"], chosen["reason"]),
                "is_changed": item.verdict != chosen["verdict"],
            }
            for item in items
        ]  # fmt: skip
        replaced = sum(line["replaces"] for line in lines)
        competition = chosen["fair_competition"]
        facts = [
            {"key": "清理结论", "value": CleanupOutcome(chosen["verdict"]).label},
            {"key": "件数", "value": f"{len(items)} 件，其中改写现有结论 {replaced} 件"},
            {"key": "理由", "value": chosen["reason"], "wide": True},
            {"key": "依据", "value": chosen["basis"] or "—", "wide": True},
            {
                "key": "公平竞争核查",
                "value": FairCompetition(competition).label if competition else "保持各件现有的核查结果", "wide": True,
            },
        ]  # fmt: skip
        return self._page(
            "normative_docs/cleanup/bulk_preview.html", items, status, title=f"核对后确认：{len(items)} 件",
            form=None, facts=facts, lines=lines, replaced=replaced, problems=problems, page_has_errors=bool(problems),
            hidden=[(name, chosen[name]) for name in ("verdict", "reason", "basis", "fair_competition")],
        )  # fmt: skip

    def _confirm(self, items, form):
        # What the preview showed of each; a number without it was never looked at and counts as changed.
        seen = {
            number: self.request.POST.get(f"seen-{number}", "")
            for number in _numbers(self.request.POST.getlist("pick"))
        }
        try:
            done = give_verdicts(self.file, seen, by=self.request.user, **form.cleaned_data)
        except ListChanged as refusal:
            return self._preview(self._chosen(everything=False), form, problems=[("", refusal.message)], status=409)
        except StepRefused as refusal:
            return self._preview(items, form, problems=[("", refusal.message)], status=409)
        totals = self.file.totals()
        messages.success(
            self.request,
            f"{len(done)} 件：{CleanupOutcome(form.cleaned_data['verdict']).label}。现在共 {totals.in_scope} 件，"
            f"{totals.sentence}，未填写 {totals.without} 件。",
            extra_tags="已保存",
        )
        return redirect(self._list_address())

    def _page(self, template, items, status, **context):
        context |= {
            "crumbs": self.crumbs(("清理清单", self._list_address()), ("批量填写", "")),
            "file": self.file,
            "items": items,
            "back_url": self._list_address(),
        }
        return render(self.request, template, context, status=status)


def _numbers(picked) -> list[int]:
    """The numbers among what was ticked; anything else is passed over."""
    return [int(text) for text in picked if text.isascii() and text.isdigit() and len(text) < 6][:MOST_AT_ONCE]
