"""Questions that never change, answers without a name, counts that add up."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from portal.consultation.models import Answer, Question
from portal.consultation.questionnaires import (
    Asked,
    QuestionnaireRefused,
    answer_questionnaire,
    open_questionnaire,
    prolong,
    publish_results,
    results,
    withdraw_questionnaire,
)
from portal.consultation.rehearsal import walk_questionnaire
from portal.consultation.standing import questionnaire_over
from portal.moment import clock_set_to
from portal.workflow.declare import GateState
from tests.ground import made_once
from tests.portal.consultation.town import OPENED, open_draft_to_public

CLOSES = OPENED + timedelta(days=14)


@made_once
def journey(world):
    return open_draft_to_public(world)


@pytest.fixture
def questionnaire(journey):
    return walk_questionnaire(journey.document, by=journey.cast.clerk, opens_on=OPENED, closes_on=CLOSES, answers=5)


def test_counts_and_percentages_are_those_of_the_answers(questionnaire):
    counted = results(questionnaire, texts=10)
    single, multiple, scale, text = counted.questions
    assert counted.total == 5
    assert [(option.count, option.percent) for option in single.options] == [(2, 40.0), (2, 40.0), (1, 20.0)]
    assert [option.count for option in multiple.options] == [2, 5, 1, 1]
    assert (scale.average, [option.count for option in scale.options]) == (3.8, [0, 0, 2, 2, 1])
    assert (text.answered, text.texts) == (2, ("建议把办理结果贴在公示栏。",) * 2)
    assert results(questionnaire).questions[3].texts == ()


def test_counting_takes_the_same_queries_however_many_answered(questionnaire, django_assert_num_queries):
    with django_assert_num_queries(5):
        results(questionnaire, texts=10)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({1: [1]}, "第 3 题是必答题"),
        ({1: [4], 3: [5]}, "第 1 题的选择不在选项之中"),
        ({1: [1, 2], 3: [5]}, "第 1 题只能选一项"),
        ({1: [1], 3: [6]}, "第 3 题的选择不在选项之中"),
        ({1: [1], 3: [5], 4: "好" * 501}, "第 4 题不超过 500 字"),
    ],
)
def test_an_answer_that_is_not_whole_is_refused(questionnaire, answers, why):
    with clock_set_to(OPENED), pytest.raises(QuestionnaireRefused, match=why):
        answer_questionnaire(questionnaire, answers)


def test_a_form_sent_twice_is_one_answer(questionnaire):
    token = uuid.uuid4()
    with clock_set_to(OPENED):
        first = answer_questionnaire(questionnaire, {1: [1], 3: [5]}, form_token=token)
        second = answer_questionnaire(questionnaire, {1: [2], 3: [1]}, form_token=token)
    assert first == second
    assert Answer.objects.count() == 6


def test_nothing_is_taken_before_the_first_and_after_the_last_day(journey, questionnaire):
    with clock_set_to(CLOSES):
        answer_questionnaire(questionnaire, {1: [1], 3: [5]})
    with clock_set_to(CLOSES + timedelta(days=1)), pytest.raises(QuestionnaireRefused, match="不在填答期间"):
        answer_questionnaire(questionnaire, {1: [1], 3: [5]})


def test_neither_questions_nor_answers_can_change(questionnaire):
    question = questionnaire.questions.first()
    changes = (
        lambda: Question.objects.filter(pk=question.pk).update(text="别的问题"),
        lambda: Question.objects.filter(pk=question.pk).update(options=["甲", "乙"]),
        lambda: Question.objects.create(questionnaire=questionnaire, order=5, kind="text", text="多一题"),
        lambda: Answer.objects.update(number=9),
        lambda: type(questionnaire).objects.update(opens_on=date(2026, 1, 1)),
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ([], "1 至 30 道题"),
        ([Asked(" ")], "第 1 题：请填写题目"),
        ([Asked("问", "single", ("甲",))], "至少要有两个选项"),
        ([Asked("问", "single", ("甲", "甲"))], "不能重复"),
        ([Asked("问", "scale", ("甲", "乙"))], "不用填写选项"),
    ],
)
def test_a_question_that_is_not_whole_is_not_asked(journey, asked, why):
    with clock_set_to(OPENED), pytest.raises(QuestionnaireRefused, match=why):
        open_questionnaire(
            journey.document, by=journey.cast.clerk, title="问卷", purpose="了解", questions=asked, opens_on=OPENED,
            closes_on=CLOSES,
        )  # fmt: skip


def test_the_gate_opens_with_the_day_after_the_last(journey):
    with clock_set_to(OPENED):
        assert questionnaire_over(journey.document).state == GateState.NOT_STARTED
    walk_questionnaire(journey.document, by=journey.cast.clerk, opens_on=OPENED, closes_on=CLOSES)
    with clock_set_to(CLOSES):
        assert "还有 1 天" in questionnaire_over(journey.document).explain
    with clock_set_to(CLOSES + timedelta(days=1)):
        standing = questionnaire_over(journey.document)
    assert (standing.state, "3 份答卷" in standing.explain) == (GateState.MET, True)


def test_it_may_close_later_never_earlier_and_results_come_after_it(journey, questionnaire):
    clerk = journey.cast.clerk
    with clock_set_to(OPENED):
        with pytest.raises(QuestionnaireRefused, match="应当晚于"):
            prolong(questionnaire, by=clerk, closes_on=CLOSES - timedelta(days=1))
        prolong(questionnaire, by=clerk, closes_on=CLOSES + timedelta(days=5))
    with clock_set_to(CLOSES + timedelta(days=5)), pytest.raises(QuestionnaireRefused, match="还没有截止"):
        publish_results(questionnaire, by=clerk)
    with clock_set_to(CLOSES + timedelta(days=6)):
        with pytest.raises(QuestionnaireRefused, match="手机号码"):
            publish_results(questionnaire, by=clerk, findings="联系 13800138000")
        publish_results(questionnaire, by=clerk, findings="多数人了解。")
        with pytest.raises(QuestionnaireRefused, match="不能撤下"):
            withdraw_questionnaire(questionnaire, by=clerk, reason="重复")
