"""How the register of decisions is narrowed, on the page and in the API."""

import django_filters
from django import forms

from decisions.models import MajorDecision
from decisions.vocabulary import Proposer
from decisions.workflow import Stage
from portal.casefiles.filters import DraftedFileFilter
from portal.organisations.models import Organisation


class DecisionFilter(DraftedFileFilter):
    """The first four fields stand in the filter row."""

    q = django_filters.CharFilter(label="关键词", method="by_words")
    stage = django_filters.ChoiceFilter(label="环节", choices=Stage.choices, empty_label="全部")
    proposer_kind = django_filters.ChoiceFilter(label="提出主体", choices=Proposer.choices, empty_label="全部")
    handling_unit = django_filters.ModelChoiceFilter(
        label="承办单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )
    organisation = django_filters.ModelChoiceFilter(
        label="单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )
    decided_from = django_filters.DateFilter(
        label="决策日期起", field_name="decided_on", lookup_expr="gte", widget=forms.DateInput(attrs={"type": "date"})
    )
    decided_until = django_filters.DateFilter(
        label="决策日期止", field_name="decided_on", lookup_expr="lte", widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = MajorDecision
        fields: list[str] = []
