"""Anyone makes a review suggestion without an account, a session or a script, and goes away with a receipt."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from normative_docs.suggestions.models import ReviewSuggestion, SuggestionDraft
from normative_docs.suggestions.views.handing_in import HANDED_IN
from portal.moment import clock_set_to, now
from portal.publishing.register import publication_of
from portal.receipts.sealing import CODE_SHOWN
from tests.normative_docs.evaluation.evaluations import document
from tests.normative_docs.suggestions import matters

TYPED = {
    "clause": "第三条", "reason": matters.REASON, "proposer": "person", "proposer_name": matters.NAME,
    "contact": "0000-6123456", "website": "",
}  # fmt: skip
FORM = "/review-suggestions/new/"


@pytest.fixture
def made(world):
    made = document(world)
    with clock_set_to(matters.RECEIVED):
        yield made


def doc(made):
    publication = publication_of(made)
    return f"{publication.year}/{publication.serial}"


def type_it(made, client, **changed):
    return client.post(FORM, {"doc": doc(made), **TYPED, **changed})


def hand_in(made, client=None, **changed):
    client = client or Client()
    check = type_it(made, client, **changed)
    return client.post(check.url, {"declaration": "yes"}, follow=True)


def code_on(page):
    return re.search(r'<dd class="code">(\w{4}) (\w{4})</dd>', page.content.decode())


def test_a_suggestion_goes_in_by_form_check_and_receipt(made):
    form = Client().get(FORM, {"doc": doc(made)})
    assert form.status_code == 200
    assert made.title in form.content.decode()
    page = hand_in(made)
    suggestion = ReviewSuggestion.objects.get()
    assert (suggestion.document, suggestion.clause, suggestion.reason) == (made, "第三条", matters.REASON)
    assert suggestion.proposer_name == matters.NAME
    assert suggestion.organisation == made.organisation
    assert code_on(page)
    assert "云溪县审建〔2026〕1号" in page.content.decode()
    assert "2026年5月15日" in page.content.decode() or "2026-05-15" in page.content.decode()


def test_it_lies_at_once_on_the_countys_desk_and_names_no_officer_as_its_opener(made, world):
    hand_in(made)
    suggestion = ReviewSuggestion.objects.get()
    assert suggestion.addressed_to_county_at is not None
    assert suggestion.work_items.get().authority == "suggestions.review"
    assert suggestion.audit_entries.get(verb="file.opened").person is None


def test_the_check_page_shows_everything_before_it_is_sent(made):
    client = Client()
    check = client.get(type_it(made, client).url).content.decode()
    assert not ReviewSuggestion.objects.exists()
    for typed in (made.title, "第三条", matters.REASON, matters.NAME, "0000-6123456"):
        assert typed in check


def test_going_back_from_the_check_brings_back_what_was_typed(made):
    client = Client()
    token = type_it(made, client).url.rstrip("/").rsplit("/", 1)[1]
    form = client.get(FORM, {"draft": token}).content.decode()
    assert matters.REASON in form
    assert made.title in form
    again = type_it(made, client, draft=token, reason="改过的理由")
    assert again.url.rstrip("/").endswith(token)
    assert SuggestionDraft.objects.get().answers["reason"] == "改过的理由"


def test_sent_twice_it_is_one_suggestion_with_one_receipt(made):
    client = Client()
    check = type_it(made, client).url
    first = client.post(check, {"declaration": "yes"}, follow=True)
    second = client.post(check, {"declaration": "yes"}, follow=True)
    assert ReviewSuggestion.objects.count() == 1
    assert code_on(first)[0] == code_on(second)[0]


def test_the_code_is_shown_for_some_minutes_only(made):
    client = Client()
    check = type_it(made, client).url
    client.post(check, {"declaration": "yes"})
    with clock_set_to(now() + CODE_SHOWN * 2):
        page = client.get(f"{check}receipt/")
    assert not code_on(page)
    assert "查询码已不再显示" in page.content.decode()


def test_without_the_declaration_nothing_is_sent(made):
    client = Client()
    answer = client.post(type_it(made, client).url, {})
    assert answer.status_code == 422
    assert "请先确认这一项" in answer.content.decode()
    assert not ReviewSuggestion.objects.exists()


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(made):
    answer = type_it(made, Client(), reason="", proposer_name="")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写理由和建议" in text
    assert "请填写姓名或者单位名称" in text
    assert "第三条" in text


def test_an_identity_number_in_the_reason_is_sent_back(made):
    answer = type_it(made, Client(), reason="我的身份证号是 110101199003071234，请处理。")
    assert answer.status_code == 422
    assert "身份证件号码" in answer.content.decode()


def test_a_machine_that_fills_the_hidden_box_is_refused(made):
    assert type_it(made, Client(), website="http://spam.example").status_code == 422


def test_without_a_document_the_maker_is_chosen_and_the_document_named(made, world):
    client = Client()
    missing = client.post(FORM, TYPED)
    assert missing.status_code == 422
    assert "请选择制定机关" in missing.content.decode()
    named = {"town": "qinghe", "named_document": "清河镇某某办法"}
    check = client.post(FORM, {**TYPED, **named})
    client.post(check.url, {"declaration": "yes"})
    suggestion = ReviewSuggestion.objects.get()
    assert suggestion.document is None
    assert suggestion.organisation == world.qinghe
    assert suggestion.named_document == "清河镇某某办法"


@pytest.mark.parametrize("wrong", ["1999/1", "x", "2026/999999999999", "/", "2026/１"])
def test_a_wrong_address_of_a_document_gives_the_open_form(made, wrong):
    page = Client().get(FORM, {"doc": wrong})
    assert page.status_code == 200
    assert "制定机关" in page.content.decode()


def test_the_sixth_suggestion_within_an_hour_is_refused_with_a_page(made):
    for _ in range(HANDED_IN.tries):
        assert hand_in(made, Client(REMOTE_ADDR="203.0.113.7")).status_code == 200
    refused = hand_in(made, Client(REMOTE_ADDR="203.0.113.7"))
    assert refused.status_code == 429
    assert ReviewSuggestion.objects.count() == HANDED_IN.tries


def test_an_unknown_address_of_a_draft_is_not_found(made):
    for rest in ("nothing/", "nothing/receipt/"):
        assert Client().get(FORM + rest).status_code == 404


def test_the_holder_of_the_code_follows_it_to_the_reply(made, world):
    page = hand_in(made)
    code = "".join(code_on(page).groups())
    suggestion = ReviewSuggestion.objects.get()
    number = suggestion.receipts.get().number

    def status():
        return Client().post(reverse("receipts:status"), {"number": number, "code": code}).content.decode()

    assert "正在办理" in status()
    assert "符合上位法" not in status()
    with clock_set_to(matters.RECEIVED):
        finished = matters.finish(suggestion, world)
    assert "书面答复" in status()
    assert "符合上位法" in status()
    assert finished.reply_number in status()
