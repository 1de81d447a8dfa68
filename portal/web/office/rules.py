"""``/county/rules/``: the choices that the law leaves to the county, with a preview before each change."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.casefiles.models import CaseFile
from portal.moment import today
from portal.organisations.models import Organisation, OrganisationKind, OrganisationLevel, PolicySetting
from portal.organisations.policy import PolicyKey, policies
from portal.web.forms import DayField
from portal.web.inside.access import InsideView
from portal.web.inside.case_page import case_url
from portal.web.office.policy_setting import SettingRefused, governed, in_words, preview_setting, set_value
from portal.web.tables import Cell, Column, Row, Table

HERE = "规则维护"
MOST_LISTED = 50


def tabs(current: str) -> list[dict]:
    """The parts of the rules."""
    pages = (("rules", "地区设置"), ("limits", "法定期限"), ("calendar", "放假安排"), ("qualifications", "主体资格"))
    return [{"label": label, "url": reverse(f"office:{name}"), "current": name == current} for name, label in pages]


def own_county(person) -> Organisation:
    """The county whose rules this person keeps."""
    return person.organisation.county()


def named_or_hidden(files, person) -> dict[int, CaseFile]:
    """Those of the files that the person may see, by key: no draft is shown to the county for the sake of a rule."""
    return CaseFile.objects.visible_to(person).in_bulk([file.pk for file in files])


class ValueForm(forms.Form):
    """A new value of one key, from which day, on which basis."""

    organisation = forms.ModelChoiceField(label="适用机构", queryset=Organisation.objects.none(), empty_label=None)
    value = forms.CharField(label="取值", max_length=200)
    valid_from = DayField(label="起效日期", help_text="今天或者以后的日期；已经办理的步骤不受影响。")
    basis = forms.CharField(label="依据", max_length=200, help_text="作出这一选择的文件名称和文号。")

    def __init__(self, *args, key: PolicyKey, county: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.key = key
        towns = Organisation.objects.within(county).filter(
            level__in=(OrganisationLevel.COUNTY, OrganisationLevel.TOWNSHIP)
        )
        self.fields["organisation"].queryset = towns.exclude(kind=OrganisationKind.COLLECTIVE).order_by("path")
        self.fields["valid_from"].initial = today
        choices = {"switch": (("是", "启用"), ("否", "不启用")), "choice": key.choices}.get(key.kind)
        if choices:
            self.fields["value"] = forms.ChoiceField(label="取值", choices=choices, widget=forms.RadioSelect)
        self.fields["value"].basis = key.basis

    def clean_value(self):
        try:
            return self.key.parse(self.cleaned_data["value"])
        except ValueError as refused:
            raise ValidationError(str(refused)) from refused


class RulesView(InsideView):
    """Every declared key with the value in force."""

    authority = "county.rules"

    def get(self, request):
        county = own_county(request.user)
        day = today()
        in_force = PolicySetting.objects.filter(
            organisation__in=Organisation.objects.within(county), valid_from__lte=day
        ).exclude(valid_until__lt=day)
        by_code: dict[str, list[PolicySetting]] = {}
        for setting in in_force.select_related("organisation").order_by("organisation__path"):
            by_code.setdefault(setting.code, []).append(setting)
        rows = [self._row(key, by_code.get(key.code, []), county) for key in policies.all()]
        table = Table(
            label="地区设置",
            columns=[Column("设置项", kind="title"), Column("现行取值"), Column("依据"), Column("乡镇另有取值")],
            rows=rows,
            count_text=f"共 {len(rows)} 项",
            stack=True,
        )
        context = {"title": HERE, "crumbs": [(HERE, "")], "tabs": tabs("rules"), "table": table}
        return render(request, "office/rules.html", context)

    @staticmethod
    def _row(key, settings, county):
        of_county = next((setting for setting in settings if setting.organisation_id == county.pk), None)
        own = [f"{s.organisation.short_name}：{in_words(key, s.value)}" for s in settings if s is not of_county]
        if of_county is None:
            value, basis = f"{in_words(key, key.default)}（默认）", key.basis
        else:
            value, basis = in_words(key, of_county.value), of_county.basis
        return Row(
            key=key.code,
            name=key.label,
            cells=[
                Cell(key.label, kind="title", url=reverse("office:rule", args=[key.code]), sub=key.code),
                Cell(value, stack_label="现行取值"),
                Cell(basis, stack_label="依据"),
                Cell("；".join(own) or "无", stack_label="乡镇另有取值"),
            ],
        )


class RuleView(InsideView):
    """One key: its history, and a new value after a preview of what it changes."""

    authority = "county.rules"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if kwargs["code"] not in policies:
            raise Http404
        self.key = policies[kwargs["code"]]

    def form(self, data=None):
        return ValueForm(data, key=self.key, county=own_county(self.request.user))

    def get(self, request, code):
        return self._page(self.form())

    def post(self, request, code):
        form = self.form(request.POST)
        if not form.is_valid() or "revise" in request.POST:
            return self._page(form, 200 if form.is_valid() else 422)
        wanted = form.cleaned_data
        try:
            if request.POST.get("confirmed") != "yes":
                preview = preview_setting(self.key, wanted["organisation"], wanted["value"], wanted["valid_from"])
                return self._preview(form, preview)
            set_value(
                code, wanted["organisation"], wanted["value"], wanted["valid_from"], wanted["basis"], by=request.user
            )
        except SettingRefused as refused:
            form.add_error("valid_from", str(refused))
            return self._page(form, 409)
        shown = in_words(self.key, wanted["value"])
        messages.success(
            request, f"{self.key.label}：自 {wanted['valid_from']} 起为「{shown}」（{wanted['organisation']}）。",
            extra_tags="已设定",
        )  # fmt: skip
        return redirect("office:rule", code=code)

    def _crumbs(self, *below):
        return [(HERE, reverse("office:rules")), (self.key.label, ""), *((label, "") for label in below)]

    def _page(self, form, status=200):
        county = own_county(self.request.user)
        history = PolicySetting.objects.filter(code=self.key.code, organisation__in=Organisation.objects.within(county))
        context = {
            "title": self.key.label,
            "crumbs": self._crumbs(),
            "key": self.key,
            "default": in_words(self.key, self.key.default),
            "gates": governed(self.key),
            "history": [
                {"setting": setting, "value": in_words(self.key, setting.value)}
                for setting in history.select_related("organisation").order_by("-valid_from", "organisation__path")
            ],
            "form": form,
        }
        return render(self.request, "office/rule.html", context, status=status)

    def _preview(self, form, preview):
        seen = named_or_hidden([touched.file for touched in preview.touched[:MOST_LISTED]], self.request.user)
        rows = [
            {
                "touched": touched,
                "title": touched.file.title if touched.file.pk in seen else "尚未报县的事项",
                "url": case_url(seen[touched.file.pk]) if touched.file.pk in seen else "",
            }
            for touched in preview.touched[:MOST_LISTED]
        ]
        context = {
            "title": f"确认：{self.key.label}",
            "crumbs": self._crumbs("确认"),
            "preview": preview,
            "before": in_words(self.key, preview.before),
            "after": in_words(self.key, preview.after),
            "replaced": [
                f"自 {old.valid_from:%Y-%m-%d} 起「{in_words(self.key, old.value)}」" for old in preview.replaced
            ],
            "rows": rows,
            "at_once": sum(touched.at_once for touched in preview.touched),
            "not_listed": max(0, len(preview.touched) - MOST_LISTED),
            "answers": [(field.name, field.data) for field in form],
            "basis": form.cleaned_data["basis"],
        }
        return render(self.request, "office/rule_preview.html", context)
