"""Every opinion is answered with reasons; two clerks never overwrite each other; what is published is confirmed."""

import pytest

from portal.consultation.conducting import ConsultationRefused, answer_comment, withdraw
from portal.consultation.standing import newest
from portal.moment import clock_set_to
from tests.portal.consultation.town import AFTER, DURING, open_draft_to_public, staff_address, write


@pytest.fixture
def journey(world):
    return open_draft_to_public(world)


def answer_page(journey, comment):
    return staff_address("staff-comment", journey, comment_id=comment.public_id)


def typed(comment, **changes):
    return {
        "public_text": comment.content, "outcome": "not_adopted", "answer": "上位法已有规定。", "confirmed": "on",
        "seen": comment.answer_seen,
    } | changes  # fmt: skip


def test_the_clerk_answers_and_the_answer_is_in_the_history(journey, as_person):
    comment = write(journey)
    answer = as_person("lt_clerk").post(answer_page(journey, comment), typed(comment))
    comment.refresh_from_db()
    assert answer.status_code == 302
    assert (comment.outcome, comment.answer) == ("not_adopted", "上位法已有规定。")
    assert journey.document.audit_entries.filter(verb="consultation.answered").count() == 1


def test_the_form_offers_the_opinion_as_it_was_written(journey, as_person):
    comment = write(journey, "请把公示期改为十日。")
    assert (
        "请把公示期改为十日。</textarea>" in as_person("lt_clerk").get(answer_page(journey, comment)).content.decode()
    )


@pytest.mark.parametrize("missing", ["outcome", "answer", "confirmed", "public_text"])
def test_nothing_is_answered_while_something_is_missing(journey, as_person, missing):
    comment = write(journey)
    answer = as_person("lt_clerk").post(answer_page(journey, comment), typed(comment, **{missing: ""}))
    comment.refresh_from_db()
    assert answer.status_code == 422
    assert comment.outcome == ""


def test_an_opinion_with_a_mobile_number_is_not_published_as_it_is(journey, as_person):
    comment = write(journey, "请回电 13800138000。")
    answer = as_person("lt_clerk").post(answer_page(journey, comment), typed(comment))
    assert answer.status_code == 422
    assert "含有手机号码" in answer.content.decode()
    with pytest.raises(ConsultationRefused, match="手机号码"):
        answer_comment(comment, outcome="adopted", answer="采纳。", by=journey.cast.clerk)
    with pytest.raises(ConsultationRefused, match="身份证件号码"):
        answer_comment(
            comment,
            outcome="adopted",
            answer="已联系 11010119900307721X。",
            by=journey.cast.clerk,
            public_text="请回电。",
        )


def test_the_second_of_two_clerks_is_told_and_keeps_the_words(journey, as_person):
    comment = write(journey)
    answer_comment(comment, outcome="adopted", answer="第一个答复。", by=journey.cast.head)
    answer = as_person("lt_clerk").post(answer_page(journey, comment), typed(comment, seen="", answer="第二个答复。"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "刚刚已由他人答复" in text
    assert "第一个答复。" in text
    assert "第二个答复。</textarea>" in text
    comment.refresh_from_db()
    assert comment.answer == "第一个答复。"


def test_after_being_told_the_clerk_may_answer_knowingly(journey, as_person):
    comment = write(journey)
    answer_comment(comment, outcome="adopted", answer="第一个答复。", by=journey.cast.head)
    client = as_person("lt_clerk")
    told = client.post(answer_page(journey, comment), typed(comment, seen=""))
    seen = told.context["form"]["seen"].value()
    assert client.post(answer_page(journey, comment), typed(comment, seen=seen)).status_code == 302


def test_published_answers_and_withdrawn_notices_are_not_changed(journey, world):
    comment = write(journey)
    with journey.on(AFTER):
        answer_comment(comment, outcome="adopted", answer="采纳。", by=journey.cast.clerk)
        journey._step("publish_answers", journey.cast.clerk)
        with pytest.raises(ConsultationRefused, match="已经公布"):
            answer_comment(comment, outcome="adopted", answer="另一个理由。", by=journey.cast.clerk)
        with pytest.raises(ConsultationRefused, match="已经公布"):
            withdraw(newest(journey.document), by=world["lt_head"], reason="撤下")


def test_the_head_withdraws_a_notice_with_a_reason(journey, as_person):
    address = staff_address("staff-withdraw", journey, number=1)
    client = as_person("lt_head")
    with clock_set_to(DURING):
        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"reason": "草案有误。"}).status_code == 302
    assert journey.document.consultations.get().withdrawn_reason == "草案有误。"


def test_the_clerk_does_not_withdraw_a_notice(journey, as_person):
    address = staff_address("staff-withdraw", journey, number=1)
    client = as_person("lt_clerk")
    with clock_set_to(DURING):
        assert client.get(address).status_code == 403
        assert client.post(address, {"reason": "撤"}).status_code == 403
