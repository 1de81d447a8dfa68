"""What the county writes down when it holds somebody to account."""

from django import forms

from portal.moment import today
from portal.oversight.accountability.models import AccountabilityCase
from portal.web.forms import DayField

_AREA = forms.Textarea(attrs={"rows": 5})


class CaseForm(forms.ModelForm):
    """The record; ``acts`` are those of the file, as ``(key, words)``, to choose from."""

    decided_on = DayField(label="处理日期")

    class Meta:
        model = AccountabilityCase
        fields = [
            "ground", "responsibility", "finding", "result", "result_words", "decided_by", "decided_on",
            "decision_number",
        ]  # fmt: skip
        widgets = {"finding": _AREA}
        help_texts = {
            "finding": "违反了哪项规定、造成了什么后果、本人起了什么作用。",
            "result_words": "处分的种类、减免责任的理由等。",
            "decided_by": "有权作出处理的机关，例如县监察委员会。",
        }

    def __init__(self, *args, acts=(), **kwargs):
        super().__init__(*args, **kwargs)
        if acts:
            field = forms.ChoiceField(
                label="责任人及其行为", choices=[("", "请选择"), *acts], help_text="从这件决策的责任链中选择。"
            )
            self.fields = {"act": field, **self.fields}

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        if day > today():
            raise forms.ValidationError("处理日期不能晚于今天。")
        return day


class CorrectionForm(CaseForm):
    """The record anew, and why."""

    reason = forms.CharField(label="更正理由", max_length=300)
