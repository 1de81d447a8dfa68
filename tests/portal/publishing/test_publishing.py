"""Putting before the public and taking down: what is frozen, what is refused, what is left at the address."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from portal.moment import clock_set_to
from portal.publishing import faces
from portal.publishing.models import Publication
from portal.publishing.refusals import CopyRefused, NothingPublic, PublishRefused
from portal.publishing.register import keep_repeal, publication_of, publish, take_down
from portal.workflow.perform import perform
from portal.workflow.refusals import NotAuthorised
from tests.portal.publishing.town import SECRET_TEXT, draft, page, published, record, reviewed

pytestmark = pytest.mark.django_db


def test_an_existing_document_without_personal_data_goes_out_at_once_and_says_who_answers(world):
    publication = published(world)
    assert publication.copy.is_automatic
    assert publication.copy.reviewed_by == world["lt_clerk"]
    assert publication.public_number == f"{publication.year}-0001"
    assert publication.published_on == date(2026, 3, 30)
    assert publication.organisation == world.longtan


def test_an_existing_document_with_personal_data_waits_for_people(world):
    document = draft(world, text=SECRET_TEXT)
    with pytest.raises(CopyRefused, match="处疑似个人信息"):
        publish(document, by=world["lt_clerk"])
    document = record(document, world["lt_clerk"])
    assert publication_of(document) is None
    reviewed(world, document)
    document = perform(document, "publish_existing", by=world["lt_clerk"])
    assert "李某" in publication_of(document).text


def test_a_marked_but_unreviewed_text_is_not_bypassed(world):
    from portal.publishing.copying import prepare_copy

    document = draft(world)
    prepare_copy(document, by=world["lt_clerk"])
    with pytest.raises(PublishRefused, match="尚待另一人审查"):
        publish(document, by=world["lt_clerk"])


def test_withheld_and_twice_are_refused(world):
    document = draft(world, disclosure="withheld", disclosure_reason="内部管理事项")
    with pytest.raises(PublishRefused, match="不予公开"):
        publish(document, by=world["lt_clerk"])
    publication = published(world, number="龙政规〔2026〕2号")
    with pytest.raises(PublishRefused, match="已经公开"):
        publish(type(document).objects.get(pk=publication.file_id), by=world["lt_clerk"])


def test_a_kind_without_face_has_nothing_public(world):
    document = draft(world)
    face = faces.face_of("normative_docs")
    faces.unregister("normative_docs")
    try:
        with pytest.raises(NothingPublic):
            publish(document, by=world["lt_clerk"])
    finally:
        faces.register(face)


def test_what_went_out_never_changes(world):
    publication = published(world)
    for change in ({"title": "改"}, {"text": "改"}, {"published_on": date(2020, 1, 1)}, {"serial": 9}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Publication.objects.filter(pk=publication.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).delete()


def test_taking_down_leaves_the_reason_at_the_address_and_nothing_in_lists(world, client):
    publication = published(world)
    assert publication.title in client.get("/docs/").content.decode()
    take_down(publication, by=world["lt_legal"], reason="内容有误，更正后重新公布")
    gone = page(client, publication)
    assert gone.status_code == 410
    assert "内容有误，更正后重新公布" in gone.content.decode()
    for address in ("/", "/docs/", "/docs/index.json", "/towns/longtan/"):
        assert publication.title not in client.get(address).content.decode()
    assert publication.title not in b"".join(client.get("/docs/index.csv").streaming_content).decode()


def test_a_title_that_must_go_is_gone_from_the_page_too(world, client):
    publication = published(world, title="关于李晓梅住房问题的通知")
    take_down(publication, by=world["lt_head"], reason="涉及个人信息", hides_title=True)
    assert "李晓梅" not in page(client, publication).content.decode()


def test_taking_down_needs_a_reason_an_authority_and_something_to_take_down(world):
    publication = published(world)
    with pytest.raises(PublishRefused, match="理由"):
        take_down(publication, by=world["lt_legal"], reason="  ")
    for username in ("lt_clerk", "qh_legal", "county_reviewer"):
        with pytest.raises(NotAuthorised):
            take_down(publication, by=world[username], reason="理由")
    take_down(publication, by=world["lt_legal"], reason="理由")
    with pytest.raises(PublishRefused, match="已经撤下"):
        take_down(publication, by=world["lt_legal"], reason="再撤")


def test_the_corrected_text_gets_an_address_of_its_own_and_the_old_one_leads_there(world, client):
    publication = published(world)
    take_down(publication, by=world["lt_legal"], reason="更正")
    again = publish(type(draft(world, number="")).objects.get(pk=publication.file_id), by=world["lt_clerk"])
    assert (again.year, again.serial) == (publication.year, publication.serial + 1)
    old = page(client, publication)
    assert old.status_code == 410
    assert f"/docs/{again.year}/{again.serial}/" in old.content.decode()


def test_a_repeal_shows_from_its_day_on(world, client):
    publication = published(world)
    document = type(draft(world, number="")).objects.get(pk=publication.file_id)
    document.repealed_on = date(2027, 1, 1)
    document.save(update_fields=["repealed_on"])
    keep_repeal(document, document.last_record())
    with clock_set_to(date(2026, 12, 31)):
        assert "【已废止】" not in page(client, publication).content.decode()
    with clock_set_to(date(2027, 1, 1)):
        assert "【已废止】" in page(client, publication).content.decode()


def test_publishing_and_taking_down_stand_in_the_history(world):
    publication = published(world)
    take_down(publication, by=world["lt_legal"], reason="更正")
    verbs = list(publication.file.audit_entries.values_list("verb", flat=True))
    assert {"publishing.published", "publishing.taken_down"} <= set(verbs)


def test_numbers_run_on_without_gap_across_towns(world):
    first = published(world)
    second = published(world, clerk="qh_clerk", number="清政规〔2026〕1号")
    assert second.serial == first.serial + 1
    with clock_set_to(date(first.year + 1, 1, 1) + timedelta(days=1)):
        third = published(world, number="龙政规〔2027〕1号")
    assert (third.year, third.serial) == (first.year + 1, 1)
