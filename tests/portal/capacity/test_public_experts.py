"""The public sees experts in force who agreed to be named, by field, and nothing that tells how to reach them."""

from datetime import date

import pytest

from portal.capacity.experts import pool
from portal.moment import clock_set_to
from tests.portal.capacity.people import TODAY, county_expert, town_expert


@pytest.fixture(autouse=True)
def then():
    with clock_set_to(TODAY):
        yield


def names(client, query=""):
    return [expert.name for expert in client.get(f"/experts/{query}").context["experts"]]


def test_only_whoever_consents_and_is_in_force_is_named(world, client):
    county_expert(world, "甲")
    county_expert(world, "乙", consents_to_publication=False)
    county_expert(world, "丙", appointed_from=date(2026, 7, 1))
    gone = county_expert(world, "丁")
    pool.end(gone, by=world["county_supervisor"], on=date(2026, 6, 25), reason="辞任")
    town_expert(world)
    assert names(client) == ["甲", "韦桂芳"]


def test_the_list_is_narrowed_by_field_kind_and_words_and_passes_over_nonsense(world, client):
    county_expert(world)
    county_expert(world, "覃少华", expertise=["agriculture"], kind="institute", employer="江州农业职业学院")
    assert names(client, "?field=agriculture") == ["覃少华"]
    assert names(client, "?kind=university") == ["周文博"]
    assert names(client, "?q=农业") == ["覃少华"]
    assert len(names(client, "?field=cooking&after=")) == 2


def test_the_page_is_the_same_for_everybody_and_sets_no_cookie(world, client):
    county_expert(world)
    answer = client.get("/experts/")
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
