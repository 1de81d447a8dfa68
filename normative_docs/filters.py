"""How the register of normative documents is narrowed, on the page and in the API."""

import django_filters
from django import forms
from django.db.models import Q

from normative_docs.models import Effect, NormativeDocument
from normative_docs.workflow import Stage
from portal.casefiles.filters import DraftedFileFilter
from portal.moment import today
from portal.organisations.models import Organisation


def in_effect(queryset, effect: str, day=None):
    """Documents with this effect on that day, by the same dates as ``NormativeDocument.effect_on``."""
    day = day or today()
    not_repealed = Q(repealed_on__isnull=True) | Q(repealed_on__gt=day)
    standing = not_repealed & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    match effect:
        case Effect.REPEALED:
            return queryset.filter(repealed_on__lte=day)
        case Effect.LAPSED:
            return queryset.filter(not_repealed, valid_until__lt=day)
        case Effect.IN_FORCE:
            return queryset.filter(standing, effective_on__lte=day)
        case Effect.UNKNOWN:
            return queryset.filter(standing, effective_on__isnull=True, stage=Stage.RECORDED)
        case Effect.PENDING:
            later = Q(effective_on__gt=day) | (Q(effective_on__isnull=True) & ~Q(stage=Stage.RECORDED))
            return queryset.filter(standing & later)
    return queryset


class DocumentFilter(DraftedFileFilter):
    """The first four fields stand in the filter row."""

    q = django_filters.CharFilter(label="关键词", method="by_words")
    stage = django_filters.ChoiceFilter(label="环节", choices=Stage.choices, empty_label="全部")
    effect = django_filters.ChoiceFilter(label="效力", choices=Effect.choices, method="by_effect", empty_label="全部")
    handling_unit = django_filters.ModelChoiceFilter(
        label="起草单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )
    organisation = django_filters.ModelChoiceFilter(
        label="单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )
    published_from = django_filters.DateFilter(
        label="公布日期起", field_name="published_on", lookup_expr="gte", widget=forms.DateInput(attrs={"type": "date"})
    )
    published_until = django_filters.DateFilter(
        label="公布日期止", field_name="published_on", lookup_expr="lte", widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = NormativeDocument
        fields: list[str] = []

    def by_effect(self, queryset, name, value):
        return in_effect(queryset, value)
