"""What every reader sees of a consultation, while it runs and after its answers are published."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.consultation.conducting import answer_comment, withdraw
from portal.consultation.front import open_consultations
from portal.consultation.standing import newest
from portal.moment import clock_set_to
from tests.portal.consultation.town import AFTER, DURING, open_draft_to_public, public_address, write


@pytest.fixture
def journey(world):
    return open_draft_to_public(world)


def answered(journey, publish=True):
    """Three opinions, answered; the second was edited for publication."""
    write(journey, "收费太高，请降低。", article="第二条", name="赵大海", name_is_public=True)
    write(journey, "我住三组，电话 13800138000，请回复。", name="李晓梅", contact="13800138000")
    write(journey, "没有意见。", name="周平")
    clerk = journey.cast.clerk
    with journey.on(AFTER):
        for comment in newest(journey.document).comments.all():
            text = "我住三组，请回复。" if "138" in comment.content else None
            answer_comment(comment, outcome="adopted", answer="已采纳，予以修改。", by=clerk, public_text=text)
        if publish:
            journey._step("publish_answers", clerk)


def page_of(journey, day=DURING):
    with clock_set_to(day):
        return Client().get(public_address("public-detail", newest(journey.document)))


def test_a_public_page_sets_no_cookie_and_may_be_cached(journey):
    page = page_of(journey)
    assert page.status_code == 200
    assert not page.cookies
    assert "public" in page["Cache-Control"]


def test_the_draft_is_shown_by_article_with_a_link_and_a_count(journey):
    write(journey, article="第二条")
    text = page_of(journey).content.decode()
    assert "已有 1 条意见，对本段提意见" in text
    assert "?article=第二条" in text or "?article=%E7%AC%AC%E4%BA%8C%E6%9D%A1" in text


def test_opinions_are_not_readable_before_the_answers_are_published(journey):
    answered(journey, publish=False)
    text = page_of(journey, AFTER).content.decode()
    assert "已收到 3 条意见" in text
    assert "收费太高" not in text


def test_after_publication_the_same_page_shows_opinions_outcomes_and_totals(journey):
    answered(journey)
    text = page_of(journey, AFTER).content.decode()
    assert "收费太高，请降低。" in text
    assert "已采纳，予以修改。" in text
    assert "共收到 3 条意见：采纳 3 条，部分采纳 0 条，不采纳 0 条" in text


def test_only_who_agreed_is_named_and_no_contact_or_number_reaches_the_public(journey):
    answered(journey)
    text = page_of(journey, AFTER).content.decode()
    assert "赵大海" in text
    for private in ("李晓梅", "周平", "13800138000"):
        assert private not in text
    assert "我住三组，请回复。" in text


def test_the_list_has_a_tab_for_each_state(journey):
    title = journey.document.title
    address = reverse("consultation:public-list")

    def shown(day, tab):
        with clock_set_to(day):
            return title in Client().get(address, {"tab": tab}).content.decode()

    assert shown(DURING, "open")
    assert not shown(DURING, "closed")
    assert shown(AFTER, "closed")
    answered(journey)
    assert shown(AFTER, "answered")
    assert not shown(AFTER, "closed")


def test_a_withdrawn_notice_is_gone_and_its_address_says_why(journey, world):
    with clock_set_to(DURING):
        withdraw(newest(journey.document), by=world["lt_head"], reason="草案有重大遗漏，修改后重新征求意见。")
        page = Client().get(public_address("public-detail", journey.document.consultations.get()))
        listed = Client().get(reverse("consultation:public-list")).content.decode()
    assert page.status_code == 410
    assert "草案有重大遗漏" in page.content.decode()
    assert journey.document.title not in listed


def test_the_feed_is_open_data_without_any_name(journey):
    write(journey, name="李晓梅")
    with clock_set_to(DURING):
        answer = Client().get("/consultations/index.json")
    entry = answer.json()["results"][0]
    assert entry["title"] == journey.document.title
    assert (entry["state"], entry["comments_received"], entry["closes_on"]) == ("正在征集", 1, "2026-04-08")
    assert "李晓梅" not in answer.content.decode()


def test_the_front_page_gets_the_open_ones_soonest_first(journey, world):
    open_draft_to_public(world, "qinghe")
    with clock_set_to(DURING):
        assert [entry["body"] for entry in open_consultations(5)] == ["龙潭镇", "清河镇"]
        assert [entry["body"] for entry in open_consultations(5, world.qinghe)] == ["清河镇"]
    with clock_set_to(AFTER):
        assert open_consultations(5) == []


def test_the_page_asks_the_same_number_of_queries_for_one_and_for_forty_opinions(
    journey, django_assert_max_num_queries
):
    for number in range(40):
        write(journey, f"意见 {number}", article="第二条", name="赵大海", name_is_public=True)
    with journey.on(AFTER):
        for comment in newest(journey.document).comments.all():
            answer_comment(comment, outcome="adopted", answer="采纳。", by=journey.cast.clerk)
        journey._step("publish_answers", journey.cast.clerk)
    with django_assert_max_num_queries(8):
        page_of(journey, AFTER)


def test_the_list_asks_the_same_number_of_queries_for_any_number_of_drafts(world, django_assert_max_num_queries):
    for town in ("longtan", "qinghe", "dongcheng"):
        open_draft_to_public(world, town)
    with clock_set_to(DURING), django_assert_max_num_queries(4):
        Client().get(reverse("consultation:public-list"))
