"""What is filled in about questionnaires: the questions by the clerk, the answers by the public."""

from django import forms
from django.forms import BaseFormSet, formset_factory

from portal.consultation.forms import HoneypotForm, without_personal_numbers
from portal.consultation.models import Question, Questionnaire
from portal.consultation.questionnaires import LONGEST_TEXT, MOST_QUESTIONS, Asked, fault_of
from portal.moment import today
from portal.web.forms import DayField

FIRST_ROWS = 3


class OpenForm(forms.Form):
    """The frame of a questionnaire."""

    title = forms.CharField(label="标题", max_length=200)
    purpose = forms.CharField(
        label="调查目的", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明结果用来做什么、什么时候公布。",
    )  # fmt: skip
    opens_on = DayField(label="开始日期")
    closes_on = DayField(label="截止日期", help_text="当日 24 时截止；以后可以延长，不能提前。")
    contact_unit = forms.CharField(label="联系单位", max_length=100)
    contact_phone = forms.CharField(label="联系电话", max_length=60)

    def clean_opens_on(self):
        day = self.cleaned_data["opens_on"]
        if day < today():
            raise forms.ValidationError("开始日期不能早于今天。")
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("opens_on") and cleaned.get("closes_on") and cleaned["closes_on"] < cleaned["opens_on"]:
            self.add_error("closes_on", "截止日期不能早于开始日期。")
        return cleaned


class QuestionForm(forms.Form):
    """One question; a row without text is left out."""

    text = forms.CharField(label="题目", max_length=300, required=False)
    kind = forms.ChoiceField(label="题型", choices=Question.Kind.choices, required=False, initial=Question.Kind.SINGLE)
    options = forms.CharField(
        label="选项", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="单选、多选题填写，每行一个。",
    )  # fmt: skip
    required = forms.BooleanField(label="必答", required=False, initial=True)
    mark_optional = False

    @property
    def is_blank(self) -> bool:
        cleaned = getattr(self, "cleaned_data", {})
        return not cleaned.get("text") and not cleaned.get("options")

    def asked(self) -> Asked:
        given = self.cleaned_data
        options = tuple(line.strip() for line in given.get("options", "").splitlines() if line.strip())
        return Asked(given.get("text", ""), given.get("kind") or Question.Kind.SINGLE, options, given["required"])

    def clean(self):
        cleaned = super().clean()
        if not self.is_blank and not self.errors:
            asked = self.asked()
            fault = fault_of(asked)
            if fault:
                self.add_error("options" if asked.text.strip() else "text", fault)
        return cleaned


class _Rows(BaseFormSet):
    def clean(self):
        if not any(self.errors) and not self.asked():
            raise forms.ValidationError("请至少填写一道题。")

    def asked(self) -> list[Asked]:
        return [form.asked() for form in self.forms if not form.is_blank]


QuestionRows = formset_factory(
    QuestionForm, formset=_Rows, extra=FIRST_ROWS, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS
)


class AnswerForm(HoneypotForm):
    """The questions of one questionnaire, in their order; ``token`` makes a form sent twice one answer."""

    token = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "表单已失效，请重新打开页面填写。"})
    Kind = Question.Kind

    def __init__(self, *args, questionnaire: Questionnaire, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = list(questionnaire.questions.all())
        for question in self.questions:
            self.fields[f"q{question.order}"] = self._field(question)

    def _field(self, question) -> forms.Field:
        label = f"{question.order}. {question.text}"
        if question.kind == self.Kind.TEXT:
            field = forms.CharField(
                max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}),
                help_text=f"不超过 {LONGEST_TEXT} 字，请不要写姓名、电话等个人信息。",
            )  # fmt: skip
        elif question.kind == self.Kind.MULTIPLE:
            field = forms.TypedMultipleChoiceField(
                choices=question.choices, coerce=int, widget=forms.CheckboxSelectMultiple, help_text="可以选几项。"
            )
        else:
            words = "1 分最低，5 分最高。" if question.kind == self.Kind.SCALE else ""
            field = forms.TypedChoiceField(
                choices=question.choices, coerce=int, empty_value=None, widget=forms.RadioSelect, help_text=words
            )
        field.label, field.required = label, question.required
        field.error_messages["required"] = f"请回答第 {question.order} 题"
        return field

    def clean(self):
        cleaned = super().clean()
        for question in self.questions:
            name = f"q{question.order}"
            if question.kind == self.Kind.TEXT and cleaned.get(name):
                try:
                    without_personal_numbers(cleaned[name])
                except forms.ValidationError as fault:
                    self.add_error(name, fault)
        return cleaned

    def question_fields(self) -> list:
        return [self[f"q{question.order}"] for question in self.questions]

    def answers(self) -> dict[int, list[int] | str]:
        """What ``answer_questionnaire`` takes."""
        given = {}
        for question in self.questions:
            value = self.cleaned_data.get(f"q{question.order}")
            if question.kind == self.Kind.TEXT or isinstance(value, list):
                given[question.order] = value
            else:
                given[question.order] = [] if value is None else [value]
        return given


class ProlongForm(forms.Form):
    """A later closing day."""

    closes_on = DayField(label="新的截止日期")


class FindingsForm(forms.Form):
    """What the office says of the results."""

    findings = forms.CharField(
        label="结果说明", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="主要结论和下一步打算，随结果公布。文字题的回答不公布，有代表性的意见可以概括写在这里。",
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label="结果可以公布，不含个人隐私。", error_messages={"required": "请先确认这一项。"}
    )  # fmt: skip

    def clean_findings(self):
        return without_personal_numbers(self.cleaned_data["findings"])
