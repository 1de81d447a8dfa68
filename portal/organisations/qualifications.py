"""Which bodies may exercise a public power, by the list that the county publishes (主体资格清单)."""

from datetime import date

from portal.organisations.models import Organisation, Power, Qualification

__all__ = ["Power", "may_exercise", "qualified"]


def qualified(power: str, on: date):
    """The entries of the list in force on that day."""
    return Qualification.objects.filter(power=power, valid_from__lte=on).exclude(valid_until__lt=on)


def may_exercise(organisation: Organisation, power: str, on: date) -> bool:
    """Whether the body itself stands on the county's list on that day; an office within a body never does by that."""
    return qualified(power, on).filter(organisation=organisation).exists()
