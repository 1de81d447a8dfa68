"""Too many failures close the door for one person at one address, and for nobody else."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def fail(sign_in, times, username="lt_clerk", address="192.0.2.1"):
    return [sign_in(Client(), username, f"wrong-{n}", address=address) for n in range(times)][-1]


def test_the_fifth_failure_shows_a_page_that_says_how_long(world, sign_in):
    assert fail(sign_in, 4).status_code == 422
    locked = fail(sign_in, 1)
    assert locked.status_code == 429
    assert "请在 15 分钟后再试" in locked.content.decode()
    assert locked["Retry-After"] == "900"


def test_the_right_password_does_not_open_a_closed_door(world, sign_in, client):
    fail(sign_in, 5)
    assert sign_in(client, "lt_clerk").status_code == 429


def test_an_attacker_elsewhere_cannot_lock_the_owner_out(world, sign_in, client):
    fail(sign_in, 8, address="198.51.100.7")
    assert sign_in(client, "lt_clerk", address="192.0.2.1").url == reverse("inside:worklist")


def test_colleagues_behind_the_same_address_still_come_in(world, sign_in, client):
    fail(sign_in, 8)
    assert sign_in(client, "lt_legal").url == reverse("inside:worklist")


def test_the_door_opens_again_after_a_quarter_of_an_hour(world, sign_in, client):
    with time_machine.travel(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), tick=False) as clock:
        fail(sign_in, 5)
        clock.shift(16 * 60)
        assert sign_in(client, "lt_clerk").status_code == 302


def test_the_pause_is_recorded_once_and_further_tries_do_not_fill_the_chain(world, sign_in):
    fail(sign_in, 12)
    verbs = list(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs.count("account.locked") == 1
    assert verbs.count("account.sign_in_failed") == 5
