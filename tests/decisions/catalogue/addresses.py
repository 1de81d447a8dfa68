"""A published catalogue with an adjustment under way and a deviation, and an address of each of its pages."""

from datetime import timedelta

from decisions.demo import texts
from portal.demo.walking import cast_of
from tests.decisions.catalogue.scenarios import Catalogue, draft_withdrawal


def catalogue_addresses(world, decision, today, by_interface) -> dict[str, dict[str, object]]:
    """The keyword arguments of each address, by URL name or namespace.

    :param by_interface: gives those of a file in the interface, from its name there, the file and a step.
    """
    start = today - timedelta(days=90)
    plan = (texts.square("龙潭镇"), start - timedelta(days=60), {"people": 5600})
    journey = Catalogue(cast_of(world, "longtan"), today.year, start, plan)
    journey.walk("publish")
    draft_withdrawal(journey)
    catalogue = journey.document
    return {
        "catalogue": {"public_id": catalogue.public_id, "number": 1, "key": "late-1-participation"},
        "catalogue:entry": {"public_id": decision.public_id},
        **by_interface("decision-catalogue", catalogue, "report_upward"),
    }
