"""What a limit would come to, without starting a clock."""

from datetime import date

from portal.deadlines.counting import reckon
from portal.deadlines.reckoning import Reckoning
from portal.deadlines.rules import registry, resolve
from portal.deadlines.stored import stored_calendar


def reckon_for(organisation, code: str, start: date) -> Reckoning:
    """Count a limit for that organisation's region from ``start``. :raises LimitError: no rule on that day."""
    region = organisation.region if organisation.region in registry().regions else ""
    return reckon(resolve(code, start, region or None), start, calendar=stored_calendar(region))
