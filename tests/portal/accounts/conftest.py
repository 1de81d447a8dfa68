"""A browser at the door."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.ground import PASSWORD


@pytest.fixture
def sign_in():
    """Sign in through the page, from an address: ``sign_in(client, "lt_clerk")`` gives the response."""

    def through_the_page(client: Client, username: str, password: str = PASSWORD, *, address="192.0.2.1", **fields):
        data = {"username": username, "password": password, **fields}
        return client.post(reverse("accounts:sign-in"), data, REMOTE_ADDR=address)

    return through_the_page
