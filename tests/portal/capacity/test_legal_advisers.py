"""Who advises an organisation, from when to when; and who is told when nobody does."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from portal.audit.models import AuditEntry
from portal.capacity import advisers
from portal.capacity.advisers import appointing
from portal.capacity.advisers.models import AdviserAppointment
from portal.moment import clock_set_to
from portal.notifications.models import Notification
from portal.workflow.refusals import NotAuthorised
from tests.portal.capacity.people import TODAY, UNTIL, adviser, adviser_facts, posted

NEW = "/staff/advisers/new/"


@pytest.fixture(autouse=True)
def then():
    with clock_set_to(TODAY):
        yield


def told(world, username) -> list[str]:
    return list(Notification.objects.filter(reader=world[username]).values_list("subject", flat=True))


def test_the_form_puts_an_appointment_on_record(world, as_person):
    answer = as_person("lt_clerk").post(NEW, posted(adviser_facts(world.longtan)))
    made = AdviserAppointment.objects.get()
    assert answer.url == reverse("capacity:adviser", args=[made.public_id])
    assert AuditEntry.objects.filter(verb="adviser.entered", organisation=world.longtan).exists()
    assert "在聘" in as_person("lt_head").get(answer.url).content.decode()


def test_a_lawyer_needs_a_licence_and_an_outside_adviser_a_term(world, as_person):
    client = as_person("lt_clerk")
    bare = adviser_facts(world.longtan, licence_number="", appointed_until=None)
    assert set(client.post(NEW, posted(bare)).context["form"].errors) == {"licence_number", "appointed_until"}
    scholar = bare | {"profession": "scholar", "appointed_until": UNTIL}
    assert client.post(NEW, posted(scholar)).status_code == 302
    own = adviser_facts(world.longtan, "潘越", kind="public_lawyer", appointed_until=None)
    assert client.post(NEW, posted(own)).status_code == 302


def test_an_overlapping_term_of_the_same_person_is_refused_beside_the_name(world, as_person):
    adviser(world)
    answer = as_person("lt_clerk").post(NEW, posted(adviser_facts(world.longtan, appointed_from=UNTIL)))
    assert answer.status_code == 409
    assert "聘期重叠" in answer.context["form"].errors["name"][0]


def test_a_town_enters_for_itself_only_and_the_county_for_its_own_bodies(world, as_person):
    with pytest.raises(NotAuthorised):
        appointing.enter(by=world["lt_clerk"], facts=adviser_facts(world.qinghe))
    with pytest.raises(NotAuthorised):
        appointing.enter(by=world["county_supervisor"], facts=adviser_facts(world.longtan))
    foreign = as_person("lt_clerk").post(NEW, posted(adviser_facts(world.qinghe)))
    assert "organisation" in foreign.context["form"].errors
    bureau = appointing.enter(by=world["county_supervisor"], facts=adviser_facts(world.units["yunxi-justice"]))
    assert list(advisers.of(world.units["yunxi-justice"], TODAY)) == [bureau]


def test_of_gives_whoever_is_in_force_for_the_town_and_its_offices(world):
    first = adviser(world)
    later = adviser(world, "潘越", appointed_from=date(2026, 7, 1))
    assert list(advisers.of(world.longtan, TODAY)) == [first]
    assert list(advisers.of(world.units["longtan-legal"], date(2026, 7, 1))) == [first, later]
    assert not advisers.of(world.qinghe, TODAY).exists()
    appointing.end(first, by=world["lt_clerk"], on=TODAY, reason="协商解除")
    assert list(advisers.of(world.longtan, date(2026, 7, 1))) == [later]


def test_an_appointment_ends_with_a_reason_and_is_changed_no_more(world, as_person):
    held, client = adviser(world), as_person("lt_legal")
    end, edit = (reverse(f"capacity:{act}-adviser", args=[held.public_id]) for act in ("end", "change"))
    assert client.post(edit, posted(adviser_facts(world.longtan, duties="合同审查"))).status_code == 302
    assert client.post(end, {"on": TODAY}).status_code == 422
    assert client.post(end, {"on": TODAY, "reason": "协商解除"}).status_code == 302
    assert client.post(edit, posted(adviser_facts(world.longtan))).status_code == 409
    held.refresh_from_db()
    assert (held.duties, held.ended_on, held.end_reason) == ("合同审查", TODAY, "协商解除")


def test_another_town_finds_nothing_and_the_county_only_reads(world, as_person):
    held = adviser(world)
    page, edit = (reverse(f"capacity:{name}", args=[held.public_id]) for name in ("adviser", "change-adviser"))
    assert as_person("qh_clerk").get(page).status_code == 404
    county = as_person("county_reviewer")
    assert (county.get(page).status_code, county.get(edit).status_code) == (200, 404)


def test_a_town_without_an_adviser_is_told_once_a_month(world):
    appointing.remind(TODAY)
    assert told(world, "lt_clerk") == ["没有在聘的法律顾问"]
    assert appointing.remind(TODAY + timedelta(days=1)) == 0
    appointing.remind(TODAY + timedelta(days=20))
    assert len(told(world, "lt_clerk")) == 2
    assert told(world, "lt_head") == []


def test_the_keepers_are_told_once_that_a_term_ends_within_sixty_days(world):
    adviser(world, appointed_until=TODAY + timedelta(days=60))
    appointing.remind(TODAY - timedelta(days=1))
    assert told(world, "lt_legal") == []
    appointing.remind(TODAY)
    appointing.remind(TODAY + timedelta(days=5))
    assert told(world, "lt_legal") == ["法律顾问聘期即将届满"]


def test_whoever_is_appointed_again_right_after_needs_no_warning(world):
    last = TODAY + timedelta(days=30)
    adviser(world, appointed_until=last)
    adviser(world, appointed_from=last + timedelta(days=1))
    appointing.remind(TODAY)
    assert told(world, "lt_legal") == []


def test_the_first_page_names_the_gap_to_the_town_and_to_the_county(world, as_person):
    adviser(world, appointed_until=TODAY + timedelta(days=30))
    assert "聘期即将届满：方雅琴" in as_person("lt_clerk").get("/staff/capacity/").content.decode()
    assert "没有在聘的法律顾问，请聘任后登记" in as_person("qh_clerk").get("/staff/capacity/").content.decode()
    rows = as_person("county_supervisor").get("/staff/capacity/").context["table"].rows
    words = {row.name: row.cells[1].lamp.text for row in rows}
    assert (words[world.longtan.name], words[world.qinghe.name]) == ("即将到期", "没有法律顾问")


def test_the_database_itself_refuses_overlap_ending_without_reason_and_removal(world):
    held = adviser(world)
    for wrong in (
        lambda: AdviserAppointment.objects.create(**adviser_facts(world.longtan)),
        lambda: AdviserAppointment.objects.filter(pk=held.pk).update(ended_on=TODAY),
        lambda: AdviserAppointment.objects.filter(pk=held.pk).update(licence_number=""),
        held.delete,
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            wrong()
