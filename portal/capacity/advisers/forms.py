"""What is asked of an appointment."""

from django import forms

from portal.capacity.advisers.appointing import advised_units
from portal.capacity.advisers.models import AdviserAppointment
from portal.moment import today
from portal.organisations.models import Organisation
from portal.web.forms import DayField

_KIND, _PROFESSION, _SELECTION = (
    AdviserAppointment.Kind, AdviserAppointment.Profession, AdviserAppointment.Selection,
)  # fmt: skip


class AdviserForm(forms.ModelForm):
    """One appointment, for an organisation whose records the person keeps."""

    kind = forms.ChoiceField(label="类别", choices=_KIND.choices, widget=forms.RadioSelect, initial=_KIND.EXTERNAL)
    profession = forms.ChoiceField(label="身份", choices=_PROFESSION.choices, initial=_PROFESSION.LAWYER)
    selection = forms.ChoiceField(label="选聘方式", choices=_SELECTION.choices)
    fee = forms.DecimalField(
        label="年费用（元）", min_value=0, max_digits=10, decimal_places=2, required=False, help_text="没有费用的留空。"
    )
    appointed_from = DayField(label="聘任日期", initial=today)
    appointed_until = DayField(
        label="聘期至", required=False, help_text="最后一天，当日仍在聘；只有公职律师可以没有期限。"
    )

    class Meta:
        model = AdviserAppointment
        fields = (
            "organisation", "kind", "name", "firm", "profession", "licence_number", "selection", "appointed_from",
            "appointed_until", "notice_number", "fee", "duties",
        )  # fmt: skip
        help_texts = {
            "name": "聘任律师事务所的，填写负责的律师。",
            "licence_number": "律师执业证号、公职律师证号；律师必须填写。",
            "notice_number": "例如：龙政发〔2026〕5号。",
            "duties": "例如：重大行政决策和规范性文件合法性审查、合同审查、代理诉讼。",
        }
        widgets = {"duties": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, keeper: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        units = advised_units(keeper)
        self.fields["organisation"].queryset = units
        if keeper.parent_id is not None:
            # A town enters its own advisers only: there is nothing to choose.
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = keeper

    def clean_name(self):
        return "".join(self.cleaned_data["name"].split())

    def clean_firm(self):
        return " ".join(self.cleaned_data["firm"].split())

    def clean(self):
        found = super().clean()
        start, end = found.get("appointed_from"), found.get("appointed_until")
        if start and end and end < start:
            self.add_error("appointed_until", "聘期届满日不能早于聘任日期。")
        is_lawyer = found.get("profession") == _PROFESSION.LAWYER or found.get("kind") == _KIND.PUBLIC_LAWYER
        if is_lawyer and not found.get("licence_number"):
            self.add_error("licence_number", "律师应当填写执业证号。")
        if found.get("kind") != _KIND.PUBLIC_LAWYER and "appointed_until" not in self.errors and not end:
            self.add_error("appointed_until", "除公职律师外，聘任应当有期限。")
        return found

    def _post_clean(self):
        """The constraints are judged by the service, which says beside which field; nothing is written here."""

    @property
    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
