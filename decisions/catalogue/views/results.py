"""The year's account: every deviation with what was said to it, and the words of the town."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from decisions.catalogue.accounting import explain, find, write_results
from decisions.catalogue.compiling import POWER
from decisions.catalogue.forms import ExplanationForm, ResultsForm
from decisions.catalogue.models import CatalogueEntry
from decisions.catalogue.tracking import deviations
from decisions.catalogue.views.items import CatalogueEntryView
from decisions.catalogue.vocabulary import DeviationKind
from decisions.catalogue.workflow import WORKFLOW
from portal.accounts.authority import may
from portal.moment import today
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.web.inside.writing import crumbs
from portal.workflow.refusals import StepRefused


class ResultsView(FileView):
    """``…/catalogue/results/``: deviations as they stand today, and the account in words."""

    kinds = (WORKFLOW.code,)
    changes = POWER

    def get(self, request, public_id):
        return self._page(ResultsForm(initial={"results": self.file.results}))

    def post(self, request, public_id):
        form = ResultsForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        try:
            write_results(self.file, by=request.user, results=form.cleaned_data["results"])
        except StepRefused as refusal:
            form.add_error("results", refusal.message)
            return self._page(form, 409)
        messages.success(request, "偏差逐项说明后，由另一人核对公布。", extra_tags="已保存执行情况")
        return redirect(case_url(self.file))

    def _page(self, form, status=200):
        file, person = self.file, self.request.user
        may_write = may(person, POWER, file.organisation)
        open_now = file.is_carried_out or file.takes_results
        context = {
            "title": "偏差和年终执行情况",
            "crumbs": crumbs(file, ("年终执行情况", "")),
            "file": file,
            "lines": [
                {
                    "row": row,
                    "url": reverse("catalogue:explain", args=[file.public_id, row.key])
                    if may_write and open_now
                    else "",
                }
                for row in deviations(file, today())
            ],
            "results_form": form if may_write and file.takes_results else None,
            "form": form if form.is_bound else None,
            "is_public": file.published_on is not None,
            "back_url": case_url(file),
        }
        return render(self.request, "decisions/catalogue/results.html", context, status=status)


class ExplainView(CatalogueEntryView):
    """``…/catalogue/deviations/<key>/``"""

    title, button, done = "说明偏差", "保存说明", "已说明"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.known = None

    @property
    def deviation(self):
        if self.known is None:
            self.known = find(self.file, self.kwargs["key"])
        if self.known is None:
            raise Http404
        return self.known

    @property
    def lead(self):
        return f"{self.deviation.words}。"

    def after(self):
        return reverse("catalogue:results", args=[self.file.public_id])

    def form(self, data=None):
        words = self.deviation.explanation
        if not words and self.deviation.kind == DeviationKind.OUTSIDE:
            entry = CatalogueEntry.objects.filter(decision=self.deviation.decision).first()
            words = entry.reason if entry is not None else ""
        return ExplanationForm(data, initial={"explanation": words})

    def write(self, form):
        return explain(self.file, self.kwargs["key"], by=self.request.user, **form.cleaned_data).words
