"""Feeds of what is new, the map for search engines, the data dictionary, and the metadata of a document page."""

import csv
import io

import pytest
from defusedxml import ElementTree
from django.urls import reverse

from portal.publishing.open_data import FIELD_NOTES
from portal.publishing.pages import document_url
from portal.publishing.register import take_down
from tests.portal.publishing.town import published

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    assert "max-age" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def test_the_feed_leads_to_what_was_published(world, client):
    publication = published(world)
    (entry,) = entries(client, "/docs/feed.xml")
    assert entry.find(f"{ATOM}title").text == publication.title
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{document_url(publication)}"


def test_a_town_has_a_feed_of_its_own_and_what_is_taken_down_leaves_it(world, client):
    publication = published(world)
    assert len(entries(client, "/towns/longtan/feed.xml")) == 1
    assert entries(client, "/towns/qinghe/feed.xml") == []
    assert client.get("/towns/nowhere/feed.xml").status_code == 404
    take_down(publication, by=world["lt_head"], reason="内容有误")
    assert entries(client, "/towns/longtan/feed.xml") == []


def test_the_map_names_every_part_and_every_document(world, client):
    publication = published(world)

    def addresses(url, tag):
        return [element.text for element in ElementTree.fromstring(client.get(url).content).iter(f"{MAP}{tag}")]

    parts = addresses("/sitemap.xml", "loc")
    year = f"http://testserver/sitemap-{publication.year}.xml"
    assert year in parts
    assert addresses(year, "loc") == [f"http://testserver{document_url(publication)}"]
    assert addresses(year, "lastmod")
    assert "http://testserver/towns/longtan/" in addresses("/sitemap-pages.xml", "loc")


def test_the_data_dictionary_is_the_declaration(client, db):
    answer = client.get(reverse("publishing:open-data-fields"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [tuple(row) for row in rows[1:]] == list(FIELD_NOTES)


def test_a_document_page_names_source_and_kind_of_publicity_and_how_to_cite(world, client):
    publication = published(world)
    shown = client.get(document_url(publication)).content.decode()
    assert "公开方式" in shown
    assert "主动公开" in shown
    assert f"《{publication.title}》（{publication.number}），{publication.organisation.name}，" in shown
    assert 'data-copy="citation" hidden' in shown
    assert 'type="application/atom+xml"' in shown
