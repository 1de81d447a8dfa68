"""Forms of the security administrator."""

from django import forms
from django.core.exceptions import ValidationError

from portal.accounts.models import Person
from portal.accounts.roles import ROLES
from portal.moment import today
from portal.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from portal.web.forms import DayField


def units_of(person):
    """Organisations whose accounts the security administrator keeps: the whole county, from whichever office."""
    within = Organisation.objects.none()
    for assignment in person.current_roles():
        if "security.people" in ROLES[assignment.role].authorities:
            county = assignment.organisation.path.split("/")[0]
            within = within | Organisation.objects.filter(path__startswith=f"{county}/")
    return within.exclude(kind=OrganisationKind.COLLECTIVE).order_by("path")


class AccountForm(forms.ModelForm):
    """What is known of a person. The user name is chosen once."""

    class Meta:
        model = Person
        fields = ("full_name", "organisation", "phone", "email")

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units
        self.fields["organisation"].empty_label = "请选择"
        for name in ("full_name", "phone", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class NewAccountForm(AccountForm):
    username = forms.RegexField(
        label="用户名",
        regex=r"^[a-z][a-z0-9_.-]{2,39}$",
        help_text="小写字母开头，3 至 40 位，可用数字和 _ . -；建号以后不能更改。",
        error_messages={"invalid": "用户名应当以小写字母开头，由小写字母、数字和 _ . - 组成，3 至 40 位。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    class Meta(AccountForm.Meta):
        fields = ("username", "full_name", "organisation", "phone", "email")

    def clean_username(self):
        username = self.cleaned_data["username"]
        if Person.objects.filter(username=username).exists():
            raise ValidationError("这个用户名已被使用。")
        return username


class GrantForm(forms.Form):
    """A role, where, and for how long."""

    role = forms.ChoiceField(label="角色")
    organisation = forms.ModelChoiceField(label="机构", queryset=Organisation.objects.none())
    valid_from = DayField(label="起始日期")
    valid_until = DayField(label="截止日期", required=False, help_text="不填为长期。")

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "请选择"), *((role.code, role.label) for role in ROLES.values())]
        self.fields["organisation"].queryset = units
        self.fields["organisation"].empty_label = "请选择"
        self.fields["valid_from"].initial = today

    def clean(self):
        cleaned = super().clean()
        role, organisation = ROLES.get(cleaned.get("role", "")), cleaned.get("organisation")
        if role is not None and organisation is not None:
            at_county = organisation.level == OrganisationLevel.COUNTY
            if role.audience in ("county", "admin") and not at_county:
                self.add_error("organisation", f"{role.label}只能在县级机构授予。")
            if role.audience == "staff" and at_county:
                self.add_error("organisation", f"{role.label}应当在乡镇（街道）或者其下属机构授予。")
        return cleaned


class PeopleFilter(forms.Form):
    q = forms.CharField(label="姓名或用户名", required=False, max_length=40)
    organisation = forms.ModelChoiceField(label="机构", required=False, queryset=Organisation.objects.none())
    role = forms.ChoiceField(label="角色", required=False)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("active", "启用"), ("disabled", "已停用")]
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units
        self.fields["organisation"].empty_label = "全部"
        self.fields["role"].choices = [("", "全部"), *((role.code, role.label) for role in ROLES.values())]


class HoldersFilter(forms.Form):
    role = forms.ChoiceField(label="角色", required=False)
    organisation = forms.ModelChoiceField(label="机构", required=False, queryset=Organisation.objects.none())
    on = DayField(label="在这一天持有", required=False)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units
        self.fields["organisation"].empty_label = "全部"
        self.fields["role"].choices = [("", "全部"), *((role.code, role.label) for role in ROLES.values())]
