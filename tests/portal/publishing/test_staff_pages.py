"""The pages at work: marking, reviewing, the queue of what must be public, taking down."""

import pytest

from portal.publishing.copying import prepare_copy
from portal.publishing.models import ReviewedCopy
from portal.publishing.obligations import duties, obliged, unpublished
from portal.publishing.source import source_of
from tests.portal.publishing.town import ALL, SECRET_TEXT, draft, published, record, reviewed, signed_in

pytestmark = pytest.mark.django_db

EMPTY_ROWS = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"}


def review_page(document):
    return f"/staff/cases/{document.public_id}/publication/"


def hidden_marks(document):
    return [str(number) for number, _ in enumerate(source_of(document).proposals())]


def test_a_clerk_marks_and_another_person_reviews_on_the_same_page(world):
    document = draft(world, text=SECRET_TEXT)
    client = signed_in(world, "lt_clerk")
    shown = client.get(review_page(document)).content.decode()
    assert "<mark>李晓梅</mark>" in shown
    posted = {
        "act": "prepare",
        "source": source_of(document).digest,
        "mark": hidden_marks(document),
        **EMPTY_ROWS,
        "form-0-words": "上坪村",
        "form-0-replacement": "某村",
        "form-0-kind": "other",
    }
    assert client.post(review_page(document), posted).status_code == 302
    assert "待审查" in client.get(review_page(document)).content.decode()

    client = signed_in(world, "lt_legal")
    copy = ReviewedCopy.objects.get()
    marks = [str(mark.pk) for mark in copy.marks.all()]
    posted = {"act": "review", "mark": marks, "checklist": ALL, "note": "已核对", **EMPTY_ROWS}
    assert client.post(review_page(document), posted).status_code == 302
    copy.refresh_from_db()
    assert copy.reviewed_by == world["lt_legal"]
    assert "李某" in copy.parts["text"]
    assert "审查完成" in client.get(review_page(document)).content.decode()


def test_an_unconfirmed_question_brings_the_page_back_with_the_error(world):
    document = draft(world)
    prepare_copy(document, by=world["lt_clerk"])
    client = signed_in(world, "lt_legal")
    response = client.post(review_page(document), {"act": "review", "checklist": ALL[1:], **EMPTY_ROWS})
    assert response.status_code == 422
    assert "还有审查事项没有确认" in response.content.decode()
    assert not ReviewedCopy.objects.get().is_reviewed


def test_a_text_that_moved_meanwhile_is_refused_on_the_page(world):
    document = draft(world)
    client = signed_in(world, "lt_clerk")
    response = client.post(review_page(document), {"act": "prepare", "source": "0" * 64, **EMPTY_ROWS})
    assert response.status_code == 409
    assert "刚刚有变动" in response.content.decode()


def test_the_page_of_another_town_does_not_exist_and_looking_is_not_changing(world):
    document = draft(world)
    assert signed_in(world, "qh_legal").get(review_page(document)).status_code == 404
    assert signed_in(world, "qh_legal").post(review_page(document), {"act": "prepare"}).status_code == 404
    assert signed_in(world, "lt_mediator").get(review_page(document)).status_code == 404
    assert signed_in(world, "lt_legal").post(review_page(document), {"act": "nonsense"}).status_code == 404


def test_without_signing_in_nobody_sees_the_source(world, client):
    document = draft(world)
    for address in (review_page(document), "/staff/publishing/"):
        assert client.get(address).status_code == 302


def test_what_must_be_public_waits_in_the_queue_until_it_is(world):
    document = record(draft(world, text=SECRET_TEXT), world["lt_clerk"])
    assert [duty.file.pk for duty in duties(list(obliged(world["lt_clerk"])))] == [document.pk]
    client = signed_in(world, "lt_clerk")
    assert document.title in client.get("/staff/publishing/").content.decode()
    reviewed(world, document)
    from portal.workflow.perform import perform

    perform(document, "publish_existing", by=world["lt_clerk"])
    assert not unpublished(world["lt_clerk"]).exists()
    (duty,) = duties(list(obliged(world["lt_clerk"])))
    assert duty.published_on is not None
    assert not duty.is_late
    assert document.title in client.get("/staff/publishing/?tab=public").content.decode()


def test_a_withheld_document_is_no_duty(world):
    record(draft(world, disclosure="withheld", disclosure_reason="内部管理事项"), world["lt_clerk"])
    assert not obliged(world["lt_clerk"]).exists()


def test_the_queue_shows_the_own_town_alone(world):
    record(draft(world, text=SECRET_TEXT), world["lt_clerk"])
    published(world, clerk="lt_clerk", title="龙潭镇另一办法", number="龙政规〔2026〕9号")
    client = signed_in(world, "qh_clerk")
    for tab in ("waiting", "public", "down"):
        shown = client.get(f"/staff/publishing/?tab={tab}").content.decode()
        assert "龙潭镇" not in shown.split("<main", 1)[1].split("</main>")[0]


def test_taking_down_by_page_asks_for_the_reason(world):
    publication = published(world)
    address = f"/staff/publishing/{publication.year}/{publication.serial}/take-down/"
    assert signed_in(world, "lt_clerk").get(address).status_code == 403
    assert signed_in(world, "qh_legal").get(address).status_code == 404
    reviewer = signed_in(world, "lt_legal")
    assert reviewer.post(address, {"reason": ""}).status_code == 422
    assert reviewer.post(address, {"reason": "内容有误"}).status_code == 302
    assert "内容有误" in reviewer.get("/staff/publishing/?tab=down").content.decode()
    assert reviewer.post(address, {"reason": "再撤"}).status_code == 409


def test_a_corrected_text_goes_out_again_from_the_review_page(world):
    publication = published(world)
    reviewer = signed_in(world, "lt_legal")
    reviewer.post(f"/staff/publishing/{publication.year}/{publication.serial}/take-down/", {"reason": "更正"})
    address = f"/staff/cases/{publication.file.public_id}/publication/"
    assert "重新公开" in reviewer.get(address).content.decode()
    assert reviewer.post(address, {"act": "publish"}).status_code == 302
    assert publication.file.publications.live().count() == 1


def test_queries_of_the_queue_do_not_grow_with_its_rows(world, django_assert_max_num_queries):
    def some(count, start):
        for number in range(start, start + count):
            title = f"第{number}号办法"
            record(draft(world, title=title, text=SECRET_TEXT, number=f"龙政规〔2026〕{number}号"), world["lt_clerk"])
            published(world, title=f"{title}（二）", number=f"龙政规〔2025〕{number}号")

    client = signed_in(world, "lt_clerk")
    some(1, 1)
    for tab in ("waiting", "public"):
        client.get(f"/staff/publishing/?tab={tab}")
    some(4, 2)
    for tab in ("waiting", "public", "down"):
        with django_assert_max_num_queries(22):
            client.get(f"/staff/publishing/?tab={tab}")
