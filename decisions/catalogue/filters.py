"""How the registers of catalogues and of their items are narrowed, on the pages and in the API."""

import django_filters
from django.db.models import Q

from decisions.catalogue.models import CatalogueItem, DecisionCatalogue
from decisions.catalogue.vocabulary import ItemOutcome
from decisions.catalogue.workflow import Stage
from decisions.vocabulary import Matter
from portal.organisations.models import Organisation


class CatalogueFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="关键词", method="by_words")
    year = django_filters.NumberFilter(label="年度")
    stage = django_filters.ChoiceFilter(label="环节", choices=Stage.choices, empty_label="全部")
    organisation = django_filters.ModelChoiceFilter(
        label="单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )

    class Meta:
        model = DecisionCatalogue
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["organisation"].queryset = Organisation.objects.filter(
            pk__in=self.queryset.order_by().values("organisation")
        )

    def by_words(self, queryset, name, value):
        return queryset.filter(Q(title__icontains=value) | Q(number__icontains=value))


class ItemFilter(django_filters.FilterSet):
    """Items of all catalogues that a person sees; ``catalogue`` is the file number of one."""

    q = django_filters.CharFilter(label="事项", field_name="title", lookup_expr="icontains")
    year = django_filters.NumberFilter(label="年度", field_name="catalogue__year")
    handling_unit = django_filters.ModelChoiceFilter(
        label="承办单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )
    organisation = django_filters.ModelChoiceFilter(
        label="单位", field_name="catalogue__organisation", queryset=Organisation.objects.none(), to_field_name="code",
        empty_label="全部",
    )  # fmt: skip
    matter = django_filters.ChoiceFilter(label="事项类别", choices=Matter.choices, empty_label="全部")
    outcome = django_filters.ChoiceFilter(label="年终结果", choices=ItemOutcome.choices, empty_label="全部")
    catalogue = django_filters.CharFilter(label="目录案卷号", field_name="catalogue__number")

    class Meta:
        model = CatalogueItem
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        self.filters["handling_unit"].queryset = Organisation.objects.filter(pk__in=rows.values("handling_unit"))
        self.filters["organisation"].queryset = Organisation.objects.filter(
            pk__in=rows.values("catalogue__organisation")
        )
