"""Opening a clean-up and settling its scope: a look at what the conditions find before anything is opened."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.cleanup.campaigns import CLEAN_UP, add_document, change_campaign, open_campaign
from normative_docs.cleanup.forms import AddDocumentForm, CampaignForm, ScopeForm
from normative_docs.cleanup.outcomes import CampaignKind
from normative_docs.cleanup.scope import Conditions, before_the_public, documents_in_scope
from normative_docs.cleanup.views.listing import document_columns, document_row
from normative_docs.cleanup.views.work import CampaignView
from normative_docs.cleanup.workflow import Stage
from portal.accounts.authority import may
from portal.moment import today
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url, step_url
from portal.web.tables import Table
from portal.workflow.refusals import StepRefused

MOST_PREVIEWED = 500


def town_of(person):
    """The town that this person cleans up for. :raises PermissionDenied: a person of the county."""
    town = person.organisation.town()
    if town is None:
        raise PermissionDenied("只有乡镇（街道）的人员可以开展清理。")
    return town


def previewed(found) -> Table:
    """What the conditions find, as a table with the number before it."""
    count = found.count()
    more = f"，只列出前 {MOST_PREVIEWED} 件" if count > MOST_PREVIEWED else ""
    return Table(
        label="符合条件的文件", columns=document_columns(), rows=[document_row(row) for row in found[:MOST_PREVIEWED]],
        count_text=f"符合条件 {count} 件{more}", stack=True, printable=False,
        empty={"title": "没有符合条件的文件。", "text": "请放宽条件，或者立卷后人工补入。"},
    )  # fmt: skip


def _conditions(cleaned: dict, *, full: bool) -> Conditions:
    if full:
        return Conditions(cleaned["reference_on"])
    names = ("reference_on", "basis_words", "topic", "issued_before", "only_market")
    return Conditions(**{name: cleaned[name] for name in names})


class NewCampaignView(InsideView):
    """``/staff/cleanup/new/``: the act ``preview`` shows what would be in scope, ``open`` opens the file."""

    authority = CLEAN_UP

    def get(self, request):
        town = town_of(request.user)
        kind = request.GET.get("kind", "")
        initial = {
            "handling_unit": request.user.organisation,
            "title": f"{town.short_name} {today().year} 年行政规范性文件清理",
            **({"campaign_kind": kind} if kind in CampaignKind.values else {}),
        }  # fmt: skip
        return self._page(CampaignForm(initial=initial, town=town))

    def post(self, request):
        town = town_of(request.user)
        form = CampaignForm(request.POST, town=town)
        if not form.is_valid():
            return self._page(form, status=422)
        cleaned = form.cleaned_data
        if request.POST.get("act") != "open":
            conditions = _conditions(cleaned, full=cleaned["campaign_kind"] == CampaignKind.FULL)
            return self._page(form, table=previewed(documents_in_scope(town, conditions)))
        try:
            campaign = open_campaign(by=request.user, organisation=town, **cleaned)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self._page(form, status=409)
        count = campaign.totals().in_scope
        text = f"案卷号 {campaign.number}，范围内 {count} 件。请核对后确定范围。"
        messages.success(request, text, extra_tags="已立卷")
        return redirect("cleanup:scope", public_id=campaign.public_id)

    def _page(self, form, table=None, status=200):
        context = {
            "title": "开展清理",
            "crumbs": [
                ("工作台", reverse("inside:worklist")), ("清理", reverse("cleanup:overview")), ("开展清理", ""),
            ],
            "form": form,
            "table": table,
            "back_url": reverse("cleanup:overview"),
        }  # fmt: skip
        return render(self.request, "normative_docs/cleanup/new.html", context, status=status)


class ScopeView(CampaignView):
    """``/staff/cases/<uuid>/cleanup/scope/``: conditions, documents added and taken out."""

    def get(self, request, public_id):
        return self._page()

    def post(self, request, public_id):
        act = request.POST.get("act", "")
        if act == "add":
            return self._add()
        if self.file.stage != Stage.SCOPING:
            return self._page(problems=[("", "清理范围已经确定，条件不能再改；个别文件可以补入或者移出。")], status=409)
        form = ScopeForm(request.POST, campaign=self.file, auto_id="id_%s")
        if not form.is_valid():
            return self._page(form, status=422)
        if act != "save":
            conditions = _conditions(form.cleaned_data, full=self.file.is_full)
            return self._page(form, preview=previewed(documents_in_scope(self.file.town, conditions)))
        try:
            change_campaign(self.file, by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            return self._page(form, problems=[("", refusal.message)], status=409)
        messages.success(request, f"范围内 {self.file.totals().in_scope} 件。", extra_tags="已调整范围")
        return redirect(self.address("scope"))

    def _add(self):
        form = self._add_form(self.request.POST)
        if not form.is_valid():
            return self._page(add_form=form, status=422)
        try:
            item = add_document(self.file, by=self.request.user, **form.cleaned_data)
        except StepRefused as refusal:
            form.add_error("document", refusal.message)
            return self._page(add_form=form, status=409)
        messages.success(self.request, f"第 {item.number} 件 {item.document.title}", extra_tags="已补入")
        return redirect(self.address("scope"))

    def _add_form(self, data=None):
        """Only what may be added is offered: public by the reference day, not repealed, not on the list yet."""
        offered = (
            before_the_public(self.file.town).filter(published_on__lte=self.file.reference_on)
            .exclude(repealed_on__lte=today()).exclude(cleanup_items__campaign=self.file).order_by("issued_on", "pk")
        )  # fmt: skip
        return AddDocumentForm(data, documents=offered, auto_id="id_add_%s")

    def _page(self, form=None, *, add_form=None, preview=None, problems=(), status=200):
        campaign = self.file
        allowed = may(self.request.user, CLEAN_UP, campaign.organisation)
        if form is None and campaign.stage == Stage.SCOPING and allowed:
            names = (
                "title", "reference_on", "finish_by", "trigger_kind", "trigger", "basis_words", "topic",
                "issued_before", "only_market",
            )  # fmt: skip
            initial = {name: getattr(campaign, name) for name in names} | {"handling_unit": campaign.handling_unit_id}
            form = ScopeForm(initial=initial, campaign=campaign)
        listed = list(campaign.items.select_related("document", "unit").order_by("number"))
        inside = [item for item in listed if item.in_scope]
        failed = next((one for one in (form, add_form) if one is not None and one.is_bound and one.errors), None)
        context = {
            "title": f"清理范围：{campaign.title}",
            "crumbs": self.crumbs(("清理范围", "")),
            "file": campaign,
            "scope_form": form if campaign.stage == Stage.SCOPING and allowed else None,
            "preview": preview,
            "add_form": (add_form or self._add_form()) if campaign.is_open_to_change and allowed else None,
            "form": failed,
            "inside": inside,
            "added": [item for item in inside if item.by_hand],
            "outside": [item for item in listed if not item.in_scope],
            "may_change": campaign.is_open_to_change and allowed,
            "fix_url": step_url(campaign, "fix_scope") if campaign.stage == Stage.SCOPING and allowed else "",
            "work_url": self.address(),
            "case_url": case_url(campaign),
            "problems": problems,
            "page_has_errors": bool(problems),
        }
        return render(self.request, "normative_docs/cleanup/scope.html", context, status=status)
