"""The one row-scope question: which case files may this person see?

A clerk sees the files of the own organisation and below; village informants and mediators their own
entries; the county sees a file from the first step addressed to it; administrators see none.
Whatever is outside the scope does not exist for the person: pages and API answer 404.
"""

from django.db import models
from django.db.models import Q

from portal.accounts.roles import ROLES, Sight
from portal.organisations.models import Organisation, OrganisationKind


def _roles_of(person):
    """The roles that count today; none for strangers and disabled accounts."""
    counts = getattr(person, "is_authenticated", False) and person.is_active
    return person.current_roles() if counts else []


def organisations_in_sight(person):
    """The organisations among whose files a person's roles let them look; which of the files, ``visible_to`` says.

    For choosing a unit in a filter: it reads the organisations alone, however many files there are.
    """
    within = Q(pk__in=[])
    for assignment in _roles_of(person):
        if ROLES[assignment.role].sight is not Sight.NOTHING:
            within |= Q(path__startswith=assignment.organisation.path)
    return Organisation.objects.filter(within).exclude(kind=OrganisationKind.COLLECTIVE).order_by("path")


class CaseFileQuerySet(models.QuerySet):
    """Works for ``CaseFile`` and for every kind of file that inherits from it."""

    def visible_to(self, person):
        """Only the files that this person may see; none for strangers and administrators."""
        sight = Q(pk__in=[])
        for assignment in _roles_of(person):
            within = Q(organisation__path__startswith=assignment.organisation.path)
            match ROLES[assignment.role].sight:
                case Sight.ALL:
                    sight |= within
                case Sight.OWN:
                    sight |= within & Q(opened_by=person)
                case Sight.ADDRESSED:
                    sight |= within & Q(addressed_to_county_at__isnull=False)
        return self.filter(sight)
