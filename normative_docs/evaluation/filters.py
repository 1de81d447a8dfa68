"""How the register of evaluations is narrowed, on the page and in the API."""

import django_filters
from django.db.models import Q

from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.vocabulary import EvaluationKind, Outcome
from normative_docs.evaluation.workflow import Stage
from portal.casefiles.filters import OfUnitsInScope
from portal.organisations.models import Organisation


class EvaluationFilter(OfUnitsInScope):
    q = django_filters.CharFilter(label="关键词", method="by_words")
    stage = django_filters.ChoiceFilter(label="环节", choices=Stage.choices, empty_label="全部")
    evaluation_kind = django_filters.ChoiceFilter(label="评估种类", choices=EvaluationKind.choices, empty_label="全部")
    outcome = django_filters.ChoiceFilter(label="结论", choices=Outcome.choices, empty_label="全部")
    organisation = django_filters.ModelChoiceFilter(
        label="单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )

    class Meta:
        model = Evaluation
        fields: list[str] = []

    def by_words(self, queryset, name, value):
        return queryset.filter(
            Q(title__icontains=value) | Q(number__icontains=value) | Q(document__document_number__icontains=value)
        )
