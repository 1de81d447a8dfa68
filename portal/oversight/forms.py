"""What the pages of a filing ask: the forms of its steps, of findings and of the county's lists."""

from django import forms

from portal.accounts.models import Person
from portal.documents.rendering.paper import NUMBER_SHAPE
from portal.moment import today
from portal.organisations.models import Organisation
from portal.oversight.form_check import return_reason
from portal.oversight.kinds import REVOCATION, filing_kinds
from portal.oversight.models import Filing, FilingFinding
from portal.web.forms import DayField, read_choices_once

_SHORT = forms.Textarea(attrs={"rows": 2})
_AREA = forms.Textarea(attrs={"rows": 4})


class ReturnForm(forms.Form):
    """退回补正: everything that is missing, said at once, and until when."""

    reason = forms.CharField(
        label="退回理由和需要补正的全部内容",
        max_length=2000,
        widget=_AREA,
        help_text="一次告知。退回期间，报备期限继续计算。",
    )
    until = DayField(label="补正期限")

    def __init__(self, *args, file=None, **kwargs):
        # The common form of steps stands beneath this one and wants the file too.
        super().__init__(*args, **({"file": file} if file is not None else {}), **kwargs)
        if file is not None:
            self.fields["reason"].initial = return_reason(file)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < today():
            raise forms.ValidationError("补正期限不能早于今天。")
        return until


class DecisionForm(forms.Form):
    """准予备案: the opinion that is printed in the letter."""

    opinion = forms.CharField(
        label="审查意见", max_length=4000, widget=_AREA,
        initial="经审查，该文件制定主体适格，未超越权限，内容未与上位规定抵触，程序符合规定，准予备案。",
        help_text="载入备案审查意见书。",
    )  # fmt: skip


class CorrectionForm(forms.Form):
    """限期修改或者纠正: which of the two, and the opinion as a whole; the findings are printed below it."""

    order = forms.ChoiceField(label="处理决定", choices=Filing.Order.choices, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="审查意见", max_length=4000, widget=_AREA,
        initial="经审查，该文件存在下列问题，请在规定期限内自行修改或者废止，并书面报告整改情况。",
        help_text="载入备案审查意见书；逐条意见由系统附在后面。",
    )  # fmt: skip


class RejectForm(forms.Form):
    """整改不到位: why."""

    reason = forms.CharField(label="整改不到位的理由", max_length=2000, widget=_AREA)


class ProposalForm(forms.Form):
    """提请撤销: why, and on what basis."""

    reason = forms.CharField(
        label="撤销理由", max_length=4000, widget=_AREA, help_text="写明未纠正的问题和制定机关的态度。"
    )
    basis = forms.CharField(label="撤销依据", max_length=300, initial=REVOCATION.basis)


class RevocationForm(ProposalForm):
    """撤销决定: which organ decided, who approved it, when, and under which number."""

    organ = forms.CharField(label="决定机关", max_length=120)
    approver = forms.CharField(label="批准人", max_length=120, help_text="姓名和职务，或者审议会议。")
    number = forms.CharField(label="撤销决定文号", max_length=60, help_text="例如：云府决〔2026〕1号。")
    on = DayField(label="撤销日期")

    def __init__(self, *args, file=None, **kwargs):
        super().__init__(*args, **({"file": file} if file is not None else {}), **kwargs)
        self.fields["on"].initial = today()
        if file is not None:
            self.fields["reason"].initial = file.revocation_reason
            self.fields["basis"].initial = file.revocation_basis
            self.fields["organ"].initial = file.recipient.name

    def clean_number(self):
        number = self.cleaned_data["number"].strip()
        if not NUMBER_SHAPE.fullmatch(number):
            raise forms.ValidationError("文号应当写作“云府决〔2026〕1号”，使用六角括号。")
        return number

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError("撤销日期不能晚于今天。")
        return day


class AssignForm(forms.Form):
    """Who reviews it, and why it goes to another."""

    person = forms.ModelChoiceField(
        label="审查人", queryset=Person.objects.none(), to_field_name="username", empty_label="请选择"
    )
    reason = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["person"].label_from_instance = lambda person: person.full_name


class FindingForm(forms.ModelForm):
    """One finding of the county: clause, kind of fault, problem, basis, suggestion."""

    class Meta:
        model = FilingFinding
        fields = ("clause", "fault", "problem", "basis", "suggestion")
        widgets = {"problem": forms.Textarea(attrs={"rows": 3}), "suggestion": _SHORT}


class AnswerForm(forms.Form):
    """The town's answer to one finding."""

    answer = forms.ChoiceField(label="整改结果", choices=FilingFinding.Answer.choices, widget=forms.RadioSelect)
    answer_text = forms.CharField(
        label="整改说明", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="已修改、已废止的写明新的文号和日期；不修改的说明理由和依据。",
    )  # fmt: skip


class SettleForm(forms.Form):
    """Why a finding is taken back or regarded as settled."""

    reason = forms.CharField(label="销号理由", max_length=300)


class InboxFilter(forms.Form):
    """The county's inbox, narrowed by town, kind and whose desk."""

    town = forms.ModelChoiceField(
        label="报送单位", queryset=Organisation.objects.none(), to_field_name="code", required=False, empty_label="全部"
    )
    kind = forms.ChoiceField(label="报备种类", required=False)
    desk = forms.ChoiceField(
        label="承办", required=False, choices=(("", "全部"), ("mine", "我认领的"), ("none", "待认领"))
    )

    def __init__(self, *args, towns, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["town"].queryset = towns
        self.fields["town"].label_from_instance = lambda town: town.short_name
        read_choices_once(self)
        self.fields["kind"].choices = [("", "全部"), *filing_kinds.choices()]


class PeriodForm(forms.Form):
    """A year, or a half or a quarter of it."""

    year = forms.TypedChoiceField(label="年度", coerce=int)
    quarter = forms.TypedChoiceField(
        label="时期", coerce=int, required=False, empty_value=0,
        choices=(
            (0, "全年"), (5, "上半年"), (6, "下半年"), (1, "第一季度"), (2, "第二季度"), (3, "第三季度"),
            (4, "第四季度"),
        ),
    )  # fmt: skip

    def __init__(self, data, **kwargs):
        this_year = today().year
        data = {"year": data.get("year") or this_year, "quarter": data.get("quarter") or 0}
        super().__init__(data, **kwargs)
        self.fields["year"].choices = [(year, f"{year} 年") for year in range(this_year, this_year - 6, -1)]
