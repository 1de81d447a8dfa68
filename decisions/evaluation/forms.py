"""What the pages and steps of an evaluation ask."""

from django import forms

from decisions.evaluation.independence import conflict
from decisions.evaluation.models import Correction, Cue, DecisionEvaluation, HeardOpinion
from decisions.evaluation.vocabulary import EvaluatorKind, Method, Outcome, Trigger
from portal.casefiles.models import Disclosure
from portal.moment import today
from portal.organisations.models import Organisation
from portal.web.forms import DayField

_AREA = forms.Textarea(attrs={"rows": 5})
_SHORT = forms.Textarea(attrs={"rows": 3})


class ChooseForm(forms.Form):
    """Why this decision is evaluated."""

    triggers = forms.MultipleChoiceField(
        label="评估情形", choices=Trigger.choices, widget=forms.CheckboxSelectMultiple,
        help_text="国令713 第三十六条第一款；年度重点评估属于“决策机关认为有必要”。",
    )  # fmt: skip
    reason = forms.CharField(
        label="选择理由",
        max_length=500,
        widget=_SHORT,
        help_text="例如：投资大、涉及全镇农户，执行已满一年，意见较多。",
    )


class CueForm(forms.ModelForm):
    class Meta:
        model = Cue
        fields = ("trigger", "words")
        widgets = {"trigger": forms.RadioSelect, "words": _SHORT}
        help_texts = {"words": "写明来源和数量，例如：12345 热线半年内收到 23 件反映。"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["trigger"].choices = Trigger.choices


class PlanForm(forms.ModelForm):
    """The plan. A third party that assessed the draft is refused here already, with the assessment named."""

    evaluator_kind = forms.ChoiceField(label="评估方式", choices=EvaluatorKind.choices, widget=forms.RadioSelect)
    evaluator = forms.CharField(
        label="承担评估具体工作的单位", max_length=120,
        help_text="委托第三方的，填写机构全称；决策作出前承担主要论证评估工作的单位除外。",
    )  # fmt: skip
    methods = forms.MultipleChoiceField(
        label="评估方法", choices=Method.choices, widget=forms.CheckboxSelectMultiple,
        help_text="选“网上问卷”的，开始评估后在公开网站发布问卷，截止并收录结果后才能提交评估意见。",
    )  # fmt: skip
    scope = forms.CharField(label="评估范围", widget=_SHORT, help_text="评估决策的哪些内容、哪个时期、哪些区域。")
    participants = forms.CharField(
        label="参与评估的代表和组织", max_length=300,
        help_text="吸收人大代表、政协委员、人民团体、基层组织、社会组织参与（国令713 第三十六条第三款）。",
    )  # fmt: skip
    finish_by = DayField(label="完成日期", help_text="评估结论应当在这一天之前作出，系统据此计算期限。")

    class Meta:
        model = DecisionEvaluation
        fields = ("scope", "evaluator_kind", "evaluator", "methods", "participants", "finish_by")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The public is asked as a rule; of a decision that is lawfully secret it isn't.
        if not self.instance.methods and self.instance.disclosure == Disclosure.PROACTIVE:
            self.initial["methods"] = [Method.QUESTIONNAIRE]

    def clean_finish_by(self):
        finish_by = self.cleaned_data["finish_by"]
        if finish_by < today():
            raise forms.ValidationError("完成日期不能早于今天。")
        return finish_by

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("evaluator_kind") == EvaluatorKind.THIRD_PARTY and cleaned.get("evaluator"):
            why = conflict(self.instance.decision, cleaned["evaluator"])
            if why:
                self.add_error("evaluator", why)
        return cleaned


class FindingsForm(forms.ModelForm):
    """What was found, aspect by aspect; any of them may be left for later."""

    class Meta:
        model = DecisionEvaluation
        fields = tuple(name for name, _ in DecisionEvaluation.ASPECTS)
        widgets = {name: _AREA for name, _ in DecisionEvaluation.ASPECTS}
        help_texts = {
            "effect": "对照决策时的目标逐项写明完成情况，有没有预料之外的影响。",
            "performance": "写数据和来源，例如：摊位出租率由七成升到九成五。",
            "cost": "实际投入与预算的差别，产生的效益由谁得到。",
            "views": "问卷、座谈、代表和组织意见的归纳，不写个人信息。",
            "problems": "问题和原因一一对应；需要纠正的，另行登记纠偏措施。",
        }


class _OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label="结论", choices=Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", max_length=2000, widget=_AREA)


class HandInForm(_OutcomeForm):
    """What the evaluators recommend to the meeting."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].label = "评估建议"
        self.fields["reason"].label = "建议的理由"
        self.fields["reason"].help_text = "载入评估报告，提请集体讨论。"


class ConcludeForm(_OutcomeForm):
    """作出评估结论, as the meeting decided."""

    def __init__(self, *args, **kwargs):
        file = kwargs.get("file")
        super().__init__(*args, **kwargs)
        self.fields["outcome"].label = "评估结论"
        self.fields["reason"].label = "结论的理由"
        self.fields["reason"].help_text = "载入评估结论，随结论公开。与评估建议不一致的，说明原因。"
        if file is not None and file.advice:
            self.fields["outcome"].help_text = f"评估建议：{file.get_advice_display()}。"


class OpinionForm(forms.ModelForm):
    heard_on = DayField(label="听取日期")

    class Meta:
        model = HeardOpinion
        fields = ("voice", "source", "heard_on", "opinion")
        widgets = {"opinion": _AREA}

    def clean_heard_on(self):
        day = self.cleaned_data["heard_on"]
        if day > today():
            raise forms.ValidationError("听取日期不能晚于今天。")
        return day


class CorrectionForm(forms.ModelForm):
    due_on = DayField(label="完成期限")

    class Meta:
        model = Correction
        fields = ("task", "unit", "due_on")
        widgets = {"task": _SHORT}

    def __init__(self, *args, town, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Organisation.objects.within(town)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < today():
            raise forms.ValidationError("完成期限不能早于今天。")
        return day


class DoneForm(forms.Form):
    done_on = DayField(label="完成日期")
    note = forms.CharField(label="完成情况", max_length=1000, widget=_SHORT, help_text="写明做了什么、结果怎样。")

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day > today():
            raise forms.ValidationError("完成日期不能晚于今天。")
        return day
