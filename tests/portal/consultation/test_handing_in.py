"""Anyone hands in an opinion without an account, a session or a script, and goes away with a receipt."""

import re

import pytest
from django.test import Client

from portal.consultation.models import CommentDraft, PublicComment
from portal.consultation.standing import newest
from portal.moment import clock_set_to, now
from portal.receipts.sealing import CODE_SHOWN
from tests.portal.consultation.town import (
    DURING,
    OPINION,
    hand_in,
    open_draft_to_public,
    public_address,
    type_opinion,
)


@pytest.fixture
def consultation(world):
    journey = open_draft_to_public(world)
    with clock_set_to(DURING):
        yield newest(journey.document)


def code_on(page):
    return re.search(r'<dd class="code">(\w{4}) (\w{4})</dd>', page.content.decode())


def test_an_opinion_goes_in_by_form_check_and_receipt(consultation):
    page = hand_in(consultation)
    comment = PublicComment.objects.get()
    assert (comment.content, comment.article, comment.name) == (OPINION["content"], "第二条", "赵大海")
    assert code_on(page)
    assert "龙潭意见〔2026〕1号" in page.content.decode()


def test_the_check_page_shows_everything_before_it_is_sent(consultation):
    client = Client()
    check = client.get(type_opinion(consultation, client).url).content.decode()
    assert PublicComment.objects.count() == 0
    for typed in ("第二条", OPINION["content"], "赵大海", "0000-6123456", "不公开姓名"):
        assert typed in check


def test_going_back_from_the_check_brings_back_what_was_typed(consultation):
    client = Client()
    token = type_opinion(consultation, client).url.rstrip("/").rsplit("/", 1)[1]
    form = client.get(public_address("public-comment", consultation), {"draft": token}).content.decode()
    assert OPINION["content"] in form
    again = type_opinion(consultation, client, draft=token, content="改过的意见")
    assert again.url.rstrip("/").endswith(token)
    assert CommentDraft.objects.get().answers["content"] == "改过的意见"


def test_sending_twice_gives_one_opinion_and_the_same_receipt(consultation):
    client = Client()
    check = type_opinion(consultation, client).url
    first = client.post(check, {"declaration": "yes"}, follow=True)
    second = client.post(check, {"declaration": "yes"}, follow=True)
    assert PublicComment.objects.count() == 1
    assert code_on(first)[0] == code_on(second)[0]


def test_the_query_code_is_shown_for_a_quarter_of_an_hour_only(consultation):
    client = Client()
    page = hand_in(consultation, client)
    receipt = page.redirect_chain[-1][0]
    with clock_set_to(now() + CODE_SHOWN * 2):
        later = client.get(receipt)
    assert code_on(later) is None
    assert "龙潭意见〔2026〕1号" in later.content.decode()
    assert CommentDraft.objects.get().sealed_code == ""


def test_neither_the_typed_text_nor_the_code_stays_readable_in_the_draft(consultation):
    page = hand_in(consultation)
    draft = CommentDraft.objects.get()
    code = "".join(code_on(page).groups())
    assert draft.answers == {}
    assert code not in draft.sealed_code
    assert bytes.fromhex(draft.sealed_code).decode("latin-1") != code
    assert draft.token_digest not in page.redirect_chain[-1][0]


def test_no_step_sets_a_session_cookie_and_only_forms_set_a_token(consultation):
    client = Client()
    client.get("/consultations/")
    client.get(public_address("public-detail", consultation))
    assert not client.cookies
    client.get(public_address("public-comment", consultation))
    hand_in(consultation, client)
    assert set(client.cookies) == {"csrftoken"}


def test_the_opinion_is_handed_in_only_after_the_declaration(consultation):
    client = Client()
    check = type_opinion(consultation, client).url
    page = client.post(check, {})
    assert page.status_code == 422
    assert "请先确认这一项" in page.content.decode()
    assert PublicComment.objects.count() == 0


def test_errors_stand_beside_the_field_and_nothing_typed_is_lost(consultation):
    page = type_opinion(consultation, content="", name="赵大海")
    text = page.content.decode()
    assert page.status_code == 422
    assert "请填写意见内容" in text
    assert 'value="赵大海"' in text
    assert "<title>错误：" in text


def test_an_article_that_the_draft_does_not_have_is_refused(consultation):
    assert type_opinion(consultation, article="第九十九条").status_code == 422


def test_whoever_agrees_to_be_named_gives_a_name(consultation):
    page = type_opinion(consultation, name="", name_is_public="on")
    assert "请填写姓名或者单位名称" in page.content.decode()


def test_a_machine_that_fills_in_the_hidden_box_is_refused(consultation):
    page = type_opinion(consultation, website="https://spam.example")
    assert page.status_code == 422
    assert CommentDraft.objects.count() == 0


def test_nobody_guesses_the_address_of_a_draft(consultation):
    assert Client().get(public_address("public-check", consultation, token="a" * 32)).status_code == 404


def test_the_address_of_one_consultation_does_not_open_the_draft_of_another(world, consultation):
    other = newest(open_draft_to_public(world, "qinghe").document)
    token = type_opinion(consultation).url.rstrip("/").rsplit("/", 1)[1]
    assert Client().get(public_address("public-check", other, token=token)).status_code == 404
