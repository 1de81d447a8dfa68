"""How the register of requests is narrowed, on the page and in the API."""

import django_filters
from django.db.models import Q

from portal.casefiles.filters import OfUnitsInScope
from portal.county_requests.kinds import kind_choices
from portal.county_requests.models import CountyRequest
from portal.county_requests.vocabulary import Conclusion
from portal.county_requests.workflow import Stage
from portal.organisations.models import Organisation


class RequestFilter(OfUnitsInScope):
    q = django_filters.CharFilter(label="关键词", method="by_words")
    request_kind = django_filters.ChoiceFilter(label="种类", choices=kind_choices, empty_label="全部")
    stage = django_filters.ChoiceFilter(label="环节", choices=Stage.choices, empty_label="全部")
    conclusion = django_filters.ChoiceFilter(label="答复", choices=Conclusion.choices, empty_label="全部")
    organisation = django_filters.ModelChoiceFilter(
        label="报送单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )

    class Meta:
        model = CountyRequest
        fields: list[str] = []

    def by_words(self, queryset, name, value):
        return queryset.filter(Q(title__icontains=value) | Q(number__icontains=value))
