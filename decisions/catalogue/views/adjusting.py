"""Drafting adjustments of a published catalogue; publishing them is a step of the file."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from decisions.catalogue.adjusting import draft_adjustment, drop_adjustment, note_adjustment_consent
from decisions.catalogue.compiling import POWER
from decisions.catalogue.forms import AdjustedItemForm, AdjustmentForm, ConsentForm
from decisions.catalogue.models import CatalogueAdjustment
from decisions.catalogue.views.items import MOST, CatalogueEntryView
from decisions.catalogue.vocabulary import AdjustmentAct
from decisions.catalogue.workflow import WORKFLOW
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.workflow.refusals import StepRefused


class _Adjusting(CatalogueEntryView):
    anchor = "adjustments"
    button, done = "拟订调整", "已拟订"
    act: AdjustmentAct

    @property
    def lead(self):
        return (
            "目录根据实际情况调整，经同级党委同意后向社会公布（国令713 第三条）。拟订后由另一人核对公布，公布后生效。"
        )

    def draft(self, form, **more):
        data = form.cleaned_data
        return draft_adjustment(
            self.file, self.act, by=self.request.user, reason=data["adjustment_reason"],
            consented_on=data["consented_on"], consent=data["consent"], **more,
        )  # fmt: skip


class AddView(_Adjusting):
    """``…/catalogue/adjustments/add/``"""

    title, act = "增加事项", AdjustmentAct.ADD

    def form(self, data=None):
        return AdjustedItemForm(data, catalogue=self.file)

    def write(self, form):
        return str(self.draft(form, content=form.save(commit=False)))


class ChangeView(_Adjusting):
    """``…/catalogue/items/<number>/adjust/``"""

    title, act = "变更事项", AdjustmentAct.CHANGE

    def form(self, data=None):
        return AdjustedItemForm(data, catalogue=self.file, instance=self.item())

    def write(self, form):
        return str(self.draft(form, item=self.item(), content=form.save(commit=False)))


class WithdrawView(_Adjusting):
    """``…/catalogue/items/<number>/withdraw/``"""

    act = AdjustmentAct.WITHDRAW

    @property
    def title(self):
        return f"调出事项：{self.item().title}"

    def form(self, data=None):
        return AdjustmentForm(data)

    def write(self, form):
        return str(self.draft(form, item=self.item()))


def _adjustment(view) -> CatalogueAdjustment:
    found = view.file.adjustments.filter(number=min(view.kwargs["number"], MOST)).first()
    if found is None:
        raise Http404
    found.catalogue = view.file
    return found


class ConsentView(CatalogueEntryView):
    """``…/catalogue/adjustments/<number>/consent/``"""

    anchor = "adjustments"
    done = "已登记"

    @property
    def title(self):
        return f"登记同级党委同意：{_adjustment(self)}"

    def form(self, data=None):
        row = _adjustment(self)
        return ConsentForm(data, initial={"consented_on": row.consented_on, "consent": row.consent})

    def write(self, form):
        return str(note_adjustment_consent(_adjustment(self), by=self.request.user, **form.cleaned_data))


class DropView(FileView):
    """POST: take back an adjustment that isn't published."""

    kinds = (WORKFLOW.code,)
    changes = POWER

    def get(self, request, public_id, number):
        return redirect(f"{case_url(self.file)}#adjustments")

    def post(self, request, public_id, number):
        row = _adjustment(self)
        try:
            drop_adjustment(row, by=request.user)
        except StepRefused as refusal:
            messages.warning(request, refusal.message, extra_tags="没有撤回")
        else:
            messages.success(request, str(row), extra_tags="已撤回")
        return redirect(f"{case_url(self.file)}#adjustments")
