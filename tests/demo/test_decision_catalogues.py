"""Catalogues in the demo: one year accounted for, one under way with decisions tied to it, towns that are late."""

from decisions.catalogue.models import CatalogueEntry, DecisionCatalogue
from decisions.catalogue.standing import town_years
from decisions.catalogue.tracking import deviations
from portal.moment import clock_set_to
from tests.demo_county import DEMO_DAY


def test_last_year_is_accounted_for_with_its_deviations_explained(county):
    done = DecisionCatalogue.objects.get(town=county.longtan, year=DEMO_DAY.year - 1)
    assert done.stage == "closed"
    assert {item.outcome for item in done.items.all()} == {"done", "withdrawn"}
    found = deviations(done, DEMO_DAY)
    assert found
    assert all(one.explanation for one in found)


def test_this_years_items_are_carried_out_by_decisions_and_other_towns_are_late(county):
    current = DecisionCatalogue.objects.get(town=county.longtan, year=DEMO_DAY.year)
    assert current.stage == "carrying_out"
    assert CatalogueEntry.objects.filter(item__catalogue=current).count() == 3
    with clock_set_to(DEMO_DAY):
        assert deviations(current, DEMO_DAY)
        longtan, baishi = town_years([county.longtan, county.units["baishi"]], DEMO_DAY.year)
    assert longtan.is_filed
    assert baishi.is_overdue
