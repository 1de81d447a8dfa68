"""What is due for post-evaluation: two years public, vital interests, important; all three and no other."""

from datetime import date

import pytest
from django.urls import reverse

from normative_docs.demo import texts
from normative_docs.evaluation import due
from normative_docs.evaluation.starting import mark_important, start_evaluation, unmark_important
from normative_docs.models import NormativeDocument
from portal.evaluations.writing import EvaluationRefused
from portal.moment import clock_set_to
from portal.workflow.perform import perform
from portal.workflow.refusals import NotAuthorised
from tests.normative_docs.evaluation import evaluations

DAY = date(2026, 3, 12)


def due_on(day):
    return set(due.due(NormativeDocument.objects.all(), day, "yunxi").values_list("title", flat=True))


def test_a_document_is_due_from_the_day_two_years_after_its_publication(world):
    made = evaluations.document(world, published=date(2024, 3, 12))
    assert due_on(date(2026, 3, 11)) == set()
    assert due_on(date(2026, 3, 12)) == {made.title}
    assert due.due_since(made) == DAY


def test_a_document_of_the_29th_of_february_is_due_on_the_28th_two_years_later(world):
    made = evaluations.document(world, published=date(2024, 2, 29))
    assert due.due_since(made) == date(2026, 2, 28)
    assert due_on(date(2026, 2, 27)) == set()
    assert due_on(date(2026, 2, 28)) == {made.title}


def test_the_three_conditions_stand_together(world):
    evaluations.document(world, touches_vital_interests=False)
    plain = evaluations.document(world, text=texts.fire, number="〔2024〕2号", touches_livelihood=False)
    assert due_on(DAY) == set()
    assert list(due.not_marked(NormativeDocument.objects.all(), DAY, "yunxi")) == [plain]
    with clock_set_to(DAY):
        mark_important(plain, by=world["lt_clerk"], reason="涉及全镇用火安全。")
    assert due_on(DAY) == {plain.title}
    with clock_set_to(DAY):
        unmark_important(plain, by=world["lt_clerk"], reason="登记错误。")
    assert due_on(DAY) == set()


def test_what_has_lapsed_is_not_due_any_more(world):
    evaluations.document(world)
    assert due_on(date(2029, 3, 31))
    assert due_on(date(2029, 4, 1)) == set()


def test_what_is_being_evaluated_leaves_the_list_and_comes_back_when_that_is_given_up(world):
    evaluation = evaluations.planned(world)
    assert due_on(evaluations.TODAY) == set()
    with clock_set_to(evaluations.TODAY):
        perform(evaluation, "abandon", by=world["lt_head"], note="文件即将修改。")
    assert due_on(evaluations.TODAY) == {evaluation.document.title}


def test_a_document_is_evaluated_once_at_a_time(world):
    evaluation = evaluations.planned(world)
    with clock_set_to(evaluations.TODAY), pytest.raises(EvaluationRefused, match="正在办理"):
        start_evaluation(evaluation.document, by=world["lt_clerk"])


def test_nobody_marks_a_document_of_another_town(world):
    made = evaluations.document(world, touches_livelihood=False)
    with clock_set_to(DAY), pytest.raises(NotAuthorised):
        mark_important(made, by=world["qh_clerk"], reason="重要。")


def test_the_list_shows_since_when_and_offers_the_start(world, as_person):
    made = evaluations.document(world)
    with clock_set_to(evaluations.TODAY):
        page = as_person("lt_clerk").get(reverse("evaluation:due")).content.decode()
    assert made.title in page
    assert "2026-03-12" in page
    assert "已满年限 4 日" in page
    assert reverse("evaluation:start", args=[made.public_id]) in page


def test_the_list_shows_no_document_of_another_town(world, as_person):
    made = evaluations.document(world)
    with clock_set_to(evaluations.TODAY):
        assert made.title not in as_person("qh_clerk").get(reverse("evaluation:due")).content.decode()


def test_the_list_asks_no_more_of_the_database_for_more_documents(world, as_person, django_assert_max_num_queries):
    evaluations.document(world)
    client = as_person("lt_clerk")
    with clock_set_to(evaluations.TODAY):
        client.get(reverse("evaluation:due"))
        with django_assert_max_num_queries(60) as few:
            client.get(reverse("evaluation:due"))
    for number, text in enumerate((texts.fire, texts.market, texts.housing), start=2):
        evaluations.document(world, text=text, number=f"〔2024〕{number}号")
    with clock_set_to(evaluations.TODAY), django_assert_max_num_queries(len(few.captured_queries)):
        client.get(reverse("evaluation:due"))
