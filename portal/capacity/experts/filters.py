"""How the pool is narrowed: the register inside, and the page for the public."""

from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Q

from portal.capacity.experts.models import Expert
from portal.capacity.experts.vocabulary import Field, Kind
from portal.moment import today
from portal.organisations.models import Organisation

STATES = (("current", "在聘"), ("over", "已结束"), ("later", "未到聘期"))


class ExpertFilter(django_filters.FilterSet):
    """The first four fields stand in the filter row."""

    q = django_filters.CharFilter(label="姓名或者单位", method="by_words")
    field = django_filters.ChoiceFilter(
        label="专业领域", choices=Field.choices, method="by_field", empty_label="全部"
    )  # fmt: skip
    state = django_filters.ChoiceFilter(label="状态", choices=STATES, method="by_state", empty_label="全部")
    owner = django_filters.ModelChoiceFilter(
        label="所属专家库", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )
    kind = django_filters.ChoiceFilter(label="类别", choices=Kind.choices, empty_label="全部")
    open_to_public = django_filters.BooleanFilter(label="本人同意公开", field_name="consents_to_publication")

    class Meta:
        model = Expert
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["owner"].queryset = Organisation.objects.filter(
            pk__in=self.queryset.order_by().values("owner")
        ).order_by("path")

    def by_words(self, queryset, name, value):
        return queryset.filter(Q(name__icontains=value) | Q(employer__icontains=value))

    def by_field(self, queryset, name, value):
        return queryset.filter(expertise__contains=[value])

    def by_state(self, queryset, name, value):
        match value:
            case "current":
                return queryset.in_force(today())
            case "over":
                return queryset.over(today())
        return queryset.filter(appointed_from__gt=today())


class PublicExpertFilter(forms.Form):
    """GET form; what it does not know is passed over, so that no address of a reader breaks."""

    use_required_attribute = False

    field = forms.ChoiceField(label="专业领域", required=False, choices=[("", "全部"), *Field.choices])
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *Kind.choices])
    q = forms.CharField(label="姓名或者单位", required=False, max_length=40)

    def __init__(self, data):
        super().__init__(data)
        self.is_valid()

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    def experts(self):
        """Who is public today and fits."""
        chosen, found = self.chosen, Expert.objects.public(today())
        if "field" in chosen:
            found = found.filter(expertise__contains=[chosen["field"]])
        if "kind" in chosen:
            found = found.filter(kind=chosen["kind"])
        if "q" in chosen:
            found = found.filter(Q(name__icontains=chosen["q"]) | Q(employer__icontains=chosen["q"]))
        return found

    def chips(self) -> list[dict]:
        """Each condition with the address that takes it away."""
        labels = dict([*Field.choices, *Kind.choices])
        return [
            {
                "label": f"{self.fields[name].label}：{value if name == 'q' else labels[value]}",
                "url": "?" + urlencode({other: kept for other, kept in self.chosen.items() if other != name}),
            }
            for name, value in self.chosen.items()
        ]
