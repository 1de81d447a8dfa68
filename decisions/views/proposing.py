"""Opening a proposal, changing its facts, and answering for what is not published."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse

from decisions.due_days import keep_due_day
from decisions.forms import DecisionForm, NewDecisionForm, SecrecyForm
from decisions.proposing import propose, review_secrecy
from portal.web.inside.access import InsideView
from portal.web.inside.writing import EditFactsView, EntryView
from portal.workflow.refusals import StepRefused


def town_of(person):
    """The town for which this person puts decisions forward; people of the county put none forward here."""
    town = person.organisation.town()
    if town is None:
        raise PermissionDenied("只有乡镇（街道）的人员可以在这里提出决策建议。")
    return town


class NewDecisionView(InsideView):
    """``/staff/decisions/new/``"""

    authority = "decisions.draft"

    def get(self, request):
        return self._page(NewDecisionForm(town=town_of(request.user)))

    def post(self, request):
        town = town_of(request.user)
        form = NewDecisionForm(request.POST, town=town)
        if not form.is_valid():
            return self._page(form, 422)
        try:
            decision = propose(by=request.user, organisation=town, **form.cleaned_data)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, 403)
        messages.success(
            request, f"案卷号 {decision.number}。请核对各项事实，由决策机关决定是否启动。", extra_tags="已立卷"
        )
        return redirect("decisions:edit", public_id=decision.public_id)

    def _page(self, form, status=200):
        context = {
            "title": "登记决策建议",
            "crumbs": [
                ("工作台", reverse("inside:worklist")),
                ("新建事项", reverse("inside:start")),
                ("决策建议", ""),
            ],
            "lead": "领导人员、部门和村（居）、人大代表和政协委员、公民和组织都可以提出决策建议；每一件都要答复。"
            "财政、货币等宏观调控决策，政府立法决策和突发事件应急处置不适用这一程序（国令713 第三条）。",
            "form": form,
            "button": "立卷",
            "back_url": reverse("inside:start"),
        }
        return render(self.request, "inside/form.html", context, status=status)


class EditDecisionView(EditFactsView):
    """``/staff/cases/<uuid>/decision/``"""

    kinds = ("decisions",)
    form_class = DecisionForm
    changes = "decisions.draft"

    def saved(self, changed):
        if "due_on" in changed:
            keep_due_day(self.file, by=self.request.user)

    def too_late(self):
        if self.file.is_closed or not (self.file.is_editable or self.file.takes_last_words):
            return "决策已经作出或者办结，不能再改。"
        return ""


class SecrecyView(EntryView):
    """``/staff/cases/<uuid>/decision/secrecy/``: a person who leads reviews why it is not published."""

    kinds = ("decisions",)
    authority = changes = "decisions.decide"
    title = "审核不予公开的理由"
    button = "审核同意"
    done = "已审核"

    @property
    def lead(self):
        return f"不予公开的理由：{self.file.disclosure_reason or '没有填写'}。审核人对此负责，并写入决策档案。"

    def form(self, data=None):
        return SecrecyForm(data)

    def write(self, form):
        review_secrecy(self.file, by=self.request.user)
        return "不予公开的理由已经审核。"
