"""Anybody may ask about a public matter; one person answers, another reviews, then everybody reads it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError
from django.test import Client
from django.urls import reverse

from decisions.demo import texts
from portal.consultation.asking import receive_question
from portal.consultation.conducting import ConsultationRefused
from portal.consultation.explaining import answer_question, send_back, settle
from portal.consultation.models import PublicQuestion
from portal.consultation.question_status import describe
from portal.receipts.models import Receipt
from tests.decisions.scenarios import walked

QUESTION = {"content": "公交线路什么时候开通？", "name": "赵大海", "contact": "0000-6123456", "website": ""}


@pytest.fixture
def journey(world):
    """A decision before the public."""
    return walked(world, "open", texts.bus)


def address(name, journey, **more):
    return reverse(f"consultation:{name}", kwargs={"public_id": journey.document.public_id, **more})


def ask(journey, content="什么时候开工？", **fields):
    with journey.on():
        return receive_question(journey.document, content=content, **fields)[0]


def answered(journey, question, answer="明年三月开工。", **fields):
    with journey.on():
        given = {"public_text": question.content, "answer": answer} | fields
        return answer_question(question, by=journey.cast.clerk, **given)


def settled(journey, **fields):
    with journey.on():
        return settle(answered(journey, ask(journey), **fields), by=journey.cast.head)


def public_page(journey):
    with journey.on():
        return Client().get(address("public-matter", journey)).content.decode()


def waiting(journey, authority):
    return journey.document.work_items.filter(authority=authority, closed_at__isnull=True).count()


def test_a_question_is_checked_handed_in_and_gets_a_receipt(journey):
    client = Client()
    with journey.on():
        assert client.post(address("public-ask", journey), QUESTION | {"content": ""}).status_code == 422
        assert client.post(address("public-ask", journey), QUESTION | {"website": "x"}).status_code == 422
        check = client.post(address("public-ask", journey), QUESTION)
        assert "公交线路什么时候开通？" in client.get(check.url).content.decode()
        assert client.post(check.url).status_code == 422
        receipt = client.post(check.url, {"declaration": "yes"}, follow=True).content.decode()
        again = client.post(check.url, {"declaration": "yes"})
    assert "问题已提交" in receipt
    assert again.status_code == 302
    assert PublicQuestion.objects.get().content == QUESTION["content"]


def test_an_unanswered_question_is_work_of_the_clerk_and_an_answer_work_of_the_reviewer(journey, as_person):
    question = ask(journey)
    assert (waiting(journey, "consultation.explain"), waiting(journey, "consultation.review_answers")) == (1, 0)
    assert "答复公众提问" in as_person("lt_clerk").get(reverse("inside:worklist")).content.decode()
    answered(journey, question)
    assert (waiting(journey, "consultation.explain"), waiting(journey, "consultation.review_answers")) == (0, 1)
    with journey.on():
        settle(question, by=journey.cast.head)
    assert (waiting(journey, "consultation.explain"), waiting(journey, "consultation.review_answers")) == (0, 0)


def test_a_step_of_the_decision_leaves_the_question_open(journey):
    ask(journey)
    with journey.on():
        journey._step("return_to_drafting", journey.cast.clerk, note="修改草案。")
    assert waiting(journey, "consultation.explain") == 1
    answered(journey, PublicQuestion.objects.get())
    with journey.on():
        journey._step("open_participation", journey.cast.clerk, **_notice(journey))
    assert waiting(journey, "consultation.explain") == 0


def _notice(journey):
    return {
        "summary": "公告", "closes_on": journey.day + timedelta(days=60), "shortened_reason": "",
        "contact_unit": "党政办", "contact_phone": "0000-6128001", "contact_email": "", "contact_address": "",
    }  # fmt: skip


def test_the_answer_is_public_only_after_another_person_reviewed_it(journey):
    question = ask(journey, name="赵大海", contact="0000-6123456")
    answered(journey, question)
    assert "明年三月开工" not in public_page(journey)
    with journey.on():
        settle(question, by=journey.cast.head)
    page = public_page(journey)
    assert "明年三月开工。" in page
    assert "什么时候开工？" in page
    assert "赵大海" not in page
    assert "6123456" not in page


def test_nobody_reviews_the_own_answer(journey):
    question = answered(journey, ask(journey))
    with pytest.raises(ConsultationRefused, match="须由另一人审核"):
        settle(question, by=journey.cast.clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicQuestion.objects.filter(pk=question.pk).update(reviewed_by=journey.cast.clerk)


def test_the_reviewer_sends_an_answer_back_with_a_reason(journey, as_person):
    question = answered(journey, ask(journey))
    client, page = as_person("lt_head"), address("staff-question", journey, number=question.number)
    with journey.on():
        assert client.post(page, {"act": "review", "verdict": "back", "seen": question.seen}).status_code == 422
        sent = {"act": "review", "verdict": "back", "reason": "请写明开工日期。", "seen": question.seen}
        assert client.post(page, sent).status_code == 302
        assert client.post(page, sent).status_code == 409
        assert "请写明开工日期。" in as_person("lt_clerk").get(page).content.decode()
    assert waiting(journey, "consultation.explain") == 1
    with pytest.raises(ConsultationRefused, match="还没有拟出答复"):
        send_back(question, by=journey.cast.head, reason="再改。")


def test_whichever_form_is_refused_says_so_above_the_page(journey, as_person):
    question, page = answered(journey, ask(journey)), address("staff-question", journey, number=1)
    with journey.on():
        for person, act in (("lt_head", "review"), ("lt_clerk", "answer")):
            refused = as_person(person).post(page, {"act": act, "seen": question.seen})
            assert refused.status_code == 422
            assert 'id="errors"' in refused.content.decode()


def test_what_was_reviewed_stays_as_it_went_out(journey):
    question = settled(journey)
    with pytest.raises(ConsultationRefused, match="不能再改"):
        answered(journey, question, answer="后年。")
    with pytest.raises(InternalError), transaction.atomic():
        PublicQuestion.objects.update(answer="后年。")
    with pytest.raises(InternalError), transaction.atomic():
        PublicQuestion.objects.update(content="别的问题")


def test_a_personal_answer_goes_to_the_holder_of_the_receipt_alone(journey):
    question = settled(journey, for_asker_only=True, answer="您家的补偿已经登记。")
    assert "已经登记" not in public_page(journey)
    status = describe(Receipt.objects.get(subject_uuid=question.public_id))
    assert ("答复", "您家的补偿已经登记。") in status.facts
    assert "只答复您本人" in status.message


def test_the_receipt_shows_no_answer_before_the_review(journey):
    question = answered(journey, ask(journey))
    status = describe(Receipt.objects.get(subject_uuid=question.public_id))
    assert [label for label, _ in status.facts] == ["问题"]


def test_no_mobile_number_is_published(journey, as_person):
    question = ask(journey, "请回电 13800138000。")
    with pytest.raises(ConsultationRefused, match="公布的问题含有手机号码"):
        answered(journey, question)
    page = as_person("lt_clerk").post(
        address("staff-question", journey, number=1),
        {"act": "answer", "public_text": question.content, "answer": "已联系。", "seen": question.seen},
    )
    assert page.status_code == 409
    assert "请遮盖" in page.content.decode()
    assert "已联系。</textarea>" in page.content.decode()


def test_the_clerk_answers_at_the_screen(journey, as_person):
    question = ask(journey)
    client, page = as_person("lt_clerk"), address("staff-question", journey, number=1)
    typed = {"act": "answer", "public_text": "何时开工？", "answer": "明年三月。", "seen": question.seen}
    with journey.on():
        assert "待答复" in client.get(address("staff-questions", journey)).content.decode()
        assert client.post(page, typed | {"answer": ""}).status_code == 422
        assert client.post(page, typed | {"seen": "old"}).status_code == 409
        assert client.post(page, typed).status_code == 302
        assert client.post(page, {"act": "review", "verdict": "settle"}).status_code == 403
        assert as_person("lt_legal").post(page, typed).status_code == 403
        assert as_person("qh_clerk").get(page).status_code == 404
    question.refresh_from_db()
    assert (question.state, question.public_text) == ("answered", "何时开工？")


def test_the_case_page_counts_what_was_asked(journey, as_person):
    client, case = as_person("lt_clerk"), reverse("inside:case", args=[journey.document.public_id])
    assert "公众提问" not in client.get(case).content.decode()
    ask(journey)
    assert "答复提问" in client.get(case).content.decode()


def test_a_closed_matter_takes_no_question(journey):
    with journey.on():
        check = Client().post(address("public-ask", journey), QUESTION).url
        journey._step("terminate", journey.cast.head, note="条件不成熟。")
        assert "不再接收提问" in Client().get(address("public-ask", journey)).content.decode()
        assert Client().post(check, {"declaration": "yes"}).status_code == 409
        with pytest.raises(ConsultationRefused, match="已经办结"):
            receive_question(journey.document, content="为什么？")


def test_the_list_asks_as_often_for_many_questions(journey, as_person, django_assert_max_num_queries):
    client = as_person("lt_clerk")
    for number in range(12):
        ask(journey, f"问题 {number}")
    client.get(address("staff-questions", journey))
    with django_assert_max_num_queries(16):
        assert "问题 11" in client.get(address("staff-questions", journey)).content.decode()
