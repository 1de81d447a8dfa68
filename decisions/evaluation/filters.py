"""How the register of evaluations is narrowed, on the page and in the API."""

import django_filters
from django.db.models import Q

from decisions.evaluation.models import DecisionEvaluation
from decisions.evaluation.vocabulary import EvaluatorKind, Outcome
from decisions.evaluation.workflow import Stage
from portal.casefiles.scope import organisations_in_sight
from portal.organisations.models import Organisation, OrganisationLevel


class DecisionEvaluationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="关键词", method="by_words")
    stage = django_filters.ChoiceFilter(label="环节", choices=Stage.choices, empty_label="全部")
    outcome = django_filters.ChoiceFilter(label="结论", choices=Outcome.choices, empty_label="全部")
    evaluator_kind = django_filters.ChoiceFilter(label="评估方式", choices=EvaluatorKind.choices, empty_label="全部")
    year = django_filters.NumberFilter(label="选择年份", field_name="opened_on__year")
    organisation = django_filters.ModelChoiceFilter(
        label="单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )

    class Meta:
        model = DecisionEvaluation
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = organisations_in_sight(getattr(self.request, "user", None))
        self.filters["organisation"].queryset = units.exclude(
            level__in=(OrganisationLevel.VILLAGE, OrganisationLevel.OFFICE)
        )

    def by_words(self, queryset, name, value):
        return queryset.filter(
            Q(title__icontains=value) | Q(number__icontains=value) | Q(decision__document_number__icontains=value)
        )
