"""The county and a town each keep a pool; a person stands in it once at a time, and leaves it with a reason."""

from datetime import date

import pghistory.models
import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from portal.audit.models import AuditEntry
from portal.capacity.experts import pool
from portal.capacity.experts.models import Expert
from portal.capacity.refusals import EntryRefused
from portal.moment import clock_set_to
from portal.workflow.refusals import NotAuthorised
from tests.portal.capacity.people import CONTACT, TODAY, county_expert, expert_facts, posted, town_expert

NEW = "/staff/experts/new/"


@pytest.fixture(autouse=True)
def then():
    with clock_set_to(TODAY):
        yield


def test_a_town_sees_its_own_experts_and_the_countys_and_no_other_towns(world):
    ours, theirs = town_expert(world), county_expert(world)
    assert set(pool.in_sight(world["lt_clerk"])) == {ours, theirs}
    assert set(pool.in_sight(world["qh_clerk"])) == {theirs}
    assert set(pool.in_sight(world["county_reviewer"])) == {ours, theirs}
    assert not pool.in_sight(world["lt_village01"]).exists()


def test_the_form_enters_an_expert_into_the_pool_of_the_own_unit(world, as_person):
    sent = posted(expert_facts(expertise=["law", "stability"]))
    answer = as_person("lt_legal").post(NEW, sent)
    expert = Expert.objects.get()
    assert answer.url == reverse("capacity:expert", args=[expert.public_id])
    assert (expert.owner, expert.fields_in_words) == (world.longtan, "法律、社会稳定")
    assert AuditEntry.objects.filter(verb="expert.entered", organisation=world.longtan).exists()


def test_the_same_person_in_an_overlapping_term_is_refused_beside_the_name(world, as_person):
    town_expert(world)
    sent = posted(expert_facts("韦桂芳", employer="云溪县农业技术推广站", appointed_from=date(2027, 6, 1)))
    answer = as_person("lt_clerk").post(NEW, sent)
    assert answer.status_code == 409
    assert "已在本专家库" in answer.context["form"].errors["name"][0]
    assert Expert.objects.count() == 1


def test_a_town_need_not_enter_whom_the_county_has(world, as_person):
    county_expert(world)
    answer = as_person("lt_clerk").post(NEW, posted(expert_facts()))
    assert "可以直接选用" in answer.context["form"].errors["name"][0]


def test_the_same_person_may_return_after_the_term_is_over(world):
    first = county_expert(world)
    pool.end(first, by=world["county_supervisor"], on=date(2026, 3, 31), reason="辞任")
    again = county_expert(world, appointed_from=date(2026, 4, 1))
    assert list(Expert.objects.in_force(TODAY)) == [again]
    assert list(Expert.objects.in_force(date(2026, 3, 31))) == [first]


def test_a_field_is_needed_and_a_term_cannot_end_before_it_begins(world, as_person):
    sent = posted(expert_facts(appointed_until=date(2025, 1, 1))) | {"expertise": []}
    answer = as_person("lt_clerk").post(NEW, sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"expertise", "appointed_until"}


def test_changing_keeps_the_contact_unless_another_is_typed_and_leaves_the_history(world, as_person):
    expert = county_expert(world)
    url = reverse("capacity:change-expert", args=[expert.public_id])
    client = as_person("county_supervisor")
    assert CONTACT not in client.get(url).content.decode()
    client.post(url, posted(expert_facts(title="二级教授", contact="")))
    expert.refresh_from_db()
    assert (expert.title, expert.contact) == ("二级教授", CONTACT)
    events = pghistory.models.Events.objects.tracks(expert).order_by("pgh_id")
    assert [event.pgh_data["title"] for event in events] == ["教授", "二级教授"]
    assert AuditEntry.objects.filter(verb="expert.changed", summary__contains="职称").exists()


def test_the_county_looks_at_a_towns_expert_and_changes_nothing(world, as_person):
    expert, client = town_expert(world), as_person("county_supervisor")
    assert client.get(reverse("capacity:expert", args=[expert.public_id])).status_code == 200
    assert client.get(reverse("capacity:change-expert", args=[expert.public_id])).status_code == 404
    with pytest.raises(NotAuthorised):
        pool.change(expert, by=world["county_supervisor"], facts=expert_facts())


def test_ending_asks_for_a_reason_and_a_day_within_the_term_and_cannot_be_undone(world, as_person):
    expert, client = town_expert(world), as_person("lt_clerk")
    url = reverse("capacity:end-expert", args=[expert.public_id])
    assert client.post(url, {"on": TODAY}).status_code == 422
    assert client.post(url, {"on": date(2025, 1, 1), "reason": "调离"}).status_code == 409
    assert client.post(url, {"on": TODAY, "reason": "调离"}).status_code == 302
    expert.refresh_from_db()
    assert (expert.ended_on, expert.end_reason, expert.state(TODAY)[0]) == (TODAY, "调离", "将结束")
    with pytest.raises(EntryRefused, match="不能再修改"):
        pool.change(expert, by=world["lt_clerk"], facts=expert_facts())


def test_the_database_itself_refuses_a_second_entry_an_ending_without_reason_and_any_removal(world):
    expert = county_expert(world)
    for wrong in (
        lambda: Expert.objects.create(owner=world.county, **expert_facts()),
        lambda: Expert.objects.filter(pk=expert.pk).update(ended_on=TODAY),
        lambda: Expert.objects.filter(pk=expert.pk).update(expertise=[]),
        expert.delete,
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            wrong()
