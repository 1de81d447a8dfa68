"""Menus: rooms register entries, the frame shows those a person may use."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from portal.web import navigation

pytestmark = pytest.mark.urls("tests.portal.web.gallery_urls")


@pytest.fixture
def entries():
    made = []

    def register(*args, **options):
        made.append(navigation.register(*args, **options))

    yield register
    for entry in made:
        navigation.unregister(entry.audience, entry.label, entry.place)


def menus(path, user=None):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return navigation.Menus(request)


def test_entries_stand_in_their_order_and_the_page_is_marked(entries):
    entries("public", "二", "web:gallery_public", order=2)
    entries("public", "一", "web:gallery", order=1)
    items = [item for item in menus("/components/public/").public["main"] if item.label in ("一", "二")]
    assert [(item.label, item.current) for item in items] == [("一", False), ("二", True)]


def test_an_entry_shows_only_to_those_who_hold_its_authority(entries, world):
    entries("staff", "起草", "web:gallery", "normative_docs.draft")
    entries("staff", "审批", "web:display", "casefiles.approve")
    labels = [item.label for item in menus("/components/", world["lt_clerk"]).inside["main_items"]]
    assert "起草" in labels
    assert "审批" not in labels


def test_before_signing_in_there_is_no_menu(entries):
    entries("staff", "起草", "web:gallery")
    assert menus("/components/").inside["main_items"] == []


def test_public_menus_never_ask_who_is_reading():
    request = RequestFactory().get("/")
    assert navigation.Menus(request).public.keys() >= {"main", "footer"}


def test_the_same_name_twice_is_a_mistake(entries):
    entries("staff", "起草", "web:gallery")
    with pytest.raises(ValueError, match="already"):
        navigation.register("staff", "起草", "web:display")


def test_an_entry_that_leads_nowhere_fails_the_check(entries):
    entries("staff", "去向不明", "nowhere:at_all")
    messages = [error.msg for error in navigation.every_entry_leads_somewhere(None)]
    assert any("nowhere:at_all" in message for message in messages)
