"""The people at work see opinions masked; every look at a contact is recorded; other towns see nothing."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from portal.consultation.conducting import answer_comment
from tests.ground import made_once
from tests.portal.consultation.town import AFTER, open_draft_to_public, staff_address, write


@made_once
def journey(world):
    return open_draft_to_public(world)


@pytest.fixture
def comment(journey):
    return write(journey, "请降低收费。", article="第二条", name="李晓梅", contact="13800138000")


def test_the_list_and_the_opinion_show_names_and_contacts_masked(journey, comment, as_person):
    client = as_person("lt_clerk")
    for address in (
        staff_address("staff-consultation", journey),
        staff_address("staff-comment", journey, comment_id=comment.public_id),
    ):
        text = client.get(address).content.decode()
        assert "李**" in text
        assert "李晓梅" not in text
        assert "13800138000" not in text


def test_a_click_shows_the_contact_and_stands_in_the_history(journey, comment, as_person):
    page = as_person("lt_clerk").post(staff_address("staff-contact", journey, comment_id=comment.public_id))
    assert "李晓梅" in page.content.decode()
    assert "13800138000" in page.content.decode()
    looked = journey.document.audit_entries.get(verb="consultation.contact_seen")
    assert looked.person.username == "lt_clerk"
    assert "李晓梅" not in looked.summary


def test_who_does_not_answer_does_not_see_contacts(journey, comment, as_person):
    page = as_person("lt_legal").post(staff_address("staff-contact", journey, comment_id=comment.public_id))
    assert page.status_code == 403
    assert not journey.document.audit_entries.filter(verb="consultation.contact_seen").exists()


@pytest.mark.parametrize("username", ["qh_clerk", "county_reviewer"])
@pytest.mark.parametrize("name", ["staff-consultation", "staff-export", "staff-answers"])
def test_for_another_town_and_for_the_county_the_pages_do_not_exist(journey, comment, as_person, username, name):
    assert as_person(username).get(staff_address(name, journey)).status_code == 404


def test_opinions_are_filtered_by_answer_and_by_article(journey, comment, as_person):
    other = write(journey, "另一条意见。")
    answer_comment(other, outcome="adopted", answer="采纳。", by=journey.cast.clerk)
    client, address = as_person("lt_clerk"), staff_address("staff-consultation", journey)

    def listed(**query):
        return [row.key for row in client.get(address, query).context["table"].rows]

    assert listed() == ["1", "2"]
    assert listed(answered="no") == ["1"]
    assert listed(answered="yes") == ["2"]
    assert listed(article="第二条") == ["1"]
    assert listed(article="-") == ["2"]


def test_the_export_holds_opinions_and_answers_without_contacts_and_is_recorded(journey, comment, as_person):
    write(journey, "=1+1")
    answer = as_person("lt_clerk").get(staff_address("staff-export", journey))
    book = load_workbook(BytesIO(answer.content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[1][6] == "请降低收费。"
    assert rows[2][6] == "'=1+1"
    assert not any("13800138000" in str(cell) or "李晓梅" in str(cell) for row in rows for cell in row)
    assert book.worksheets[1]["A1"].value == "事项"
    assert journey.document.audit_entries.filter(verb="consultation.exported").count() == 1


def test_the_page_leads_to_the_publishing_of_the_answers(journey, comment, as_person):
    text = as_person("lt_clerk").get(staff_address("staff-consultation", journey)).content.decode()
    assert "/transitions/publish_answers/" in text
    assert 'id="comments"' in text
    assert 'id="answers"' in text


def test_the_number_of_queries_does_not_grow_with_the_opinions(journey, as_person, django_assert_max_num_queries):
    client, address = as_person("lt_clerk"), staff_address("staff-consultation", journey)
    for number in range(25):
        write(journey, f"意见 {number}", article="第一条" if number % 2 else "第二条")
    with django_assert_max_num_queries(30):
        client.get(address)


def test_an_earlier_round_can_still_be_read(journey, comment, as_person):
    with journey.on(AFTER):
        journey._step("return_to_drafting", journey.cast.clerk, note="修改")
        journey.consult()
    client, address = as_person("lt_clerk"), staff_address("staff-consultation", journey)
    assert client.get(address).context["consultation"].round == 2
    assert "请降低收费。" in client.get(address, {"round": "1"}).content.decode()
    assert client.get(address, {"round": "7"}).status_code == 404
