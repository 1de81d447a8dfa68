"""Whose turn it is: the open work items of a person."""

from django.db.models import Q

from portal.accounts.roles import ROLES


def my_turn(person) -> Q:
    """Open items whose authority I hold over their organisation, unassigned or assigned to me."""
    turn = Q(pk__in=[])
    for assignment in person.current_roles():
        turn |= Q(
            authority__in=ROLES[assignment.role].authorities,
            organisation__path__startswith=assignment.organisation.path,
        )
    return turn & (Q(assignee__isnull=True) | Q(assignee=person)) & Q(closed_at__isnull=True)
