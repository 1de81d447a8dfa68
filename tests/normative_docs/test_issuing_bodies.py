"""Who may issue normative documents is the county's published list, by dates."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from portal.audit.models import AuditEntry
from portal.moment import today
from portal.organisations.models import Power, Qualification
from portal.organisations.qualifications import may_exercise

POWER = Power.NORMATIVE_DOCUMENTS


def test_an_office_within_a_body_is_not_on_the_list(world):
    assert may_exercise(world.longtan, POWER, today())
    assert not may_exercise(world.units["longtan-office"], POWER, today())


def test_the_last_day_still_counts_and_the_next_does_not(world):
    last = date(2026, 6, 30)
    Qualification.objects.filter(organisation=world.baishi).update(valid_until=last, end_reason="撤乡设镇")
    assert may_exercise(world.baishi, POWER, last)
    assert not may_exercise(world.baishi, POWER, last + timedelta(days=1))


def test_the_county_removes_a_body_with_a_reason(as_person, world):
    entry = Qualification.objects.get(organisation=world.baishi)
    page = reverse("office:end-qualification", args=[entry.pk])
    supervisor = as_person("county_supervisor")
    assert supervisor.post(page, {"valid_until": "2026-06-30", "end_reason": ""}).status_code == 422
    assert supervisor.post(page, {"valid_until": "2026-06-30", "end_reason": "撤乡设镇"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.valid_until, entry.end_reason) == (date(2026, 6, 30), "撤乡设镇")
    assert AuditEntry.objects.filter(verb="organisation.unqualified").exists()


def test_a_body_is_listed_once_at_a_time(as_person, world):
    answer = as_person("county_supervisor").post(
        reverse("office:qualifications"),
        {"organisation": world.longtan.pk, "power": POWER, "valid_from": "2026-01-01", "notice": "某公告"},
    )
    assert answer.status_code == 409
    assert "已在清单上" in answer.content.decode()


@pytest.mark.parametrize("unit", ["longtan-office", "longtan-legal", "longtan-village-1", "yunxi-all-towns"])
def test_what_is_no_body_of_its_own_is_not_offered(as_person, world, unit):
    answer = as_person("county_supervisor").post(
        reverse("office:qualifications"),
        {"organisation": world.units[unit].pk, "power": POWER, "valid_from": "2026-01-01", "notice": "某公告"},
    )
    assert answer.status_code == 422


def test_only_the_county_keeps_the_list(as_person):
    assert as_person("lt_clerk").get(reverse("office:qualifications")).status_code == 403


def test_the_public_reads_the_list_and_who_left_it(client, world):
    Qualification.objects.filter(organisation=world.baishi).update(valid_until=date(2020, 6, 30), end_reason="撤乡设镇")
    page = client.get("/bodies/").content.decode()
    assert world.longtan.name in page
    assert "撤乡设镇" in page
