"""Working on an evaluation of a decision: plan, opinions heard, corrections."""

from django.http import Http404

from decisions.evaluation import hearing
from decisions.evaluation.choosing import POWER
from decisions.evaluation.forms import CorrectionForm, DoneForm, OpinionForm, PlanForm
from decisions.evaluation.models import Correction, DecisionEvaluation
from decisions.evaluation.workflow import WORKFLOW
from portal.evaluations.writing import save_plan
from portal.moment import today
from portal.web.inside.case_page import case_url
from portal.web.inside.writing import EntryView


class _Entry(EntryView):
    kinds = (WORKFLOW.code,)
    changes = POWER
    anchor = ""

    def after(self):
        return f"{case_url(self.file)}{self.anchor}"


class PlanView(_Entry):
    """``/staff/cases/<uuid>/decision-evaluation/plan/``"""

    title, button, done = "评估方案", "保存方案", "已保存方案"
    lead = "写明评估什么、谁来评估、用什么方法、吸收谁参与、什么时候完成。方案由决策机关决定后开始评估。"

    def form(self, data=None):
        return PlanForm(data, instance=DecisionEvaluation.objects.select_related("decision").get(pk=self.file.pk))

    def write(self, form):
        save_plan(self.file, by=self.request.user, **form.cleaned_data)
        return "方案齐备后由负责人办理“决定开展评估”。"


class OpinionView(_Entry):
    """``…/opinions/new/``"""

    title = "登记听取的意见"
    lead = "问卷之外听取的意见：代表、委员、团体、组织、群众和有关单位。登记后不能修改；报告只写人次和归纳，不写姓名。"
    anchor = "#opinions"

    def form(self, data=None):
        return OpinionForm(data, initial={"heard_on": today()})

    def write(self, form):
        return str(hearing.hear(self.file, form.save(commit=False), by=self.request.user))


class NewCorrectionView(_Entry):
    """``…/corrections/new/``"""

    title = "登记纠偏措施"
    lead = "评估发现的问题由谁、在什么时候以前改正。全部完成后评估才能办结（反馈纠偏）。"
    anchor = "#corrections"

    def form(self, data=None):
        return CorrectionForm(data, town=self.file.organisation)

    def write(self, form):
        return str(hearing.order_correction(self.file, form.save(commit=False), by=self.request.user))


class CorrectionView(_Entry):
    """``…/corrections/<number>/``"""

    title, button, done = "登记纠偏措施完成", "登记完成", "已登记完成"
    anchor = "#corrections"

    def _correction(self) -> Correction:
        found = self.file.corrections.select_related("unit").filter(number=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found

    @property
    def lead(self):
        correction = self._correction()
        return f"{correction.task}（{correction.unit.short_name}，{correction.due_on:%Y-%m-%d} 前完成）"

    def form(self, data=None):
        self._correction()
        return DoneForm(data, initial={"done_on": today()})

    def write(self, form):
        return str(hearing.finish_correction(self._correction(), by=self.request.user, **form.cleaned_data))
