"""Over whom one may look back: the county over all its towns, a town over itself alone."""

from django.db.models import Q

from portal.accounts.roles import ROLES
from portal.casefiles.models import CaseFile
from portal.workflow.acts import answerable_kinds

SEE, OPEN = "accountability.see", "accountability.open"


def looks_back_on(person) -> Q:
    """The files, acts and cases (by ``organisation``) that this person may look back on; none for strangers.

    It does not ask whether the person may see the file itself: the county looks back on a decision that was never
    addressed to it.
    """
    within = Q(pk__in=[])
    if getattr(person, "is_authenticated", False) and person.is_active:
        for assignment in person.current_roles():
            if SEE in ROLES[assignment.role].authorities:
                within |= Q(organisation__path__startswith=assignment.organisation.path)
    return within


def files_of(person):
    """The files whose people answer for them for life, as far as this person may look back."""
    return CaseFile.objects.filter(looks_back_on(person), kind__in=answerable_kinds())
