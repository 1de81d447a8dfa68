"""What registers of files that are drafted by a unit and end with a document number have in common."""

import django_filters
from django.db.models import Q

from portal.casefiles.scope import organisations_in_sight
from portal.organisations.models import OrganisationLevel


class DraftedFileFilter(django_filters.FilterSet):
    """The subclass declares its filters in its own order, ``handling_unit``, ``organisation`` and ``q`` among them."""

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
