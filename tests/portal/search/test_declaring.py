"""An app declares what can be found; the index follows what is saved and can be built anew."""

import json
from datetime import date
from inspect import getsource
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models.signals import post_save

from portal.casefiles.models import CaseFile, FileLink
from portal.search import registry
from portal.search.index import remove
from portal.search.models import SearchEntry
from portal.search.registry import EntryData, kinds, searchable
from portal.search.search import search
from portal.search.signals import connect, disconnect, rebuilt_afterwards
from tests.portal.search.county import clerk, open_file, town

pytestmark = pytest.mark.django_db

KIND = "declared_in_a_test"


@pytest.fixture(autouse=True)
def files_are_searchable():
    """Every file is found inside; one that is disclosed, also by the public; both also by what they link to."""

    @searchable(CaseFile, kind=KIND, label="案卷", follows={FileLink: lambda link: link.source})
    def entries(file):
        links = " ".join(link.target.title for link in file.links_out.all())
        shared = {
            "title": file.title,
            "keywords": links,
            "published_on": file.opened_on,
            "organisation": file.organisation,
            "file": file,
        }
        yield EntryData(url_name="search:staff", **shared)
        if file.disclosure == "proactive":
            yield EntryData(url_name="search:public", public=True, **shared)

    declared = registry.kind_named(KIND)
    connect(declared)
    yield declared
    disconnect(declared)
    registry.forget(KIND)


@pytest.fixture
def person():
    return clerk("lt", town())


def found(text):
    return [hit.plain_title for hit in search(text, public=True).results]


def test_what_is_saved_is_found(person):
    open_file("防汛预案", person)
    assert found("防汛") == ["防汛预案"]


def test_a_changed_title_is_found_by_its_new_words(person):
    file = open_file("防汛预案", person)
    file.title = "抗旱预案"
    file.save(update_fields=["title"])
    assert found("防汛") == []
    assert found("抗旱") == ["抗旱预案"]


def test_a_save_that_changes_nothing_to_be_found_leaves_its_entries_alone(person):
    file = open_file("防汛预案", person)
    written = list(SearchEntry.objects.order_by("pk").values_list("pk", "source_digest"))
    SearchEntry.objects.update(body="只有重写才会改变")
    file.save(update_fields=["title"])
    assert set(SearchEntry.objects.values_list("body", flat=True)) == {"只有重写才会改变"}
    file.title = "防汛抗旱预案"
    file.save(update_fields=["title"])
    assert set(SearchEntry.objects.values_list("body", flat=True)) == {""}
    renewed = list(SearchEntry.objects.order_by("pk").values_list("pk", "source_digest"))
    assert [pk for pk, _ in renewed] == [pk for pk, _ in written]
    assert not {digest for _, digest in renewed} & {digest for _, digest in written}


WRITTEN_BY_STEPS = frozenset({"stage", "addressed_to_county_at", "closed_on"})


def test_no_entry_is_made_of_what_steps_write_so_a_step_alone_asks_for_none(person, django_assert_num_queries):
    sources = {declared.kind: getsource(declared.entries) for declared in kinds()}
    assert not [kind for kind, source in sources.items() if any(f".{name}" in source for name in WRITTEN_BY_STEPS)]
    file = open_file("防汛预案", person)
    with django_assert_num_queries(0):
        post_save.send(type(file), instance=file, update_fields=WRITTEN_BY_STEPS)


def test_while_an_empty_portal_is_filled_the_index_waits_for_the_end(person):
    with rebuilt_afterwards():
        file = open_file("防汛预案", person)
        FileLink.objects.create(source=file, target=open_file("山洪普查", person), kind="related")
        assert not SearchEntry.objects.exists()
    assert set(found("山洪")) == {"防汛预案", "山洪普查"}


def test_what_is_no_longer_public_leaves_the_public_search_at_once(person):
    file = open_file("防汛预案", person)
    file.disclosure, file.disclosure_reason = "withheld", "内部事务信息"
    file.save()
    assert found("防汛") == []
    assert search("防汛", person=person).total == 1


def test_a_row_that_it_follows_brings_it_up_to_date(person):
    source, target = open_file("防汛预案", person), open_file("山洪普查", person)
    FileLink.objects.create(source=source, target=target, kind="related")
    assert set(found("山洪")) == {"防汛预案", "山洪普查"}


def test_a_rebuild_finds_what_was_loaded_in_bulk_and_drops_what_is_gone(person, files_are_searchable):
    open_file("防汛预案", person)
    SearchEntry.objects.all().delete()
    SearchEntry.objects.create(
        kind=KIND,
        object_uuid="00000000-0000-4000-8000-000000000000",
        is_public=True,
        title="早已没有",
        vector="'早已'",
        ranking="'早已':1A",
        published_on=date(2020, 1, 1),
        year=2020,
        url_name="search:public",
    )
    out = StringIO()
    call_command("rebuild_search", "--kind", KIND, "--json", stdout=out)
    assert json.loads(out.getvalue()) == {KIND: 2}
    assert found("防汛") == ["防汛预案"]
    assert found("早已") == []


def test_a_rebuild_takes_back_what_is_no_longer_public(person):
    file = open_file("防汛预案", person)
    CaseFile.objects.filter(pk=file.pk).update(disclosure="withheld", disclosure_reason="内部事务信息")
    call_command("rebuild_search", "--kind", KIND, stdout=StringIO())
    assert found("防汛") == []


def test_a_rebuild_of_an_unknown_kind_names_the_known_ones():
    with pytest.raises(CommandError, match=KIND):
        call_command("rebuild_search", "--kind", "nothing")


def test_what_is_removed_is_not_found(person):
    file = open_file("防汛预案", person)
    remove(KIND, file.public_id)
    assert found("防汛") == []


def test_a_kind_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        searchable(CaseFile, kind=KIND, label="案卷")(lambda file: [])
