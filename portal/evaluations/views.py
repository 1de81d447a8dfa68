"""Working on an evaluation of any kind: its findings, its questionnaire, its papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from portal.accounts.authority import may
from portal.documents.slots import slot_label
from portal.evaluations.asking import ask_the_public, put_results_on_file
from portal.evaluations.desks import Desk, desk_of, kinds
from portal.evaluations.forms import QuestionnaireForm
from portal.evaluations.setting import ask_for_paper, job_of, newest_job
from portal.evaluations.writing import findings_digest, save_findings
from portal.web.inside.access import FileView
from portal.web.inside.case_page import case_url
from portal.web.inside.writing import EntryView
from portal.workflow.refusals import StepRefused


class _OfEvaluation(FileView):
    """A page about one evaluation; whoever may not evaluate there changes nothing on it."""

    @property
    def kinds(self):
        return kinds()

    @property
    def desk(self) -> Desk:
        return desk_of(self.file.kind)

    @classmethod
    def changed_by(cls, person, file):
        return may(person, desk_of(file.kind).authority, file.organisation)


class FindingsView(_OfEvaluation, EntryView):
    """``/staff/cases/<uuid>/evaluation/findings/``"""

    title, button, done = "评估意见", "保存评估意见", "已保存评估意见"
    lead = "各方面的意见载入评估报告，随报告公开，不要写个人信息。"

    def _fresh(self):
        return type(self.file).objects.get(pk=self.file.pk)

    def form(self, data=None):
        return self.desk.findings_form(data, instance=self._fresh())

    def seen(self):
        return findings_digest(self._fresh())

    def write(self, form):
        save_findings(self.file, by=self.request.user, seen=self.request.POST.get("seen", ""), **form.cleaned_data)
        return "填写齐备后提交评估意见。"

    def after(self):
        return f"{case_url(self.file)}#findings"


class QuestionnaireView(_OfEvaluation, EntryView):
    """``/staff/cases/<uuid>/evaluation/questionnaire/``: open the usual questionnaire on the public site."""

    title = button = "发布问卷"
    done = "已发布问卷"
    lead = "按后评估的通用题目发布不记名问卷；发布后题目和开始日期不能修改。"
    template = "evaluations/questionnaire.html"

    def form(self, data=None):
        return QuestionnaireForm(data)

    def more(self):
        return {"questions": self.desk.questions(self.file)}

    def write(self, form):
        asked = ask_the_public(self.file, by=self.request.user, **form.cleaned_data)
        return f"{asked.title}，{asked.closes_on:%Y-%m-%d} 截止。"

    def after(self):
        return f"{case_url(self.file)}#questionnaire"


class ResultsView(_OfEvaluation):
    """POST: have the results of the questionnaire set as a paper of the file."""

    def get(self, request, public_id):
        return redirect(f"{case_url(self.file)}#questionnaire")

    def post(self, request, public_id):
        try:
            put_results_on_file(self.file, by=request.user)
        except StepRefused as refusal:
            messages.warning(request, refusal.message, extra_tags="没有收录")
        else:
            messages.success(request, "系统正在排版问卷结果，完成后列在材料清单中。", extra_tags="已开始收录")
        return redirect(f"{case_url(self.file)}#questionnaire")


class PaperView(_OfEvaluation):
    """``…/evaluation/papers/<slot>/``: how far a paper is (asked by the page itself); POST sets it again."""

    def _slot(self, slot):
        if slot not in self.desk.slots:
            raise Http404
        return slot

    def get(self, request, public_id, slot):
        job = job_of(self.file, self._slot(slot))
        context = {"job": job or {"name": slot_label(slot), "state": "done", "percent": 100}, "poll_url": request.path}
        return render(request, "components/job.html", context)

    def post(self, request, public_id, slot):
        label = slot_label(self._slot(slot))
        # What was asked for once may be asked for again; a paper before its step is not made here.
        if self.file.is_closed or slot not in self.desk.compose or newest_job(self.file, slot) is None:
            messages.warning(request, f"现在不能生成{label}。", extra_tags="没有办理")
        else:
            ask_for_paper(self.file, slot, request.user)
            messages.success(request, f"系统正在排版{label}。", extra_tags="已开始生成")
        return redirect(f"{case_url(self.file)}#report")
