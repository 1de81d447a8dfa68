"""Whose pool and whose advisers a person keeps, and whose they see.

A town keeps its own and the county its own: a role above a unit lets people look into it, not write there.
"""

from datetime import date

from django.db.models import Q

from portal.accounts.roles import ROLES
from portal.organisations.models import Organisation

SEE_EXPERTS, KEEP_EXPERTS = "experts.see", "experts.keep"
SEE_ADVISERS, KEEP_ADVISERS = "advisers.see", "advisers.keep"


def keeper_of(organisation: Organisation) -> Organisation:
    """The town or county that keeps the records of this unit: an office's are its town's, a bureau's the county's."""
    return organisation.town() or organisation.county()


def _held(person, authority: str):
    return [held for held in person.current_roles() if authority in ROLES[held.role].authorities]


def kept_by(person, authority: str) -> Organisation | None:
    """The town or county whose records the person keeps; ``None`` for people without the authority."""
    for held in _held(person, authority):
        return keeper_of(held.organisation)
    return None


def may_keep(person, authority: str, organisation: Organisation) -> bool:
    """Whether the person writes into the records of that unit."""
    keeper = keeper_of(organisation)
    return any(keeper_of(held.organisation) == keeper for held in _held(person, authority))


def within_sight(person, authority: str, place: str) -> Q:
    """A condition on ``place`` (a path to an organisation): units of the person's roles and below."""
    sight = Q(pk__in=[])
    for held in _held(person, authority):
        sight |= Q(**{f"{place}__path__startswith": keeper_of(held.organisation).path})
    return sight


def in_use(person, authority: str, place: str) -> Q:
    """Like :func:`within_sight`, and what stands above besides: a town uses the county's as well as its own."""
    sight = within_sight(person, authority, place)
    for held in _held(person, authority):
        sight |= Q(**{place: held.organisation.county()})
    return sight


def as_day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
