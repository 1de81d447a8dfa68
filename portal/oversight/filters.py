"""How the register of filings is narrowed, on the page and in the API."""

import django_filters
from django import forms
from django.db.models import F, Q

from portal.casefiles.scope import organisations_in_sight
from portal.organisations.models import Organisation
from portal.oversight.kinds import filing_kinds
from portal.oversight.models import Filing
from portal.oversight.workflow import Stage

_DAY = forms.DateInput(attrs={"type": "date"})
ON_TIME = (("yes", "按期"), ("no", "超期"), ("open", "尚未报送"))


class FilingFilter(django_filters.FilterSet):
    """The first four fields stand in the filter row."""

    q = django_filters.CharFilter(label="关键词", method="by_words")
    filing_kind = django_filters.ChoiceFilter(label="报备种类", choices=filing_kinds.choices, empty_label="全部")
    stage = django_filters.ChoiceFilter(label="环节", choices=Stage.choices, empty_label="全部")
    on_time = django_filters.ChoiceFilter(
        label="是否按期", choices=ON_TIME, method="by_punctuality", empty_label="全部"
    )
    organisation = django_filters.ModelChoiceFilter(
        label="报送单位", queryset=Organisation.objects.none(), empty_label="全部"
    )
    submitted_from = django_filters.DateFilter(
        label="报送日期起", field_name="submitted_on", lookup_expr="gte", widget=_DAY
    )
    submitted_until = django_filters.DateFilter(
        label="报送日期止", field_name="submitted_on", lookup_expr="lte", widget=_DAY
    )

    class Meta:
        model = Filing
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Only units among whose files the person may look: the list tells nothing about others.
        self.filters["organisation"].queryset = organisations_in_sight(getattr(self.request, "user", None)).towns()

    def by_words(self, queryset, name, value):
        return queryset.filter(
            Q(title__icontains=value) | Q(receipt_number__icontains=value) | Q(subject_number__icontains=value)
        )

    def by_punctuality(self, queryset, name, value):
        match value:
            case "yes":
                return queryset.filter(submitted_on__lte=F("due_on"))
            case "no":
                return queryset.filter(submitted_on__gt=F("due_on"))
        return queryset.filter(submitted_on__isnull=True)
