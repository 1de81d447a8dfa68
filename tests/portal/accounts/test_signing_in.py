"""The door: who comes in, where they begin, what is written down."""

import pytest
from django.urls import reverse

from portal.accounts.models import SignedInSession
from portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def verbs():
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("username", "page"),
    [
        ("lt_clerk", "inside:worklist"),
        ("county_reviewer", "inside:county-worklist"),
        ("secadmin", "office:people"),
        ("auditor", "office:audit"),
        ("sysadmin", "office:system"),
    ],
)
def test_everybody_begins_where_their_work_is(client, world, sign_in, username, page):
    response = sign_in(client, username)
    assert response.status_code == 302
    assert response.url == reverse(page)


def test_a_wrong_password_and_an_unknown_name_read_the_same(client, world, sign_in):
    wrong = sign_in(client, "lt_clerk", "not-the-password")
    unknown = sign_in(client, "nobody", "not-the-password")
    assert wrong.status_code == unknown.status_code == 422
    for response in (wrong, unknown):
        assert "用户名或者密码不正确" in response.content.decode()
        assert "<title>错误：" in response.content.decode()
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_the_page_goes_back_to_where_the_person_wanted_to_be(client, world, sign_in):
    asked = client.get(reverse("inside:cases"))
    assert asked.url == "/staff/sign-in/?next=%2Fstaff%2Fcases%2F"
    page = client.get(asked.url).content.decode()
    assert 'name="next" value="/staff/cases/"' in page
    assert sign_in(client, "lt_clerk", next="/staff/cases/").url == "/staff/cases/"


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client, world, sign_in, wanted):
    assert sign_in(client, "lt_clerk", next=wanted).url == reverse("inside:worklist")


def test_password_managers_are_welcome_and_nothing_is_puzzled_out(client, world):
    page = client.get(reverse("accounts:sign-in")).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_the_session_gets_a_new_key_at_the_door(client, world, sign_in):
    client.get(reverse("accounts:sign-in"))
    session = client.session
    session["seen"] = "before"
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in(client, "lt_clerk")
    assert client.session.session_key != session.session_key


def test_coming_and_going_are_on_record_with_person_and_post(client, world, sign_in):
    sign_in(client, "lt_clerk", "wrong-password")
    sign_in(client, "lt_clerk")
    client.post(reverse("accounts:sign-out"))
    assert verbs() == ["account.sign_in_failed", "account.signed_in", "account.signed_out"]
    signed_in = AuditEntry.objects.get(verb="account.signed_in")
    assert signed_in.person == world["lt_clerk"]
    assert signed_in.post
    assert signed_in.chain == f"org:{world['lt_clerk'].organisation_id}"


def test_a_name_that_nobody_has_is_not_kept_for_it_may_be_a_password(client, world, sign_in):
    sign_in(client, "My-secret-1234")
    entry = AuditEntry.objects.get()
    assert entry.chain == "system"
    assert "My-secret" not in entry.summary + str(entry.payload)


def test_signing_out_needs_a_form_and_ends_the_session(client, world, sign_in):
    sign_in(client, "lt_clerk")
    assert client.get(reverse("accounts:sign-out")).status_code == 405
    assert client.post(reverse("accounts:sign-out")).status_code == 302
    assert client.get(reverse("accounts:account")).status_code == 302
    assert not SignedInSession.objects.exists()


def test_a_disabled_account_is_out_at_the_next_click_and_stays_out(client, world, sign_in):
    sign_in(client, "lt_clerk")
    assert client.get(reverse("accounts:account")).status_code == 200
    person = world["lt_clerk"]
    person.is_active = False
    person.save()
    assert client.get(reverse("accounts:account")).url.startswith("/staff/sign-in/")
    assert sign_in(client, "lt_clerk").status_code == 422
