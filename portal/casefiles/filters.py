"""What registers of files have in common in how they are narrowed."""

import django_filters
from django.db.models import Q

from portal.casefiles.scope import organisations_in_sight
from portal.organisations.models import Organisation, OrganisationLevel


class OfUnitsInScope(django_filters.FilterSet):
    """Offers as ``organisation`` only units that occur among what the person may see."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["organisation"].queryset = Organisation.objects.filter(pk__in=self.queryset.values("organisation"))


class DraftedFileFilter(django_filters.FilterSet):
    """Files that are drafted by a unit and end with a document number.

    The subclass declares its filters in its own order, ``handling_unit``, ``organisation`` and ``q`` among them.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Only units among whose files the person may look: the list tells nothing about others.
        units = organisations_in_sight(getattr(self.request, "user", None)).exclude(level=OrganisationLevel.VILLAGE)
        self.filters["handling_unit"].queryset = units
        self.filters["organisation"].queryset = units.exclude(level=OrganisationLevel.OFFICE)

    def by_words(self, queryset, name, value):
        return queryset.filter(
            Q(title__icontains=value) | Q(document_number__icontains=value) | Q(number__icontains=value)
        )
