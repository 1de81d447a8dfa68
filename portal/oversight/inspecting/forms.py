"""What the pages of an inspection ask."""

from datetime import timedelta

from django import forms

from portal.moment import today
from portal.organisations.models import Organisation
from portal.oversight.models import Inspection, InspectionFinding
from portal.web.forms import DayField

_AREA = forms.Textarea(attrs={"rows": 3})
USUAL_DAYS = 30


class OpenForm(forms.Form):
    """A new inspection of one town."""

    town = forms.ModelChoiceField(
        label="被检查单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="请选择"
    )
    kind = forms.ChoiceField(label="检查类别", choices=Inspection.Kind.choices, widget=forms.RadioSelect)
    inspected_on = DayField(label="检查日期")
    inspectors = forms.CharField(label="检查人员", max_length=120, help_text="多人用顿号分开。")
    scope_text = forms.CharField(
        label="检查内容", max_length=1000, required=False, widget=_AREA,
        help_text="例如：制定程序、公开发布、报送备案、定期清理。",
    )  # fmt: skip

    def __init__(self, *args, towns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["town"].queryset = towns
        self.fields["town"].label_from_instance = lambda town: town.short_name

    def clean_inspected_on(self):
        day = self.cleaned_data["inspected_on"]
        if day > today():
            raise forms.ValidationError("检查日期不能晚于今天。")
        return day


class DocumentsForm(forms.Form):
    """Which documents were looked at: of the portal, or named in words."""

    files = forms.ModelMultipleChoiceField(
        label="系统中的文件", queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        to_field_name="public_id",
    )  # fmt: skip
    others = forms.CharField(
        label="其他文件", required=False, max_length=2000, widget=_AREA, help_text="每行一件，写明名称和文号。"
    )

    def __init__(self, *args, documents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].queryset = documents

    def clean_others(self):
        return [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]

    def clean(self):
        if not self.errors and not self.cleaned_data.get("files") and not self.cleaned_data.get("others"):
            self.add_error("others", "请选择或者写明至少一件文件。")


class SummaryForm(forms.Form):
    """The account of what was seen."""

    summary = forms.CharField(label="检查情况", max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))


class FindingForm(forms.ModelForm):
    """One problem: where, what, on what basis, and what is asked."""

    class Meta:
        model = InspectionFinding
        fields = ("document", "problem", "basis", "demand")
        widgets = {"problem": _AREA, "demand": forms.Textarea(attrs={"rows": 2})}


class AnswerForm(forms.Form):
    """How the town put one problem right."""

    answer = forms.CharField(label="整改情况", max_length=4000, widget=_AREA)


class AgainForm(forms.Form):
    """A new limit."""

    until = DayField(label="整改期限")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = today() + timedelta(days=USUAL_DAYS)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= today():
            raise forms.ValidationError("整改期限应当晚于今天。")
        return until


class IssueForm(AgainForm):
    """下达检查意见: until when it must be put right."""
