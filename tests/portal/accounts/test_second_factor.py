"""The optional code of an authenticator: set up, asked for, used once."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts import second_factor
from tests.ground import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def code_of(device):
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    return f"{totp.token():06d}"


@pytest.fixture
def switched_on(clock, world):
    """lt_clerk uses a second factor; gives (device, recovery codes)."""
    person = world["lt_clerk"]
    codes = second_factor.confirm(person, code_of(second_factor.prepared(person)))
    clock.shift(60)
    return TOTPDevice.objects.get(user=person), codes


def enter(client, code):
    return client.post(reverse("accounts:second-step"), {"code": code})


def test_it_is_switched_on_by_a_first_code_and_shows_recovery_codes_once(clock, world, client, sign_in):
    sign_in(client, "lt_clerk")
    page = client.get(reverse("accounts:second-factor")).content.decode()
    assert '<svg class="qr"' in page
    device = TOTPDevice.objects.get(user=world["lt_clerk"])
    assert second_factor.secret_of(device) in page
    assert client.post(reverse("accounts:second-factor"), {"code": "000000"}).status_code == 422
    clock.shift(60)  # the device makes people wait after a wrong code
    shown = client.post(reverse("accounts:second-factor"), {"code": code_of(device)})
    assert len(shown.context["codes"]) == 10
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == 10
    assert not stored & {code.replace("-", "") for code in shown.context["codes"]}
    assert "恢复码" in client.get(reverse("accounts:second-factor")).content.decode()
    assert shown.context["codes"][0] not in client.get(reverse("accounts:second-factor")).content.decode()


def test_the_password_alone_no_longer_opens(world, client, sign_in, switched_on):
    assert sign_in(client, "lt_clerk", next="/staff/cases/").url == reverse("accounts:second-step")
    assert client.get(reverse("accounts:account")).url.startswith("/staff/sign-in/")
    device, _ = switched_on
    assert enter(client, code_of(device)).url == "/staff/cases/"
    assert client.get(reverse("accounts:account")).status_code == 200


def test_a_code_that_was_used_is_refused(world, client, sign_in, switched_on):
    device, _ = switched_on
    code = code_of(device)
    sign_in(client, "lt_clerk")
    assert enter(client, code).status_code == 302
    thief = Client()
    sign_in(thief, "lt_clerk")
    refused = enter(thief, code)
    assert refused.status_code == 422
    assert "已经用过" in refused.content.decode()


def test_a_recovery_code_opens_once(world, client, sign_in, switched_on):
    _, codes = switched_on
    sign_in(client, "lt_clerk")
    assert enter(client, codes[3].upper()).status_code == 302
    again = Client()
    sign_in(again, "lt_clerk")
    assert enter(again, codes[3]).status_code == 422


def test_wrong_codes_make_one_wait_and_close_the_door_like_wrong_passwords(clock, world, client, sign_in, switched_on):
    sign_in(client, "lt_clerk")
    answers = []
    for _ in range(5):
        answers.append(enter(client, "000000").status_code)
        clock.shift(40)
    assert answers == [422, 422, 422, 422, 429]


def test_the_half_open_door_closes_after_five_minutes(clock, world, client, sign_in, switched_on):
    sign_in(client, "lt_clerk")
    clock.shift(301)
    assert client.get(reverse("accounts:second-step")).url == reverse("accounts:sign-in")


def test_the_second_step_leads_nowhere_without_the_first(client, world):
    assert client.get(reverse("accounts:second-step")).url == reverse("accounts:sign-in")
    assert enter(client, "123456").url == reverse("accounts:sign-in")


def test_switching_it_off_asks_for_the_password(world, client, sign_in, switched_on):
    device, _ = switched_on
    sign_in(client, "lt_clerk")
    enter(client, code_of(device))
    remove = reverse("accounts:second-factor-remove")
    assert client.post(remove, {"password": "wrong"}).status_code == 422
    assert client.post(remove, {"password": PASSWORD}).status_code == 302
    assert not second_factor.has_second_factor(world["lt_clerk"])


def test_new_recovery_codes_make_the_old_ones_worthless(world, client, sign_in, switched_on):
    device, codes = switched_on
    sign_in(client, "lt_clerk")
    enter(client, code_of(device))
    shown = client.post(reverse("accounts:recovery-codes"), {"password": PASSWORD})
    assert len(shown.context["codes"]) == 10
    other = Client()
    sign_in(other, "lt_clerk")
    assert enter(other, codes[0]).status_code == 422
