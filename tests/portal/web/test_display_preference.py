"""Elder mode, contrast and text size: one cookie, no session, and caches that know whose page it is."""

import pytest
from django.test import Client

from portal.web.display import Display

pytestmark = pytest.mark.urls("tests.portal.web.gallery_urls")


def test_a_link_switches_elder_mode_and_leads_back():
    client = Client()
    response = client.get("/display/", {"elder": "on", "next": "/shared/?page=2"})
    assert (response.status_code, response.url) == (302, "/shared/?page=2")
    assert client.cookies["display"].value == "elder"
    assert '<html lang="zh-CN" class="elder">' in client.get("/shared/").content.decode()


def test_preferences_add_up_and_can_be_taken_back():
    client = Client()
    client.post("/display/", {"elder": "on", "text": "large"})
    client.post("/display/", {"high-contrast": "on"})
    assert Display.parse(client.cookies["display"].value) == Display(elder=True, high_contrast=True, text="large")
    client.post("/display/", {"elder": "off", "high-contrast": "off", "text": "medium"})
    assert client.cookies["display"].value == ""


def test_the_form_can_be_sent_without_a_token_and_sets_no_other_cookie():
    client = Client(enforce_csrf_checks=True)
    assert client.get("/display/").cookies == {}
    assert set(client.post("/display/", {"elder": "on"}).cookies) == {"display"}


def test_it_never_leads_to_another_site():
    for wanted in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        assert Client().get("/display/", {"elder": "on", "next": wanted}).url == "/"


def test_a_forged_cookie_puts_nothing_on_the_page():
    client = Client()
    client.cookies["display"] = 'elder"><script>.high-contrast'
    page = client.get("/shared/").content.decode()
    assert '<html lang="zh-CN" class="high-contrast">' in page


def test_a_public_page_is_shared_until_a_reader_asks_for_a_display():
    client = Client()
    plain = client.get("/shared/")
    assert plain["Cache-Control"] == "public, max-age=120"
    assert "Cookie" in plain["Vary"]
    assert not plain.cookies
    client.cookies["display"] = "elder"
    assert "private" in client.get("/shared/")["Cache-Control"]


def test_a_page_that_nobody_declared_public_stays_private():
    assert "private" in Client().get("/components/public/")["Cache-Control"]
