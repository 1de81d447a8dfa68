"""Risk assessment, and the steps that a decision needs by its facts."""

from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from decisions.assessing import ASSESSED_IN, CHOSEN_IN, assess, choose_step
from decisions.forms import RiskForm, StepChoiceForm
from decisions.models import PROPERTIES
from decisions.vocabulary import RISK, STEPS
from portal.accounts.authority import may
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.web.inside.writing import EntryView, crumbs


class RiskView(FileView):
    """``/staff/cases/<uuid>/decision/risk/``: every assessment, the newest first."""

    kinds = ("decisions",)

    def get(self, request: HttpRequest, public_id):
        file = self.file
        assessments = [
            {"row": row, "properties": [(label, getattr(row, name)) for name, label in PROPERTIES]}
            for row in file.risk_assessments.order_by("-number")
        ]
        context = {
            "title": "风险评估",
            "crumbs": crumbs(file, ("风险评估", "")),
            "file": file,
            "needed": file.needs(RISK),
            "why": file.why(RISK),
            "assessments": assessments,
            "may_write": file.stage in ASSESSED_IN and may(request.user, "decisions.draft", file.organisation),
            "back_url": case_url(file),
        }
        return render(request, "decisions/risk.html", context)


class NewRiskView(EntryView):
    kinds = ("decisions",)
    authority = changes = "decisions.draft"
    title = "登记风险评估"
    lead = "登记后不能修改；方案调整的，重新评估。有较大风险的，调整方案、降低风险后才能决策（国令713 第二十四条）。"

    def after(self):
        return reverse("decisions:risk", args=[self.file.public_id])

    def form(self, data=None):
        return RiskForm(data)

    def write(self, form):
        return str(assess(self.file, form.save(commit=False), by=self.request.user))


class StepsView(EntryView):
    """``/staff/cases/<uuid>/decision/steps/``: what is needed and why; a person may decide otherwise with a reason."""

    kinds = ("decisions",)
    changes = "decisions.draft"
    title = "需要哪些程序环节"
    done = "已认定"
    only_to_change = False  # everybody reads what is needed and why

    def after(self):
        return reverse("decisions:steps", args=[self.file.public_id])

    def form(self, data=None):
        return StepChoiceForm(data)

    def write(self, form):
        return str(choose_step(self.file, by=self.request.user, **form.cleaned_data))

    def page(self, form, status=200):
        file = self.file
        by_hand = file.choices_by_hand()
        context = {
            "title": self.title,
            "crumbs": crumbs(file, (self.title, "")),
            "file": file,
            "steps": [
                {
                    "label": step.label, "basis": step.basis, "needed": file.needs(step), "why": file.why(step),
                    "choice": by_hand.get(step.code),
                }
                for step in STEPS.values()
            ],
            "choices": file.step_choices.select_related("chosen_by").order_by("-pk"),
            "form": form,
            "may_write": file.stage in CHOSEN_IN and self.may_change(),
            "back_url": case_url(file),
        }  # fmt: skip
        return render(self.request, "decisions/steps.html", context, status=status)
