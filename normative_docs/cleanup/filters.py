"""How the lists of clean-ups and of their documents are narrowed, on the pages, in registers and by the interface."""

import django_filters
from django import forms
from django.db.models import Q

from normative_docs.cleanup.models import CleanupCampaign, CleanupItem
from normative_docs.cleanup.outcomes import CampaignKind, CleanupOutcome
from normative_docs.cleanup.workflow import Stage
from portal.casefiles.filters import OfUnitsInScope
from portal.organisations.models import Organisation

NONE = "none"
VERDICTS = [(NONE, "未填写"), *CleanupOutcome.choices]


class CampaignFilter(OfUnitsInScope):
    """The register of clean-ups."""

    q = django_filters.CharFilter(label="关键词", method="by_words")
    kind = django_filters.ChoiceFilter(
        label="清理类别", field_name="campaign_kind", choices=CampaignKind.choices, empty_label="全部"
    )
    stage = django_filters.ChoiceFilter(label="环节", choices=Stage.choices, empty_label="全部")
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
        model = CleanupCampaign
        fields: list[str] = []

    def by_words(self, queryset, name, value):
        return queryset.filter(
            Q(title__icontains=value) | Q(trigger__icontains=value) | Q(number__icontains=value)
            | Q(notice_number__icontains=value)
        )  # fmt: skip


class ItemFilter(django_filters.FilterSet):
    """The documents of one clean-up, or of all that a person sees."""

    q = django_filters.CharFilter(label="文件", method="by_words")
    verdict = django_filters.ChoiceFilter(label="清理结论", choices=VERDICTS, method="by_verdict", empty_label="全部")
    unit = django_filters.ModelChoiceFilter(
        label="提出单位", queryset=Organisation.objects.none(), to_field_name="code", empty_label="全部"
    )
    checked = django_filters.ChoiceFilter(
        label="法制核对", choices=[("yes", "已核对"), ("no", "未核对")], method="by_check", empty_label="全部"
    )

    class Meta:
        model = CleanupItem
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["unit"].queryset = Organisation.objects.filter(pk__in=self.queryset.order_by().values("unit"))

    def by_words(self, queryset, name, value):
        return queryset.filter(Q(document__title__icontains=value) | Q(document__document_number__icontains=value))

    def by_verdict(self, queryset, name, value):
        return queryset.filter(verdict="" if value == NONE else value)

    def by_check(self, queryset, name, value):
        return queryset.filter(checked_at__isnull=value == "no")


class RegisterItemFilter(ItemFilter):
    """The register of documents gone through; ``campaign`` is the file number of one clean-up."""

    campaign = django_filters.CharFilter(label="清理案卷号", field_name="campaign__number")
    organisation = django_filters.ModelChoiceFilter(
        label="单位", field_name="campaign__organisation", queryset=Organisation.objects.none(), to_field_name="code",
        empty_label="全部",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        towns = self.queryset.order_by().values("campaign__organisation")
        self.filters["organisation"].queryset = Organisation.objects.filter(pk__in=towns)
