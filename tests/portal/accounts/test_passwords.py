"""What a password must be like, and when a new one is asked for."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import PastPassword
from portal.accounts.passwords import PASSWORD_DAYS, change_password, initial_password
from portal.audit.models import AuditEntry
from portal.organisations.models import PolicySetting
from tests.ground import PASSWORD

pytestmark = pytest.mark.django_db


def fill(client, new, old=PASSWORD, repeated=None):
    data = {"password": old, "new_password": new, "repeated": repeated or new}
    return client.post(reverse("accounts:password"), data)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Short-1", "不少于 10 个字符"),
        ("onlysmallletters", "至少三类"),
        ("smallandnumber123", "至少三类"),
        ("Password123!", None),
        ("Lt_clerk-2026", "相似"),
    ],
)
def test_plain_passwords_are_refused_with_the_reason(world, password, why):
    if why is None:
        validate_password(password, world["lt_clerk"])
        return
    with pytest.raises(ValidationError) as refused:
        validate_password(password, world["lt_clerk"])
    assert why in "".join(refused.value.messages)


def test_none_of_the_last_five_comes_back(world):
    person = world["lt_clerk"]
    used = [f"Autumn-Leaf-{n}" for n in range(6)]
    for password in used:
        change_password(person, password, by=person)
    for password in used[1:]:
        with pytest.raises(ValidationError):
            validate_password(password, person)
    validate_password(used[0], person)
    assert PastPassword.objects.filter(person=person).count() == 5


def test_the_password_of_an_administrator_is_used_once(world, client, sign_in):
    person = world["lt_clerk"]
    change_password(person, "Initial-Word-77", by=world["secadmin"], must_change=True)
    sign_in(client, "lt_clerk", "Initial-Word-77")
    for name in ("inside:worklist", "accounts:account", "office:notifications"):
        assert client.get(reverse(name)).url == reverse("accounts:password")
    assert "现在的密码由管理员设定" in client.get(reverse("accounts:password")).content.decode()
    assert fill(client, "Harvest-Moon-88", "Initial-Word-77").url == reverse("inside:worklist")
    assert client.get(reverse("inside:worklist")).status_code == 200


def test_changing_it_ends_all_other_sessions_and_keeps_this_one(world, client, sign_in):
    other = Client()
    sign_in(client, "lt_clerk")
    sign_in(other, "lt_clerk")
    before = client.session.session_key
    assert fill(client, "Harvest-Moon-88").status_code == 302
    assert client.session.session_key != before
    assert client.get(reverse("accounts:account")).status_code == 200
    assert other.get(reverse("accounts:account")).status_code == 302
    assert AuditEntry.objects.filter(verb="account.password_changed").count() == 1


def test_the_present_password_is_asked_for_and_the_new_one_twice(world, client, sign_in):
    sign_in(client, "lt_clerk")
    assert "当前密码不正确" in fill(client, "Harvest-Moon-88", "not-mine").content.decode()
    assert "两次填写的新密码不一致" in fill(client, "Harvest-Moon-88", repeated="Harvest-Moon-89").content.decode()
    assert "最近 5 次用过" in fill(client, PASSWORD).content.decode()


def test_a_password_older_than_ninety_days_is_changed_first(world, client, sign_in):
    person = world["lt_clerk"]
    person.password_changed_at = timezone.now() - timedelta(days=91)
    person.save()
    sign_in(client, "lt_clerk")
    assert client.get(reverse("accounts:account")).url == reverse("accounts:password")
    assert "密码已到期" in client.get(reverse("accounts:password")).content.decode()
    fill(client, "Harvest-Moon-88")
    assert client.get(reverse("accounts:account")).status_code == 200


def test_the_county_may_choose_another_age(world, client, sign_in):
    PolicySetting.objects.create(
        organisation=world.county, code=PASSWORD_DAYS.code, value=0, valid_from=date(2020, 1, 1), basis="测试",
        set_by_name="韩梅",
    )  # fmt: skip
    person = world["lt_clerk"]
    person.password_changed_at = timezone.now() - timedelta(days=400)
    person.save()
    sign_in(client, "lt_clerk")
    assert client.get(reverse("accounts:account")).status_code == 200


def test_initial_passwords_obey_the_rules_and_differ(world):
    made = {initial_password() for _ in range(20)}
    assert len(made) == 20
    for password in made:
        validate_password(password, world["lt_clerk"])


def test_the_rules_speak_to_the_person_in_one_tone(world, as_person):
    shown = as_person("lt_clerk").get(reverse("accounts:password")).content.decode()
    assert "您的姓名" in shown
    assert "你" not in shown
