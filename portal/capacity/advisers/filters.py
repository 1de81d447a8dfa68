"""How the register of legal advisers is narrowed."""

from datetime import timedelta

import django_filters
from django.db.models import Q

from portal.capacity.advisers.models import AdviserAppointment
from portal.capacity.advisers.standing import SOON_DAYS
from portal.moment import today
from portal.organisations.models import Organisation

STATES = (("current", "在聘"), ("ending", "六十日内到期"), ("over", "已结束"), ("later", "未到聘期"))


class AdviserFilter(django_filters.FilterSet):
    """Four fields, all in the filter row."""

    q = django_filters.CharFilter(label="姓名或者单位", method="by_words")
    state = django_filters.ChoiceFilter(label="状态", choices=STATES, method="by_state", empty_label="全部")
    kind = django_filters.ChoiceFilter(label="类别", choices=AdviserAppointment.Kind.choices, empty_label="全部")
    organisation = django_filters.ModelChoiceFilter(
        label="聘任机关", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )

    class Meta:
        model = AdviserAppointment
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["organisation"].queryset = Organisation.objects.filter(
            pk__in=self.queryset.order_by().values("organisation")
        ).order_by("path")

    def by_words(self, queryset, name, value):
        return queryset.filter(Q(name__icontains=value) | Q(firm__icontains=value))

    def by_state(self, queryset, name, value):
        day = today()
        match value:
            case "current":
                return queryset.in_force(day)
            case "ending":
                soon = day + timedelta(days=SOON_DAYS)
                return queryset.in_force(day).filter(Q(appointed_until__lte=soon) | Q(ended_on__lte=soon))
            case "over":
                return queryset.over(day)
        return queryset.filter(appointed_from__gt=day)
