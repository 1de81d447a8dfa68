"""The demo county's people, and a browser that remembers its cookies."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.demo.county import build_county

PASSWORD = "Maple-River-2026"


@pytest.fixture
def county(db):
    """云溪县 with its people; every account has :data:`PASSWORD`."""
    return build_county(PASSWORD)


@pytest.fixture
def sign_in():
    """Sign in through the page, from an address: ``sign_in(client, "lt_clerk")`` gives the response."""

    def through_the_page(client: Client, username: str, password: str = PASSWORD, *, address="192.0.2.1", **fields):
        data = {"username": username, "password": password, **fields}
        return client.post(reverse("accounts:sign-in"), data, REMOTE_ADDR=address)

    return through_the_page
