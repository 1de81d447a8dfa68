"""``/staff/cases/<uuid>/decision/experts/``: expert argumentation, from choosing the experts to the report."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from decisions.arguing import OPEN_IN, answer, close, enter_opinion, organise
from decisions.forms import ArgumentationForm, ArgumentReportForm, ExpertAnswerForm, ExpertOpinionForm
from decisions.models import ExpertArgumentation, ExpertOpinion
from decisions.vocabulary import EXPERTS
from portal.accounts.authority import may
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.web.inside.writing import EntryView, crumbs


class ExpertsView(FileView):
    """Every argumentation of the file with its opinions and their answers."""

    kinds = ("decisions",)

    def get(self, request, public_id):
        file = self.file
        may_write = file.stage in OPEN_IN and may(request.user, "decisions.draft", file.organisation)
        argumentations = list(
            file.argumentations.select_related("draw")
            .prefetch_related("chosen__opinion", "opinions__chosen")
            .order_by("-number")
        )
        context = {
            "title": "专家论证",
            "crumbs": crumbs(file, ("专家论证", "")),
            "file": file,
            "needed": file.needs(EXPERTS),
            "why": file.why(EXPERTS),
            "argumentations": argumentations,
            "may_write": may_write,
            "may_begin": may_write and all(argumentation.is_closed for argumentation in argumentations),
            "back_url": case_url(file),
        }
        return render(request, "decisions/experts.html", context)


class ArgumentView(EntryView):
    """Something about one argumentation; afterwards all of them are shown."""

    kinds = ("decisions",)
    authority = changes = "decisions.draft"

    def after(self):
        return reverse("decisions:experts", args=[self.file.public_id])

    def argumentation(self) -> ExpertArgumentation:
        found = self.file.argumentations.filter(number=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found


class NewArgumentationView(ArgumentView):
    title = "组织专家论证"
    lead = (
        "选择专家应当坚持专业性、代表性和均衡性，注重选择持不同意见的专家，"
        "不得选择有直接利害关系的专家（国令713 第二十条）。"
    )

    def form(self, data=None):
        return ArgumentationForm(data)

    def write(self, form):
        return str(organise(self.file, form.save(commit=False), by=self.request.user))


class NewOpinionView(ArgumentView):
    title = "登记专家意见"
    lead = "专家独立发表意见，并在书面意见上签字（国令713 第二十一条）；签字的原件在“材料”中入卷。"

    def form(self, data=None):
        return ExpertOpinionForm(data, argumentation=self.argumentation())

    def write(self, form):
        opinion = form.save(commit=False)
        enter_opinion(opinion.argumentation, opinion, by=self.request.user)
        return opinion.name


class AnswerView(ArgumentView):
    title = "说明专家意见采纳情况"

    def opinion(self) -> ExpertOpinion:
        found = self.argumentation().opinions.filter(number=self.kwargs["opinion"]).first()
        if found is None:
            raise Http404
        return found

    @property
    def lead(self):
        opinion = self.opinion()
        return f"{opinion.name}（{opinion.get_view_display()}）：{opinion.opinion}"

    def seen(self):
        return self.opinion().seen

    def form(self, data=None):
        opinion = self.opinion()
        return ExpertAnswerForm(data, initial={"outcome": opinion.outcome, "answer": opinion.answer})

    def write(self, form):
        cleaned = form.cleaned_data
        opinion = answer(
            self.opinion(), by=self.request.user, outcome=cleaned["outcome"], words=cleaned["answer"],
            seen=self.request.POST.get("seen", ""),
        )  # fmt: skip
        return f"{opinion.name}：{opinion.get_outcome_display()}"


class ReportView(ArgumentView):
    title = "论证报告入卷"
    button = "入卷"
    done = "已入卷"

    def form(self, data=None):
        return ArgumentReportForm(data)

    def write(self, form):
        return str(close(self.argumentation(), by=self.request.user, report=form.cleaned_data["report"]))
