"""Whoever follows a link that a page shows them arrives at a page: no visible link ends in 403, 404 or worse."""

from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from portal.accounts.views import first_page
from portal.moment import clock_set_to
from tests import matrix
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


class Links(HTMLParser):
    """Where the links of a page lead."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get("href") if tag == "a" else None
        if address:
            self.found.append(address)


def links_of(response, path: str) -> list[str]:
    """Addresses of this site to which the page links, without their fragments."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    found = [urldefrag(urljoin(path, address)).url for address in Links(response.content.decode()).found]
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


@pytest.mark.parametrize("username", ["sysadmin", "secadmin", "auditor"])
def test_a_refusal_leads_back_to_where_the_persons_work_begins(scene, username):
    client = signed_in(scene, username)
    with transaction.atomic():
        refused = client.get("/staff/")
        back = [address for address in Links(refused.content.decode()).found if address.startswith("/staff/")]
        assert refused.status_code == 403
        assert {client.get(address).status_code for address in back} == {200}
        transaction.set_rollback(True)


def test_links_are_read_from_the_page_whatever_stands_around_them():
    page = '<a class="x" href="/staff/?tab=done#top">甲</a><link href="/static/a.css"><a href="?tab=mine">乙</a>'
    assert Links(page).found == ["/staff/?tab=done#top", "?tab=mine"]
