"""What the pages and steps of an evaluation ask."""

from django import forms

from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.vocabulary import CHANGING, EvaluationKind, Method, Outcome
from portal.moment import today
from portal.web.forms import DayField

_AREA = forms.Textarea(attrs={"rows": 5})


class StartForm(forms.Form):
    """Which evaluation to open."""

    kind = forms.ChoiceField(label="评估种类", choices=EvaluationKind.choices, widget=forms.RadioSelect)

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        if document.valid_until is None:
            self.fields["kind"].choices = [(EvaluationKind.POST, EvaluationKind.POST.label)]


class MarkForm(forms.Form):
    """Why a document is important, or no longer."""

    reason = forms.CharField(
        label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：涉及全镇宅基地审批，直接影响多数农户。",
    )  # fmt: skip


class PlanForm(forms.ModelForm):
    """The plan: who evaluates, how, whom is asked, until when."""

    methods = forms.MultipleChoiceField(
        label="评估方法", choices=Method.choices, widget=forms.CheckboxSelectMultiple,
        help_text="选“网上问卷”的，开始评估后在公开网站发布问卷，截止并收录结果后才能提交结论。",
    )  # fmt: skip
    team = forms.CharField(label="评估人员", max_length=300, help_text="承担评估的单位和人员；委托第三方的写明名称。")
    respondents = forms.CharField(label="调查对象", max_length=300, help_text="例如：申请过宅基地的农户、村民委员会。")
    finish_by = DayField(label="完成日期", help_text="评估结论应当在这一天之前审定，系统据此计算期限。")

    class Meta:
        model = Evaluation
        fields = ("methods", "team", "respondents", "finish_by")

    def clean_finish_by(self):
        finish_by = self.cleaned_data["finish_by"]
        if finish_by < today():
            raise forms.ValidationError("完成日期不能早于今天。")
        return finish_by


class FindingsForm(forms.ModelForm):
    """What was found, aspect by aspect; any of them may be left for later."""

    class Meta:
        model = Evaluation
        fields = tuple(name for name, _ in Evaluation.ASPECTS)
        widgets = {name: _AREA for name, _ in Evaluation.ASPECTS}
        help_texts = {
            "legality": "是否符合现行上位法；上位法有变动的，逐条写明。",
            "fairness": "权利义务是否相当，与同级其他文件是否协调。",
            "operability": "程序是否明确，实际怎样办理，有没有落空的条款。",
            "effect": "制定目的是否达到；写数据和事例，不写概括评价。",
            "problems": "问题和建议一一对应，写明条款。",
        }


class DecideForm(forms.Form):
    """审定评估结论."""

    outcome = forms.ChoiceField(label="评估结论", choices=Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="结论的理由", max_length=2000, widget=_AREA, help_text="载入评估报告，随报告公开。"
    )  # fmt: skip


class CarryOutForm(forms.Form):
    """落实评估结论: nothing to fill in where a draft is opened."""

    improvement = forms.CharField(
        label="改进措施", max_length=2000, widget=_AREA, required=False,
        help_text="写明措施、责任单位和完成时间。",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        file = kwargs.get("file")
        super().__init__(*args, **kwargs)
        if file is not None and file.outcome in CHANGING:
            del self.fields["improvement"]
        else:
            self.fields["improvement"].required = True
