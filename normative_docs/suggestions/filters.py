"""How the registers of suggestions and incidental reviews are narrowed, on the page and in the API."""

import django_filters
from django.db.models import Q

from normative_docs.suggestions.incidental.workflow import Stage as IncidentalStage
from normative_docs.suggestions.models import IncidentalReview, ReviewSuggestion
from normative_docs.suggestions.vocabulary import Channel, Result, Verdict
from normative_docs.suggestions.workflow import Stage
from portal.casefiles.filters import OfUnitsInScope
from portal.organisations.models import Organisation


class _OfTown(OfUnitsInScope):
    def by_words(self, queryset, name, value):
        return queryset.filter(Q(title__icontains=value) | Q(number__icontains=value))


class SuggestionFilter(_OfTown):
    q = django_filters.CharFilter(label="关键词", method="by_words")
    stage = django_filters.ChoiceFilter(label="环节", choices=Stage.choices, empty_label="全部")
    result = django_filters.ChoiceFilter(label="结果", choices=Result.choices, empty_label="全部")
    organisation = django_filters.ModelChoiceFilter(
        label="制定机关", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )

    class Meta:
        model = ReviewSuggestion
        fields: list[str] = []


class IncidentalFilter(_OfTown):
    q = django_filters.CharFilter(label="关键词", method="by_words")
    stage = django_filters.ChoiceFilter(label="环节", choices=IncidentalStage.choices, empty_label="全部")
    channel = django_filters.ChoiceFilter(label="来源", choices=Channel.choices, empty_label="全部")
    verdict = django_filters.ChoiceFilter(label="认定结果", choices=Verdict.choices, empty_label="全部")
    organisation = django_filters.ModelChoiceFilter(
        label="制定机关", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )

    class Meta:
        model = IncidentalReview
        fields: list[str] = []
