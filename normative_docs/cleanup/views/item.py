"""``/staff/cases/<uuid>/cleanup/<number>/``: one document with what is known of it, and its conclusion."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from normative_docs.cleanup.campaigns import CLEAN_UP, put_back, take_out
from normative_docs.cleanup.facts import known_of
from normative_docs.cleanup.forms import MoveForm, VerdictForm
from normative_docs.cleanup.verdicts import give_verdict
from normative_docs.cleanup.views.listing import age_in_words, day
from normative_docs.cleanup.views.work import CampaignView
from normative_docs.models import Effect, NormativeDocument
from portal.accounts.authority import may
from portal.web.inside.case_page import case_url
from portal.workflow.refusals import StepRefused

_TAG = {Effect.IN_FORCE: "live", Effect.LAPSED: "dead", Effect.REPEALED: "dead"}


class ItemView(CampaignView):
    """Save a conclusion, take the document off the list, or put it back."""

    def dispatch(self, request, *args, **kwargs):
        self._item = None
        return super().dispatch(request, *args, **kwargs)

    @property
    def item(self):
        if self._item is None:
            found = self.file.items.select_related(
                "document__organisation", "document__handling_unit", "unit", "proposed_by", "checked_by", "amendment"
            )
            self._item = get_object_or_404(found, number=min(self.kwargs["number"], 32_000))
            self._item.campaign = self.file
        return self._item

    def get(self, request, public_id, number):
        return self._page()

    def post(self, request, public_id, number):
        match request.POST.get("act", ""):
            case "take-out" | "put-back":
                return self._move()
            case _:
                return self._save()

    def _save(self):
        if not self.may_conclude():
            raise PermissionDenied("现在不能填写清理结论。")
        form = self._form(self.request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            item = give_verdict(
                self.item, by=self.request.user, seen=self.request.POST.get("seen", ""), **form.cleaned_data
            )
        except StepRefused as refusal:
            self._item = None
            return self._page(form, problems=[("", refusal.message)], status=409)
        messages.success(self.request, f"{item.document.title}：{item.get_verdict_display()}", extra_tags="已保存")
        if self.request.POST.get("then") == "next":
            following = self._next_without(item.number)
            if following is not None:
                return redirect(self.address("item", number=following))
        return redirect(self.address())

    def _next_without(self, number: int) -> int | None:
        """The next document without a conclusion, from here on and then from the start."""
        waiting = self.file.items.filter(in_scope=True, verdict="").order_by("number").values_list("number", flat=True)
        return waiting.filter(number__gt=number).first() or waiting.first()

    def _move(self):
        form = MoveForm(self.request.POST)
        if not form.is_valid():
            return self._page(move_form=form, status=422)
        act = take_out if self.request.POST["act"] == "take-out" else put_back
        try:
            item = act(self.item, by=self.request.user, seen=self.request.POST.get("seen", ""), **form.cleaned_data)
        except StepRefused as refusal:
            self._item = None
            return self._page(move_form=form, problems=[("", refusal.message)], status=409)
        done = "已恢复" if item.in_scope else "已移出"
        messages.success(self.request, item.document.title, extra_tags=done)
        return redirect(self.address("scope" if not item.in_scope else "work"))

    def _form(self, data=None):
        item = self.item
        initial = {
            "verdict": item.verdict, "reason": item.reason, "basis": item.basis,
            "fair_competition": item.fair_competition, "unit": item.unit_id,
        }  # fmt: skip
        return VerdictForm(
            data, initial=initial, town=self.file.town, asks_about_competition=item.needs_competition_answer
        )

    def _page(self, form=None, *, move_form=None, problems=(), status=200):
        item, person = self.item, self.request.user
        document = item.document
        may_move = self.file.is_open_to_change and may(person, CLEAN_UP, self.file.organisation)
        shown = form if form is not None else self._form()
        visible = NormativeDocument.objects.visible_to(person).filter(pk=document.pk).exists()
        effect = document.effect_on()
        context = {
            "title": document.title,
            "crumbs": self.crumbs(("清理清单", self.address()), (f"第 {item.number} 件", "")),
            "file": self.file,
            "item": item,
            "document": document,
            "document_url": case_url(document) if visible else "",
            "effect": {"text": effect.label, "kind": _TAG.get(effect, "")},
            "facts": _facts(document),
            "known": known_of(document),
            "outcome": _outcome(item),
            "verdict_form": shown if self.may_conclude() and item.in_scope else None,
            "move_form": (move_form or MoveForm(auto_id="id_move_%s")) if may_move else None,
            "form": form if form is not None and form.errors else move_form,
            "seen": item.seen,
            "problems": problems,
            "page_has_errors": bool(problems),
            "back_url": self.address(),
        }
        return render(self.request, "normative_docs/cleanup/item.html", context, status=status)


def _facts(document) -> list[dict]:
    return [
        {"key": "发文字号", "value": document.document_number, "is_number": True},
        {"key": "主题分类", "value": document.topic},
        {"key": "成文日期", "value": day(document.issued_on), "is_number": True},
        {"key": "文龄", "value": age_in_words(document)},
        {"key": "施行日期", "value": day(document.effective_on), "is_number": True},
        {"key": "有效期至", "value": document.validity_text or day(document.valid_until), "is_number": True},
        {"key": "涉及经营者经济活动", "value": "是" if document.affects_market else "否"},
        {"key": "涉及群众切身利益", "value": "是" if document.touches_vital_interests else "否"},
        {"key": "上位依据", "value": document.legal_basis, "wide": True},
    ]


def _by(person, moment) -> str:
    return f"{person.full_name}　{day(moment)}" if person else ""


def _outcome(item) -> list[dict]:
    """What stands on the list now, for those who may not change it and beside the form."""
    rows = [
        {"key": "清理结论", "value": item.get_verdict_display() or "未填写"},
        {"key": "提出单位", "value": item.unit.name if item.unit else ""},
        {"key": "理由", "value": item.reason, "wide": True},
        {"key": "依据", "value": item.basis, "wide": True},
        {"key": "公平竞争核查", "value": item.get_fair_competition_display(), "wide": True},
        {"key": "填写", "value": _by(item.proposed_by, item.proposed_at)},
        {"key": "法制核对", "value": _by(item.checked_by, item.checked_at)},
        {"key": "集体决定", "value": day(item.decided_on), "is_number": True},
        {"key": "执行情况", "value": item.get_settlement_display()},
    ]
    if item.next_review_on:
        rows.append({"key": "下次清理不晚于", "value": day(item.next_review_on), "is_number": True})
    if item.amendment:
        link = reverse("inside:case", kwargs={"public_id": item.amendment.public_id})
        rows.append({"key": "修改草案", "value": item.amendment.number, "change_url": link})
    if item.by_hand:
        rows.append({"key": "补入、移出或者恢复的理由", "value": item.scope_reason, "wide": True})
    return rows
