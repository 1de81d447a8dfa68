"""What the reviewer and the drafter fill in."""

from django import forms

from portal.legal_review.checklist import questions_for
from portal.legal_review.models import Finding

_AREA = forms.Textarea(attrs={"rows": 3})


class FindingForm(forms.Form):
    """One problem of one clause."""

    clause = forms.CharField(label="条款", max_length=60, help_text="例如：第六条第二款。")
    problem = forms.CharField(label="问题", max_length=2000, widget=_AREA)
    basis = forms.CharField(label="依据", max_length=200, help_text="法律、法规、规章或者文件的名称和条款。")
    suggestion = forms.CharField(label="修改建议", max_length=2000, widget=_AREA, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ResponseForm(forms.Form):
    """What the drafter does about a finding."""

    response = forms.ChoiceField(label="回应", choices=Finding.Response.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="说明",
        max_length=2000,
        widget=_AREA,
        required=False,
        help_text="部分采纳或者不采纳的，必须说明理由；采纳的，可以写明怎样修改。",
    )
    reason.basis = "国办发〔2018〕115号 六"
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        response = cleaned.get("response")
        if response and response != Finding.Response.ACCEPTED and not cleaned.get("reason", "").strip():
            self.add_error("reason", "部分采纳或者不采纳的，应当说明理由。")
        return cleaned


class ChecklistForm(forms.Form):
    """The review list: every question met or not, with a note where it is not."""

    def __init__(self, *args, file, **kwargs):
        super().__init__(*args, **kwargs)
        self._asked = questions_for(file)
        for question in self._asked:
            answer = forms.ChoiceField(
                label=question.text, choices=(("yes", "符合"), ("no", "不符合")), widget=forms.RadioSelect,
                error_messages={"required": f"请选择：{question.text}"},
            )  # fmt: skip
            answer.basis = question.basis
            self.fields[question.code] = answer
            self.fields[f"{question.code}_note"] = forms.CharField(label="说明", max_length=300, required=False)

    def clean(self):
        cleaned = super().clean()
        for question in self._asked:
            if cleaned.get(question.code) == "no" and not cleaned.get(f"{question.code}_note", "").strip():
                self.add_error(f"{question.code}_note", f"不符合的，请说明：{question.text}")
        return cleaned

    def answers(self) -> dict[str, tuple[bool, str]]:
        """As ``reviewing.answer_checklist`` takes them."""
        cleaned = self.cleaned_data
        return {
            question.code: (cleaned[question.code] == "yes", cleaned[f"{question.code}_note"].strip())
            for question in self._asked
        }

    def questions(self):
        """(answer field, note field) in the order of the list, for the template."""
        return [(self[question.code], self[f"{question.code}_note"]) for question in self._asked]
