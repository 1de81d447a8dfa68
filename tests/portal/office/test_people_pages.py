"""The security administrator's pages: accounts and roles, and nothing of the business."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Person, RoleAssignment
from portal.audit.models import AuditEntry
from portal.moment import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def security(as_person):
    return as_person("secadmin")


def create(client, world, **changes):
    data = {
        "username": "lt_clerk02", "full_name": "郭晓梅", "organisation": world.longtan.pk, "phone": "", "email": "",
        **changes,
    }  # fmt: skip
    return client.post(reverse("office:new-person"), data)


def test_a_new_account_gets_a_password_that_is_shown_once_and_changed_first(world, security):
    shown = create(security, world)
    password = re.search(r"<code>(.+?)</code>", shown.content.decode()).group(1).replace("&#x27;", "'")
    person = Person.objects.get(username="lt_clerk02")
    assert person.check_password(password)
    assert person.must_change_password
    assert "no-store" in shown["Cache-Control"]
    assert password not in security.get(reverse("office:person", args=["lt_clerk02"])).content.decode()
    browser = Client()
    browser.post(reverse("accounts:sign-in"), {"username": "lt_clerk02", "password": password})
    assert browser.get(reverse("accounts:account")).url == reverse("accounts:password")


def test_the_record_names_act_and_account_and_keeps_no_password(world, security):
    shown = create(security, world)
    password = shown.context["password"]
    entries = AuditEntry.objects.filter(verb__in=("account.created", "account.password_reset"))
    assert [entry.person.username for entry in entries] == ["secadmin", "secadmin"]
    assert all(password not in entry.summary + str(entry.payload) for entry in entries)


@pytest.mark.parametrize("username", ["lt_clerk", "Big", "1abc", "ab", "中文名"])
def test_a_user_name_is_new_and_plain(world, security, username):
    assert create(security, world, username=username).status_code == 422


def test_a_role_is_granted_for_a_time_and_withdrawn(world, security):
    create(security, world)
    page = reverse("office:person", args=["lt_clerk02"])
    data = {"role": "clerk", "organisation": world.longtan.pk, "valid_from": today().isoformat(), "valid_until": ""}
    assert security.post(reverse("office:grant-role", args=["lt_clerk02"]), data).url == page
    held = RoleAssignment.objects.get(person__username="lt_clerk02")
    held.valid_from = today() - timedelta(days=10)
    held.save()
    assert security.post(reverse("office:withdraw-role", args=["lt_clerk02", held.pk])).url == page
    held.refresh_from_db()
    assert held.valid_until == today() - timedelta(days=1)
    assert not RoleAssignment.objects.in_force().filter(person__username="lt_clerk02").exists()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"account.role_granted", "account.role_withdrawn"} <= verbs


def test_administrators_roles_that_exclude_each_other_are_refused_on_the_page(world, security):
    data = {
        "role": "system_administrator", "organisation": world.county.pk, "valid_from": today().isoformat(),
        "valid_until": "",
    }  # fmt: skip
    refused = security.post(reverse("office:grant-role", args=["auditor"]), data)
    assert refused.status_code == 409
    assert "不得由同一人兼任" in refused.content.decode()


def test_a_county_role_is_not_granted_in_a_town(world, security):
    data = {
        "role": "supervisor",
        "organisation": world.longtan.pk,
        "valid_from": today().isoformat(),
        "valid_until": "",
    }
    refused = security.post(reverse("office:grant-role", args=["lt_petition"]), data)
    assert refused.status_code == 422
    assert "只能在县级机构授予" in refused.content.decode()


def test_the_own_account_is_left_to_another_administrator(world, security):
    refused = security.post(reverse("office:act-on-person", args=["secadmin", "disable"]))
    assert refused.status_code == 409
    assert "另一名安全管理员" in refused.content.decode()


def test_disabling_ends_the_sessions_at_once(world, security):
    browser = Client()
    browser.force_login(world["lt_clerk"], backend="django.contrib.auth.backends.ModelBackend")
    security.post(reverse("office:act-on-person", args=["lt_clerk", "disable"]))
    assert browser.get(reverse("accounts:account")).status_code == 302
    security.post(reverse("office:act-on-person", args=["lt_clerk", "enable"]))
    assert Person.objects.get(username="lt_clerk").is_active


def test_a_reset_ends_the_sessions_and_gives_a_new_password_once(world, security):
    browser = Client()
    browser.force_login(world["lt_clerk"], backend="django.contrib.auth.backends.ModelBackend")
    shown = security.post(reverse("office:act-on-person", args=["lt_clerk", "reset"]))
    assert world["lt_clerk"].__class__.objects.get(username="lt_clerk").check_password(shown.context["password"])
    assert browser.get(reverse("accounts:account")).status_code == 302


def test_corrected_facts_are_recorded_by_name_only(world, security):
    data = {"full_name": "王建设", "organisation": world["lt_clerk"].organisation_id, "phone": "0000-1", "email": ""}
    security.post(reverse("office:edit-person", args=["lt_clerk"]), data)
    assert Person.objects.get(username="lt_clerk").full_name == "王建设"
    entry = AuditEntry.objects.get(verb="account.edited")
    assert entry.summary == "lt_clerk：姓名、电话"


def test_the_list_is_narrowed_by_role_unit_and_state(world, security):
    page = security.get(reverse("office:people"), {"role": "head", "organisation": world.longtan.pk})
    assert [row.name for row in page.context["table"].rows] == [world["lt_head"].full_name]
    assert "没有符合条件的账号" in security.get(reverse("office:people"), {"state": "disabled"}).content.decode()


def test_who_holds_what_can_be_asked_for_any_day(world, security):
    page = security.get(reverse("office:holders"), {"role": "head", "on": "2017-12-31"})
    assert not page.context["table"].rows
    page = security.get(reverse("office:holders"), {"role": "head", "on": "2020-01-01"})
    assert len(page.context["table"].rows) == 4


def test_the_list_costs_the_same_for_few_and_for_many(world, security, django_assert_num_queries):
    address = reverse("office:people")
    security.get(address)
    with django_assert_num_queries(_queries_of(security, f"{address}?q=lt_head")):
        security.get(address)


def _queries_of(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.parametrize("username", ["sysadmin", "secadmin", "auditor"])
@pytest.mark.parametrize(
    "name", ["inside:worklist", "inside:cases", "inside:registers", "inside:county-worklist", "office:rules"]
)
def test_no_administrator_opens_a_page_of_the_business(world, as_person, username, name):
    assert as_person(username).get(reverse(name)).status_code in (403, 404)


@pytest.mark.parametrize(
    ("name", "owner"), [("office:people", "secadmin"), ("office:audit", "auditor"), ("office:system", "sysadmin")]
)
def test_each_administrators_page_opens_for_one_kind_alone(world, name, owner):
    for username in ("sysadmin", "secadmin", "auditor", "lt_clerk", "lt_head", "county_supervisor"):
        client = Client()
        client.force_login(world[username], backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(reverse(name)).status_code == (200 if username == owner else 403), username


def test_the_county_of_another_region_is_not_in_reach(world, security):
    from portal.organisations.models import Organisation

    other = Organisation.objects.create(
        code="elsewhere",
        name="别县人民政府",
        short_name="别县",
        level="county",
        kind="county_government",
        region="other",
    )
    Person.objects.create_user("stranger", "x", full_name="外人", organisation=other)
    assert security.get(reverse("office:person", args=["stranger"])).status_code == 404
