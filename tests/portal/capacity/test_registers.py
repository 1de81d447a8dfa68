"""The registers of experts and advisers: filters, export, and as many queries for many rows as for few."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from portal.capacity.advisers.models import AdviserAppointment
from portal.capacity.experts.models import Expert
from portal.moment import clock_set_to
from tests.plans import statements_of
from tests.portal.capacity.people import TODAY, adviser, adviser_facts, county_expert, expert_facts, town_expert

EXPERTS, ADVISERS = "/staff/registers/experts/", "/staff/registers/advisers/"


@pytest.fixture(autouse=True)
def then():
    with clock_set_to(TODAY):
        yield


def names(client, path):
    return [row.name.partition("（")[0] for row in client.get(path).context["table"].rows]


def test_experts_are_narrowed_by_field_kind_owner_and_state(world, as_person):
    town_expert(world)
    county_expert(world)
    county_expert(world, "贺立群", expertise=["planning"], kind="institute", appointed_until=TODAY)
    client = as_person("lt_clerk")
    assert names(client, f"{EXPERTS}?field=planning") == ["贺立群"]
    assert names(client, f"{EXPERTS}?kind=institute") == ["贺立群"]
    assert names(client, f"{EXPERTS}?owner=longtan") == ["韦桂芳"]
    with clock_set_to(TODAY.replace(day=27)):
        assert names(client, f"{EXPERTS}?state=over") == ["贺立群"]
        assert len(names(client, f"{EXPERTS}?state=current")) == 2


def test_advisers_are_narrowed_by_state_and_unit(world, as_person):
    adviser(world)
    adviser(world, "潘越", appointed_until=TODAY)
    assert names(as_person("lt_clerk"), f"{ADVISERS}?state=ending") == ["潘越"]
    assert len(names(as_person("county_supervisor"), f"{ADVISERS}?organisation=longtan")) == 2
    assert names(as_person("qh_clerk"), ADVISERS) == []


def test_the_export_holds_the_rows_of_the_filter(world, as_person):
    county_expert(world)
    town_expert(world)
    answer = as_person("lt_clerk").get(f"{EXPERTS}export/?field=law")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["姓名", "周文博"]


def test_people_without_the_authority_are_not_offered_the_registers(world, as_person):
    listed = as_person("lt_village01").get("/staff/registers/").content.decode()
    assert EXPERTS not in listed
    assert as_person("lt_village01").get(EXPERTS).status_code == 403
    assert EXPERTS in as_person("lt_head").get("/staff/registers/").content.decode()


def fill(world, numbers):
    Expert.objects.bulk_create(Expert(owner=world.county, **expert_facts(f"专家{n}")) for n in numbers)
    AdviserAppointment.objects.bulk_create(
        AdviserAppointment(**adviser_facts(world.longtan, f"顾问{n}")) for n in numbers
    )


@pytest.mark.parametrize("path", [EXPERTS, ADVISERS, "/staff/capacity/", "/experts/"])
def test_a_page_asks_as_often_for_many_rows_as_for_few(world, path):
    client, counts = Client(), []
    client.force_login(world["lt_clerk"], backend="django.contrib.auth.backends.ModelBackend")
    client.get(path)
    for numbers in (range(2), range(2, 60)):
        fill(world, numbers)
        statements, answer = statements_of(lambda: client.get(path))
        assert answer.status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[1] <= 16
