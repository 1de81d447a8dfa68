"""Experts and advisers in force on the last day of the period, and the share of towns with an adviser."""

from datetime import date
from decimal import Decimal

import pytest

from portal.capacity.advisers import appointing
from portal.indicators.registry import Scope, indicators
from portal.moment import clock_set_to
from tests.portal.capacity.people import TODAY, adviser, adviser_facts, county_expert, town_expert


@pytest.fixture(autouse=True)
def then():
    with clock_set_to(TODAY):
        yield


def figure(code, organisation, end=TODAY):
    return indicators[code].compute(Scope(organisation, date(2026, 1, 1), end))


def test_experts_count_on_the_last_day_in_the_pools_of_the_unit(world):
    county_expert(world)
    town_expert(world, appointed_until=TODAY)
    county, town = figure("capacity.experts", world.county), figure("capacity.experts", world.longtan)
    assert (county.value, town.value) == (2, 1)
    assert len(county.records) == 2
    assert town.records[0].label.startswith("韦桂芳")
    assert figure("capacity.experts", world.county, date(2026, 6, 27)).value == 1


def test_advisers_count_on_the_last_day_and_name_whom_they_advise(world):
    adviser(world)
    appointing.enter(by=world["qh_clerk"], facts=adviser_facts(world.qinghe, appointed_until=date(2026, 6, 25)))
    assert figure("capacity.advisers", world.county).value == 1
    assert figure("capacity.advisers", world.county).records[0].label.startswith("龙潭镇：方雅琴")
    assert figure("capacity.advisers", world.qinghe, date(2026, 6, 25)).value == 1


def test_the_share_of_towns_names_those_without_an_adviser_too(world, django_assert_num_queries):
    adviser(world)
    adviser(world, "潘越")
    with django_assert_num_queries(2):
        share = figure("capacity.towns_with_adviser", world.county)
    assert (share.value, share.of) == (Decimal("25.0"), 4)
    assert [record.label for record in share.records if record.label.endswith("：无")] == [
        "白石乡：无", "东城街道：无", "清河镇：无",
    ]  # fmt: skip
    assert figure("capacity.towns_with_adviser", world.qinghe).value == 0
