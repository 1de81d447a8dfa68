"""Whoever follows a link that a page shows them arrives at a page: no visible link ends in 403, 404 or worse."""

from collections import Counter, deque
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from portal.accounts.views import first_page
from portal.moment import clock_set_to
from tests import matrix
from tests.page_links import addresses_on
from tests.scene import ask, built_once, papers_of_the_scene, signed_in

PEOPLE = (
    "lt_clerk", "lt_legal", "lt_head", "lt_village01", "lt_mediator", "qh_clerk", "county_reviewer",
    "county_supervisor", "sysadmin", "secadmin", "auditor",
)  # fmt: skip
# Lists sort, filter and turn their pages by the query: some of each kind stand for all.
MOST_OF_A_KIND, MOST_QUERIES = 12, 3


scene = built_once()
media_folder = papers_of_the_scene()


@pytest.fixture(autouse=True)
def then(scene):
    """On the day of the scene."""
    with clock_set_to(matrix.noon()):
        yield


def links_of(response, path: str) -> list[str]:
    """Addresses of this site to which the page links, without their fragments."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    found = [urldefrag(urljoin(path, address)).url for address in addresses_on(response.content.decode())]
    return [address for address in found if address.startswith("/") and not address.startswith(("//", "/static/"))]


def kind_of(address: str) -> tuple:
    """Page and names of the query: what makes two addresses look alike."""
    parts = urlsplit(address)
    return resolve(parts.path).view_name, tuple(sorted(name for name, _ in parse_qsl(parts.query)))


def dead_ends(client: Client, start: str) -> list[str]:
    """Follow every link from the first page on; what fails, with the page that leads there."""
    waiting, known, alike, dead = deque([(start, "")]), {start}, Counter(), []
    while waiting:
        path, source = waiting.popleft()
        response = ask(client, "GET", path)
        if response.status_code >= 400:
            dead.append(f"{source} -> {path}: {response.status_code}")
        following = [response["Location"]] if response.status_code in (301, 302) else links_of(response, path)
        for address in following:
            if address in known or not address.startswith("/"):
                continue
            known.add(address)
            kind = kind_of(address)
            alike[kind] += 1
            if alike[kind] <= (MOST_QUERIES if kind[1] else MOST_OF_A_KIND):
                waiting.append((address, path))
    return dead


@pytest.mark.full
@pytest.mark.parametrize("username", PEOPLE)
def test_no_link_is_a_dead_end(scene, username):
    client = signed_in(scene, username)
    with transaction.atomic():
        dead = dead_ends(client, first_page(scene.world[username]))
        transaction.set_rollback(True)
    assert not dead, "\n".join(dead)
