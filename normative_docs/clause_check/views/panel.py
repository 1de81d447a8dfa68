"""``/staff/cases/<uuid>/clauses/``: every hint on the draft, decided one by one. Hints, never a verdict."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.clause_check.checking import check, newest_check
from normative_docs.clause_check.deciding import barred, decide, is_settled
from normative_docs.clause_check.forms import DecisionForm
from normative_docs.clause_check.models import ClauseHint, Decision
from portal.accounts.authority import may
from portal.legal_review.reviewing import newest
from portal.web.inside.access import FileView
from portal.web.inside.case_page import Section, add_section, case_url, identity_of
from portal.workflow.refusals import NotAuthorised, StepRefused


class ClausePage(FileView):
    """A page about the hints on one document."""

    kinds = ("normative_docs",)

    def address(self, name="panel", **kwargs):
        return reverse(f"clause_check:{name}", kwargs={"public_id": self.file.public_id, **kwargs})

    def frame(self, title):
        here = "条款提示"
        crumbs = [("工作台", reverse("inside:worklist")), (self.file.title, case_url(self.file))]
        crumbs += [(here, "")] if title == here else [(here, self.address()), (title, "")]
        return {"title": title, "crumbs": crumbs, "file": self.file, "identity": identity_of(self.file)}

    def may_change(self) -> bool:
        """Whoever drafts or reviews; what is against it in this case, the services say."""
        person, organisation = self.request.user, self.file.organisation
        step = self.file.workflow.transition("issue_opinion")
        return may(person, "normative_docs.draft", organisation) or may(
            person, step.authority_on(self.file), organisation
        )


class PanelView(ClausePage):
    def get(self, request, public_id):
        held, review = newest_check(self.file), newest(self.file)
        hints = list(held.hints.select_related("decided_by")) if held else []
        open_to_work = self.file.is_editable and not self.file.is_closed
        why_not = barred(self.file, request.user, review)
        may_decide = held is not None and not why_not and not is_settled(self.file, review)
        context = self.frame("条款提示") | {
            "check": held,
            "hints": [self._line(hint, may_decide) for hint in hints],
            "counts": {choice.label: sum(hint.decision == choice for hint in hints) for choice in Decision},
            "open": sum(hint.is_open for hint in hints),
            "barred": why_not if hints and open_to_work else "",
            "has_text": bool(self.file.draft_text.strip()),
            "check_url": self.address("check") if open_to_work and self.may_change() else "",
            "edit_url": reverse("normative_docs:edit", kwargs={"public_id": self.file.public_id}),
            "case_url": case_url(self.file),
        }
        return render(request, "normative_docs/clause_check/panel.html", context)

    def _line(self, hint, may_decide):
        url = self.address("hint", number=hint.pk) if may_decide else ""
        return {"hint": hint, "url": url, "tag": {"open": "now", "accepted": "", "dismissed": "dead"}[hint.decision]}


class CheckView(ClausePage):
    """Look through the draft again; what is found is on the panel."""

    def get(self, request, public_id):
        return redirect(self.address())

    def post(self, request, public_id):
        if not self.may_change():
            raise PermissionDenied("条款检查由起草人或者审核人进行。")
        try:
            held = check(self.file, request.user)
        except StepRefused as refusal:
            messages.warning(request, refusal.message, extra_tags="没有检查")
        else:
            found = held.hints.count()
            words = f"提示 {found} 条，请逐条处理。" if found else "没有提示。没有提示不等于没有问题，仍须逐条审核。"
            messages.success(request, words, extra_tags="已检查条款")
        return redirect(self.address())


class HintView(ClausePage):
    """One hint with its clause, basis and reason; accepted or dismissed here."""

    def _hint(self, number) -> ClauseHint:
        held = newest_check(self.file)
        hint = held.hints.select_related("decided_by").filter(pk=number).first() if held else None
        if hint is None:
            raise Http404
        return hint

    def get(self, request, public_id, number):
        hint = self._hint(number)
        why_not = barred(self.file, request.user)
        if why_not:
            raise PermissionDenied(why_not)
        initial = {"decision": "" if hint.is_open else hint.decision, "reason": hint.reason, "seen": hint.decision}
        return self._page(hint, DecisionForm(initial=initial))

    def post(self, request, public_id, number):
        hint = self._hint(number)
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self._page(hint, form, 422)
        try:
            decided = decide(hint, by=request.user, **form.cleaned_data)
        except NotAuthorised as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(hint, form, 409)
        messages.success(
            request, f"{decided.at}　{decided.kind}：{decided.get_decision_display()}", extra_tags="已处理"
        )
        following = decided.check_of.hints.filter(decision=Decision.OPEN).first()
        if request.POST.get("then") == "next" and following is not None:
            return redirect(self.address("hint", number=following.pk))
        return redirect(f"{self.address()}#hint-{decided.pk}")

    def _page(self, hint, form, status=200):
        left = hint.check_of.hints.filter(decision=Decision.OPEN).exclude(pk=hint.pk).count()
        context = self.frame(f"{hint.at}　{hint.kind}") | {
            "hint": hint, "form": form, "left": left, "button": "保存处理结果", "back_url": self.address(),
        }  # fmt: skip
        return render(self.request, "normative_docs/clause_check/hint.html", context, status=status)


def case_part(document, person):
    """On the case page: how many hints, how many open, and the way to the panel; nothing before there is a draft."""
    if not document.draft_text.strip():
        return None
    held = newest_check(document)
    decisions = list(held.hints.values_list("decision", flat=True)) if held else []
    return {"check": held, "total": len(decisions), "open": decisions.count(Decision.OPEN)}


SECTION = add_section("normative_docs", Section("normative_docs/clause_check/part.html", case_part, anchor="clauses"))
