"""A search shows, counts and proposes only what its reader may see."""

import uuid
from datetime import date

import pytest

from portal.accounts.models import Person
from portal.search.index import index
from portal.search.registry import EntryData
from portal.search.search import search
from tests.portal.search.county import clerk, open_file, publish, town

pytestmark = pytest.mark.django_db


def draft(title, person):
    """A file that only the inside index knows."""
    file = open_file(title, person)
    inside = EntryData(
        title=title,
        body=f"{title}的内部讨论稿",
        published_on=file.opened_on,
        organisation=file.organisation,
        file=file,
        url_name="search:staff",
    )
    index("notice", file.public_id, [inside])
    return file


@pytest.fixture
def longtan_clerk():
    return clerk("lt", town())


@pytest.fixture
def qinghe_clerk():
    return clerk("qh", town("qinghe", "清河镇"))


def test_a_clerk_finds_the_files_of_the_own_town_only(longtan_clerk, qinghe_clerk):
    draft("龙潭防汛预案", longtan_clerk)
    draft("清河防汛预案", qinghe_clerk)
    page = search("防汛", person=longtan_clerk)
    assert [hit.plain_title for hit in page.results] == ["龙潭防汛预案"]
    assert page.total == 1
    assert [option.value for facet in page.facets if facet.name == "organisation" for option in facet.options] == [
        "longtan"
    ]


def test_a_draft_is_not_in_the_public_search(longtan_clerk):
    draft("龙潭防汛预案", longtan_clerk)
    assert search("防汛", public=True).total == 0


def test_nothing_is_proposed_from_what_the_reader_may_not_see(longtan_clerk, qinghe_clerk):
    draft("清河防汛预案", qinghe_clerk)
    assert search("防讯预案", person=longtan_clerk).suggestions == ()
    assert search("防讯预案", public=True).suggestions == ()
    assert search("防讯预案", person=qinghe_clerk).suggestions


def test_an_inside_entry_without_a_file_is_seen_by_nobody(longtan_clerk):
    inside = EntryData(title="防汛", published_on=date(2026, 1, 1), url_name="search:staff")
    index("note", uuid.uuid4(), [inside])
    assert search("防汛", person=longtan_clerk).total == 0
    assert search("防汛", public=True).total == 0


def test_what_is_published_is_not_mixed_into_the_own_files(longtan_clerk):
    publish("防汛通知")
    assert search("防汛", person=longtan_clerk).total == 0


def test_a_person_without_a_role_finds_nothing(longtan_clerk):
    stranger = Person.objects.create_user(
        "stranger", "a-long-password", full_name="吴起", organisation=longtan_clerk.organisation
    )
    draft("龙潭防汛预案", longtan_clerk)
    assert search("防汛", person=stranger).total == 0
