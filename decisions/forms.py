"""What the pages of a decision ask, each step by its own form."""

from django import forms

from decisions import time_limits
from decisions.models import (
    WITH_GROUNDS,
    ChosenExpert,
    DepartmentOpinion,
    ExpertArgumentation,
    ExpertOpinion,
    MajorDecision,
    RiskAssessment,
)
from decisions.numbers import DECISIONS
from decisions.vocabulary import Adoption, ChoosableStep, IntegrityConclusion
from portal.capacity.experts.vocabulary import Field
from portal.casefiles.models import Disclosure
from portal.consultation.forms import OpeningForm
from portal.deadlines.limits import LimitError
from portal.deadlines.rules import resolve
from portal.legal_review.models import Conclusion
from portal.moment import today
from portal.organisations.models import Organisation
from portal.web.forms import DayField
from portal.web.inside.numbering import NumberedForm

_AREA = forms.Textarea(attrs={"rows": 4})
_LONG = forms.Textarea(attrs={"rows": 16})


class NewDecisionForm(forms.ModelForm):
    """A proposal as it came in; the rest follows on the file."""

    proposed_on = DayField(label="提出日期")

    class Meta:
        model = MajorDecision
        fields = [
            "title", "proposer_kind", "proposer", "proposed_on", "problem", "grounds", "outline", "matter",
            "matter_reason", "handling_unit", "disclosure", "disclosure_reason",
        ]  # fmt: skip
        widgets = {"problem": _AREA, "grounds": _AREA, "outline": _AREA}
        help_texts = {"title": "例如：龙潭镇集镇农贸市场改造方案"}

    def __init__(self, *args, town, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].label = "决策事项"
        self.fields["handling_unit"].queryset = Organisation.objects.within(town).exclude(level="village")
        self.fields["handling_unit"].required = False
        self.fields["disclosure"].choices = Disclosure.choices

    def clean_proposed_on(self):
        day = self.cleaned_data["proposed_on"]
        if day > today():
            raise forms.ValidationError("提出日期不能晚于今天。")
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("disclosure") != Disclosure.PROACTIVE and not cleaned.get("disclosure_reason"):
            self.add_error("disclosure_reason", "依申请公开或者不予公开的，请填写理由。")
        if cleaned.get("proposer_kind") in WITH_GROUNDS:
            for name, label in (
                ("problem", "拟解决的主要问题"),
                ("grounds", "建议理由和依据"),
                ("outline", "初步方案"),
            ):
                if not cleaned.get(name):
                    self.add_error(name, f"这类主体提出的建议，应当写明{label}（国令713 第十条）。")
        return cleaned


class DecisionForm(forms.ModelForm):
    """The facts of a decision. What is past its stage is shown and not changed."""

    proposed_on = DayField(label="提出日期")
    due_on = DayField(
        label="应当作出决策的日期", required=False, help_text="法律规定或者对外承诺的日期；没有的，不填。"
    )
    executed_until = DayField(label="计划完成日期", required=False)

    # Still to be said after the draft is fixed: who carries it out and by when, and what became of the opinions.
    LATE = ("executing_unit", "executed_until", "adoption_notes")

    class Meta:
        model = MajorDecision
        fields = [
            "title", "proposer_kind", "proposer", "proposed_on", "problem", "grounds", "outline", "handling_unit",
            "matter", "matter_reason", "stability_kind", "touches_public_interest", "is_professional",
            "hearing_by_law", "brings_risk", "affects_market", "is_disputed", "special_groups", "research",
            "draft_text", "drafting_notes", "legal_basis", "options", "cost_benefit", "contact_name",
            "contact_phone", "due_on", "due_basis", "executing_unit", "executed_until",
            "adoption_notes",
        ]  # fmt: skip
        widgets = {
            "problem": _AREA, "grounds": _AREA, "outline": _AREA, "research": _AREA, "draft_text": _LONG,
            "drafting_notes": forms.Textarea(attrs={"rows": 8}), "legal_basis": _AREA, "options": _AREA,
            "cost_benefit": _AREA, "adoption_notes": forms.Textarea(attrs={"rows": 6}),
        }  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        decision = self.instance
        self.fields["title"].label = "决策事项"
        units = Organisation.objects.within(decision.organisation)
        self.fields["handling_unit"].queryset = units.exclude(level="village")
        self.fields["executing_unit"].queryset = units
        if not decision.is_editable:
            for name in [name for name in self.fields if name not in self.LATE]:
                del self.fields[name]
        elif decision.stage != "proposed":
            # The proposal stays as it was when it was answered.
            for name in ("proposer_kind", "proposer", "proposed_on", "problem", "grounds", "outline"):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("due_on") and not cleaned.get("due_basis"):
            self.add_error("due_basis", "请写明法律依据或者承诺。")
        proposed_on = cleaned.get("proposed_on") or self.instance.proposed_on
        if cleaned.get("due_on") and proposed_on:
            if cleaned["due_on"] < proposed_on:
                self.add_error("due_on", "应当作出决策的日期不能早于提出日期。")
            try:
                resolve(time_limits.DECIDE, proposed_on)
            except LimitError as error:
                self.add_error("due_on", str(error))
        return cleaned


class ProposalAnswerForm(forms.Form):
    """What the proposer is told (国令713 art. 10: each proposal is answered)."""

    proposal_answer = forms.CharField(
        label="对建议的答复", max_length=1000, widget=_AREA, help_text="说明是否启动及理由，答复提出人。"
    )


class OpenParticipationForm(OpeningForm):
    """The notice of the public participation, at least thirty days as a rule (国令713 art. 15)."""

    def limit_for(self, file) -> str:
        return time_limits.PUBLIC_COMMENT


class OpinionForm(forms.Form):
    """The conclusion of a legality review."""

    conclusion = forms.ChoiceField(label="审查结论", choices=Conclusion.choices, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="审查意见", widget=forms.Textarea(attrs={"rows": 6}), help_text="对权限、程序、内容的总的意见。"
    )


class IntegrityForm(forms.Form):
    """The integrity review of the draft (廉洁性审查)."""

    conclusion = forms.ChoiceField(label="审查结论", choices=IntegrityConclusion.choices, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="审查意见", widget=_AREA, help_text="权力运行、利益冲突、自由裁量、公开透明等方面。"
    )
    third_party = forms.CharField(
        label="参加的第三方", max_length=120, required=False, help_text="委托或者邀请了第三方的，写明名称。"
    )


class DecideForm(NumberedForm):
    """What the Party committee said before the decision is made (art. 31), and its number."""

    reported_on = DayField(label="向同级党委请示报告的日期")
    party_opinion = forms.CharField(label="同级党委的意见", max_length=1000, widget=_AREA)

    def series_of(self, file):
        return DECISIONS, file.organisation

    def clean_reported_on(self):
        day = self.cleaned_data["reported_on"]
        if day > today():
            raise forms.ValidationError("日期不能晚于今天。")
        return day


class DepartmentForm(forms.ModelForm):
    """One department's opinion, asked for and answered."""

    asked_on = DayField(label="发出日期")
    answered_on = DayField(label="答复日期", required=False)
    agrees = forms.TypedChoiceField(
        label="是否同意", required=False, choices=(("", "尚未答复"), ("yes", "同意"), ("no", "不同意")),
        coerce=lambda word: {"yes": True, "no": False}.get(word), empty_value=None,
    )  # fmt: skip

    class Meta:
        model = DepartmentOpinion
        fields = ["unit", "asked_on", "answered_on", "agrees", "opinion", "own_view"]
        widgets = {"opinion": _AREA, "own_view": _AREA}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["agrees"] = {True: "yes", False: "no"}.get(self.instance.agrees, "")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("agrees") is not None and not cleaned.get("answered_on"):
            self.add_error("answered_on", "请填写答复日期。")
        if cleaned.get("agrees") is False and not cleaned.get("opinion", "").strip():
            self.add_error("opinion", "不同意的，请写明其意见。")
        asked, answered = cleaned.get("asked_on"), cleaned.get("answered_on")
        if asked and answered and answered < asked:
            self.add_error("answered_on", "答复日期不能早于发出日期。")
        return cleaned


class ArgumentationForm(forms.ModelForm):
    held_on = DayField(label="论证日期")

    class Meta:
        model = ExpertArgumentation
        fields = ["form", "questions", "selection", "selection_reason", "held_on"]
        widgets = {"questions": _AREA, "selection_reason": _AREA}


class ExpertOpinionForm(forms.ModelForm):
    signed_on = DayField(label="签字日期")

    class Meta:
        model = ExpertOpinion
        fields = ["chosen", "has_no_interest", "view", "opinion", "signed_on", "may_be_published"]
        widgets = {"opinion": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, argumentation, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.argumentation = argumentation
        self.fields["chosen"].queryset = argumentation.chosen.filter(released_at__isnull=True, opinion__isnull=True)
        self.fields["chosen"].help_text = "只列出已经选定、尚未发表意见的专家。"

    def clean_has_no_interest(self):
        if not self.cleaned_data["has_no_interest"]:
            raise forms.ValidationError(
                "专家与决策事项有直接利害关系，或者没有声明的，不得参加论证（国令713 第二十条）。"
            )
        return True


class FieldsForm(forms.Form):
    """Which experts of the pool are shown."""

    fields = forms.MultipleChoiceField(
        label="专业领域", choices=Field.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class InviteForm(forms.ModelForm):
    class Meta:
        model = ChosenExpert
        fields = ["name", "employer", "field", "reason"]
        widgets = {"reason": _AREA}
        help_texts = {"reason": "专家库中没有合适人选等，为什么邀请这一位。"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class LotsForm(FieldsForm):
    places = forms.IntegerField(label="抽取人数", min_value=1, max_value=30)
    confirmed = forms.BooleanField(
        label="名册由所选领域内没有已知利益关联的专家组成，只公布编号；固定后立即公布，不能再改。",
        error_messages={"required": "请先确认这一项。"},
    )


class ReleaseForm(forms.Form):
    reason = forms.CharField(label="不参加的原因", max_length=300, widget=_AREA)


class ExpertAnswerForm(forms.Form):
    outcome = forms.ChoiceField(label="采纳情况", choices=Adoption.choices, widget=forms.RadioSelect)
    answer = forms.CharField(label="说明", max_length=2000, widget=_AREA)


class ArgumentReportForm(forms.Form):
    report = forms.CharField(
        label="论证报告", max_length=8000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="对必要性、科学性、可行性的结论，以及主要分歧。入卷后不能修改。",
    )  # fmt: skip


class RiskForm(forms.ModelForm):
    assessed_on = DayField(label="评估日期")

    class Meta:
        model = RiskAssessment
        fields = [
            "assessor_kind", "assessor", "assessed_on", "public_views", "stability", "environment", "economy",
            "lawful", "reasonable", "feasible", "integrity", "controllable", "level", "measures", "response_plan",
        ]  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("public_views", "stability", "environment", "economy", "measures", "response_plan")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("lawful", "reasonable", "feasible", "integrity", "controllable"):
            self.fields[name].label = f"{self.fields[name].label}审查通过"

    def clean_assessed_on(self):
        day = self.cleaned_data["assessed_on"]
        if day > today():
            raise forms.ValidationError("评估日期不能晚于今天。")
        return day


class StepChoiceForm(forms.Form):
    """A step that is needed, or not, against what the facts say."""

    step = forms.ChoiceField(label="程序环节", choices=ChoosableStep.choices)
    is_needed = forms.TypedChoiceField(
        label="认定为", choices=(("yes", "需要"), ("no", "不需要")), coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label="理由", max_length=300, widget=_AREA)


class SecrecyForm(forms.Form):
    """A person who leads answers for not publishing (S0-4.1d)."""

    confirmed = forms.BooleanField(label="已核对：依法应当保密或者不予公开，理由成立")
