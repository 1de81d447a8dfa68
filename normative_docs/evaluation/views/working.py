"""Opening an evaluation, and its plan. Findings, questionnaire and papers: ``portal.evaluations``."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from normative_docs.evaluation import starting
from normative_docs.evaluation.due import due_since, is_important
from normative_docs.evaluation.forms import MarkForm, PlanForm, StartForm
from normative_docs.evaluation.models import Evaluation, ImportanceMark
from normative_docs.evaluation.vocabulary import EvaluationKind
from portal.evaluations.writing import save_plan
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url, identity_of
from portal.workflow.refusals import StepRefused

POWER = "normative_docs.evaluate"


class _Page(FileView):
    """A form about one file; whoever may not evaluate there sees none of it."""

    changes = POWER
    only_to_change = True
    refusal = "您没有在这件事项上办理评估的权限。"
    heading = button = lead = ""

    def get(self, request, public_id):
        return self.page(self.form())

    def post(self, request, public_id):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, 422)
        try:
            return self.act(form)
        except StepRefused as refusal:
            form.add_error(None, refusal.message)
            return self.page(form, 409)

    def page(self, form, status=200, **more):
        context = {
            "title": self.heading,
            "crumbs": [
                ("工作台", reverse("inside:worklist")), ("评估", reverse("evaluation:due")),
                (self.file.title, case_url(self.file)), (self.heading, ""),
            ],
            "file": self.file,
            "identity": identity_of(self.file),
            "form": form,
            "button": self.button,
            "lead": self.lead,
            "back_url": case_url(self.file),
            **more,
        }  # fmt: skip
        return render(self.request, "normative_docs/evaluation/form.html", context, status=status)


class StartView(_Page):
    """``/staff/cases/<document>/evaluate/``"""

    kinds = ("normative_docs",)
    heading, button = "开始评估", "立卷"
    lead = "立卷后填写评估方案。同一文件同时只能有一件同种评估。"

    def form(self, data=None):
        initial = EvaluationKind.POST if is_important(self.file) else EvaluationKind.EXPIRY
        return StartForm(data, document=self.file, initial={"kind": initial})

    def act(self, form):
        evaluation = starting.start_evaluation(self.file, by=self.request.user, kind=form.cleaned_data["kind"])
        messages.success(self.request, f"案卷号 {evaluation.number}。请填写评估方案。", extra_tags="已立卷")
        return redirect("evaluation:plan", public_id=evaluation.public_id)


class ImportanceView(_Page):
    """``/staff/cases/<document>/importance/``: list a document as important, or take it off the list."""

    kinds = ("normative_docs",)

    @property
    def is_marked(self) -> bool:
        return ImportanceMark.objects.filter(document=self.file).exists()

    @property
    def heading(self):
        return "取消重要文件" if self.is_marked else "列为重要文件"

    button = property(lambda self: self.heading)

    @property
    def lead(self):
        if self.file.touches_livelihood:
            return "属于重大民生事项，已经是重要文件，不必另行列入。"
        if self.file.published_on is None:
            return "重要文件公布满年限后列入后评估清单。"
        return f"重要文件公布满年限后列入后评估清单；本文件满年限之日为 {due_since(self.file):%Y-%m-%d}。"

    def form(self, data=None):
        return MarkForm(data)

    def act(self, form):
        act = starting.unmark_important if self.is_marked else starting.mark_important
        heading = self.heading
        act(self.file, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, self.file.title, extra_tags=f"已{heading}")
        return redirect("evaluation:due")


class _OfEvaluation(_Page):
    kinds = ("normative_docs.evaluation",)

    def back(self):
        return redirect(case_url(self.file))


class PlanView(_OfEvaluation):
    """``/staff/cases/<uuid>/evaluation/plan/``"""

    heading, button = "评估方案", "保存方案"
    lead = "写明谁来评估、用什么方法、调查哪些人、什么时候完成。"

    def form(self, data=None):
        return PlanForm(data, instance=Evaluation.objects.get(pk=self.file.pk))

    def act(self, form):
        save_plan(self.file, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "方案齐备后办理“开始评估”。", extra_tags="已保存方案")
        return self.back()
