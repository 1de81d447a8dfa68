"""The one permission question: may this person do this, here?

Authority is apart from readiness: whether a *file* is ready is a gate (``portal.workflow``).
"""

from portal.accounts.models import Person, RoleAssignment
from portal.accounts.roles import ROLES, every_authority, roles_with
from portal.organisations.models import Organisation


def may(person, authority: str, organisation: Organisation | None = None) -> bool:
    """Whether the person holds ``authority`` in ``organisation`` (or anywhere, when none is given).

    A role held in a unit covers the unit and everything below it. A role held in a town's legal
    office covers the town, since the office acts for the town (职责由乡镇、街道确定).

    :raises ValueError: an authority that no role gives, which is a mistake in the program.
    """
    if authority not in every_authority():
        raise ValueError(f"no role gives the authority {authority!r}")
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    for assignment in person.current_roles():
        if authority in ROLES[assignment.role].authorities and (
            organisation is None or organisation.is_within(assignment.organisation)
        ):
            return True
    return False


def holders(authority: str, organisation: Organisation):
    """Active people who hold the authority over that organisation, themselves in it or above it."""
    codes = organisation.path.rstrip("/").split("/")
    paths = ["/".join(codes[:n]) + "/" for n in range(1, len(codes) + 1)]
    assignments = RoleAssignment.objects.in_force().filter(role__in=roles_with(authority), organisation__path__in=paths)
    return Person.objects.filter(is_active=True, pk__in=assignments.values("person")).order_by("username")


def authorities_by_organisation(person) -> list[tuple[str, Organisation]]:
    """Every (authority, organisation) pair the person holds; worklists are selected by these."""
    pairs = []
    for assignment in person.current_roles():
        pairs += [(authority, assignment.organisation) for authority in ROLES[assignment.role].authorities]
    return pairs
