"""A decision that is published, walked there once for all tests of a module, and its pages."""

from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from decisions.demo import texts
from portal.demo.county import build_county
from tests.decisions.scenarios import walked
from tests.ground import PASSWORD, a_place_of_its_own


def walked_once(until: str = "publish", text=texts.bus):
    """A module's fixture: the journey of a decision up to that act, built within one transaction, undone at the end.

    Its tests take it through :func:`undone`.
    """

    @pytest.fixture(scope="module")
    def once(django_db_setup, django_db_blocker, tmp_path_factory):
        folder = str(tmp_path_factory.mktemp("media"))
        with django_db_blocker.unblock(), a_place_of_its_own(folder):
            world = build_county(PASSWORD)
            journey = walked(world, until, text)
            journey.world = world
            yield journey

    return once


def undone():
    """A module's fixture: the journey for one test, whose acts are taken back."""

    @pytest.fixture
    def journey(once):
        with transaction.atomic():
            yield deepcopy(once)
            transaction.set_rollback(True)

    return journey


def signed_in(journey, username: str) -> Client:
    client = Client()
    client.force_login(journey.world[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(journey, name: str, *more) -> str:
    return reverse(f"decisions:{name}", args=[journey.document.public_id, *more])


def step(journey, code: str) -> str:
    return reverse("inside:step", args=[journey.document.public_id, code])


def body(response) -> str:
    return response.content.decode()
