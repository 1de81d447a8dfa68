"""A session ends after half an hour without use, after twelve hours, or when its owner ends it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.accounts.models import SignedInSession
from portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # 08:30 in Shanghai
MINUTE = 60


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def at_work(clock, world, client, sign_in):
    sign_in(client, "lt_clerk")
    return client


def page(client):
    return client.get(reverse("accounts:account"))


def test_half_an_hour_without_use_ends_it_and_says_why(clock, at_work):
    clock.shift(29 * MINUTE)
    assert page(at_work).status_code == 200
    clock.shift(30 * MINUTE)
    gone = page(at_work)
    assert gone.url == "/staff/sign-in/?reason=idle&next=%2Fstaff%2Faccount%2F"
    assert "为保护信息安全已自动退出" in at_work.get(gone.url).content.decode()
    assert AuditEntry.objects.get(verb="account.session_over").payload == {"reason": "idle"}


def test_twelve_hours_end_it_however_busy_it_was(clock, at_work):
    for _ in range(35):
        clock.shift(20 * MINUTE)
        assert page(at_work).status_code == 200
    clock.shift(20 * MINUTE)
    assert "reason=absolute" in page(at_work).url


def test_every_page_says_when_it_ends_without_a_script(clock, at_work):
    text = page(at_work).content.decode()
    assert '<time datetime="2026-03-02T09:00:00+08:00" data-session-ends>2026-03-02 09:00</time> 退出' in text
    assert "data-session-warning" in text


def test_a_script_can_say_that_the_person_is_still_there(clock, at_work):
    clock.shift(20 * MINUTE)
    answer = at_work.get(reverse("accounts:keep"))
    assert answer.status_code == 204
    assert answer["X-Session-Ends"].startswith("2026-03-02T01:20:00")


def test_a_page_that_asks_by_itself_does_not_keep_the_session(clock, at_work, world):
    from portal.jobs.models import Job

    job = Job.objects.create(kind="test", label="报告", asked_by=world["lt_clerk"])
    for _ in range(3):
        clock.shift(9 * MINUTE)
        at_work.get(reverse("office:job", args=[job.public_id]), headers={"HX-Request": "true"})
    clock.shift(4 * MINUTE)
    answer = at_work.get(reverse("office:job", args=[job.public_id]), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert "reason=idle" in answer["HX-Redirect"]


def test_what_was_posted_too_late_leads_back_to_the_page_of_the_form(clock, at_work):
    clock.shift(40 * MINUTE)
    form = f"http://testserver{reverse('accounts:password')}"
    gone = at_work.post(reverse("accounts:password"), {}, headers={"Referer": form})
    assert gone.url == "/staff/sign-in/?reason=idle&next=%2Fstaff%2Faccount%2Fpassword%2F"


def test_one_sees_and_ends_ones_own_sessions(world, client, sign_in):
    other = Client()
    sign_in(client, "lt_clerk")
    sign_in(other, "lt_clerk", address="198.51.100.9")
    assert "198.51.100.9" in page(client).content.decode()
    row = SignedInSession.objects.get(address="198.51.100.9")
    assert client.post(reverse("accounts:end-session", args=[row.pk])).status_code == 302
    assert "/staff/sign-in/" in page(other).url
    assert page(client).status_code == 200


def test_all_other_sessions_end_at_once(world, client, sign_in):
    others = [Client(), Client()]
    for one in (client, *others):
        sign_in(one, "lt_clerk")
    client.post(reverse("accounts:end-others"))
    assert [page(one).status_code for one in (client, *others)] == [200, 302, 302]


def test_nobody_ends_the_session_of_another(world, client, sign_in):
    sign_in(client, "lt_clerk")
    stranger = Client()
    sign_in(stranger, "qh_clerk")
    row = SignedInSession.objects.get(person=world["lt_clerk"])
    assert stranger.post(reverse("accounts:end-session", args=[row.pk])).status_code == 404
    assert page(client).status_code == 200


def test_the_list_of_sessions_costs_the_same_for_one_and_for_many(
    world, client, sign_in, django_assert_max_num_queries
):
    for _ in range(8):
        sign_in(Client(), "lt_clerk")
    sign_in(client, "lt_clerk")
    with django_assert_max_num_queries(12):
        page(client)
