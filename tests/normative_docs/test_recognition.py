"""Before anything is drafted, the guided questions say whether it is a normative document at all."""

import pytest
from django.urls import reverse

from normative_docs.models import NormativeDocument, Recognition
from normative_docs.models.recognition import QUESTIONS
from normative_docs.recognising import conclusion_of, recognise
from normative_docs.recording import draft_recognised
from portal.organisations.models import Qualification
from portal.workflow.refusals import StepRefused

YES = {question.code: True for question in QUESTIONS}
FORM = {
    "title": "龙潭镇文化广场使用管理规定", "form": "provisions", "reason": "全镇居民普遍适用，反复适用。",
    **{question.code: "yes" for question in QUESTIONS},
}  # fmt: skip


def looked_at(world, form="measures", **answers) -> Recognition:
    return recognise(
        by=world["lt_clerk"], organisation=world.longtan, title="龙潭镇文化广场使用管理规定", form=form,
        answers=YES | answers, reason="理由",
    )  # fmt: skip


def test_what_meets_every_test_is_a_normative_document(world):
    assert looked_at(world).is_normative


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_one_test_unmet_makes_it_none_and_the_page_says_which(world, question):
    recognition = looked_at(world, **{question.code: False})
    assert not recognition.is_normative
    assert question.otherwise in conclusion_of(recognition)


@pytest.mark.parametrize("form", ["minutes", "transfer_slip"])
def test_minutes_and_transfer_slips_never_carry_rules(world, form):
    recognition = looked_at(world, form=form)
    assert not recognition.is_normative
    assert recognition.is_alarm
    assert "不得用来制发规范性文件" in conclusion_of(recognition)


def test_what_is_none_cannot_be_drafted(world):
    with pytest.raises(StepRefused, match="不属于"):
        draft_recognised(looked_at(world, touches_rights=False), by=world["lt_clerk"], disclosure="proactive")
    assert not NormativeDocument.objects.exists()


def test_a_recognition_is_drafted_once(world):
    recognition = looked_at(world)
    draft_recognised(recognition, by=world["lt_clerk"], disclosure="proactive")
    with pytest.raises(StepRefused, match="已经立卷"):
        draft_recognised(recognition, by=world["lt_clerk"], disclosure="proactive")


def test_a_body_off_the_county_list_cannot_start_a_document(world):
    Qualification.objects.filter(organisation=world.longtan).delete()
    with pytest.raises(StepRefused, match="制定主体清单"):
        draft_recognised(looked_at(world), by=world["lt_clerk"], disclosure="proactive")


def test_the_clerk_answers_and_goes_on_to_the_draft(as_person):
    clerk = as_person("lt_clerk")
    answer = clerk.post(reverse("normative_docs:recognise"), FORM, follow=True)
    page = answer.content.decode()
    assert "属于规范性文件" in page
    recognition = Recognition.objects.get()
    drafted = clerk.post(
        reverse("normative_docs:new", args=[recognition.public_id]),
        {"title": recognition.title, "handling_unit": recognition.recognised_by.organisation_id,
         "disclosure": "proactive"},
    )  # fmt: skip
    assert drafted.status_code == 302
    assert NormativeDocument.objects.get().recognition == recognition


def test_an_unanswered_question_is_named_beside_it_and_nothing_is_lost(as_person):
    page = as_person("lt_clerk").post(reverse("normative_docs:recognise"), FORM | {"is_made_public": ""})
    assert page.status_code == 422
    assert FORM["reason"] in page.content.decode()
    assert not Recognition.objects.exists()


def test_another_town_finds_neither_the_record_nor_the_form_to_draft_it(as_person, world):
    recognition = looked_at(world)
    clerk = as_person("qh_clerk")
    for name in ("recognition", "new"):
        assert clerk.get(reverse(f"normative_docs:{name}", args=[recognition.public_id])).status_code == 404
    assert recognition.title not in clerk.get(reverse("normative_docs:recognitions")).content.decode()
