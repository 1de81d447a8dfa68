"""Which decisions stand to be evaluated, what speaks for each, and how the year stands."""

from datetime import date

import pytest
from django.urls import reverse

from decisions.demo import texts
from decisions.demo.journey import DecisionJourney
from decisions.evaluation import choosing
from decisions.evaluation.models import DecisionEvaluation
from decisions.models import MajorDecision
from portal.demo.walking import cast_of
from portal.evaluations.writing import EvaluationRefused
from portal.moment import clock_set_to
from portal.organisations.models import PolicySetting
from portal.workflow.refusals import NotAuthorised
from tests.decisions.evaluation import evaluations

START = evaluations.START


@pytest.fixture
def on_start():
    with clock_set_to(START):
        yield


def found(world, day=START):
    return list(choosing.candidates(MajorDecision.objects.all(), world.longtan, day).order_by("-weight", "pk"))


def test_a_candidate_says_what_speaks_for_it(world, on_start):
    MajorDecision.objects.update(touches_public_interest=True, matter="project")
    with clock_set_to(START):
        choosing.note_cue(evaluations.of(world), by=world["lt_clerk"], trigger="opinions", words="热线收到 23 件反映。")
    (candidate,) = found(world)
    assert choosing.facts_for(candidate, choosing.ripe_until(world.longtan, START)) == [
        "影响区域经济社会发展", "直接关系民生", "执行满规定时间",
        "公民、法人或者其他组织提出较多意见：热线收到 23 件反映。",
    ]  # fmt: skip
    assert candidate.weight == 5


def test_a_decision_is_ripe_after_the_months_that_the_region_sets(world):
    made = evaluations.of(world)
    ripe = choosing.ripe_until(world.longtan, START)
    assert ripe == date(2025, 7, 6)
    assert made.decided_on <= ripe
    PolicySetting.objects.create(
        organisation=world.county, code="decisions.evaluation_ripe_after", value=36, valid_from=date(2018, 1, 1),
        basis="测试", set_by_name="测试",
    )  # fmt: skip
    assert choosing.ripe_until(world.longtan, START) == date(2023, 7, 6)


def test_what_is_not_carried_out_or_was_evaluated_is_no_candidate(world, on_start):
    cast = cast_of(world, "longtan")
    DecisionJourney(cast, texts.bus("龙潭镇"), date(2026, 3, 2)).walk("decide")
    made = evaluations.of(world)
    assert [one.pk for one in found(world)] == [made.pk]
    way = evaluations.walked(world, "choose", made)
    assert found(world) == []
    with way.on():
        way._step("abandon", way.cast.head, note="选择有误。")
    assert [one.pk for one in found(world)] == [made.pk]


def test_a_choice_needs_its_reason_and_happens_once_at_a_time(world, on_start):
    made, clerk = evaluations.of(world), world["lt_clerk"]
    with clock_set_to(START):
        with pytest.raises(EvaluationRefused, match="理由"):
            choosing.choose(made, by=clerk, triggers=["necessary"], reason=" ")
        with pytest.raises(NotAuthorised):
            choosing.choose(made, by=world["qh_clerk"], triggers=["necessary"], reason="重要。")
        opened = choosing.choose(made, by=clerk, triggers=["necessary"], reason="重要。")
        assert opened.disclosure == made.disclosure
        with pytest.raises(EvaluationRefused, match="正在评估"):
            choosing.choose(made, by=clerk, triggers=["necessary"], reason="重要。")


def test_the_year_counts_what_was_chosen_and_reminds_from_its_month(world):
    towns = [world.longtan, world.units["qinghe"]]
    june, july = date(2026, 6, 30), date(2026, 7, 1)
    assert not choosing.years_of(towns, world.county, june)[0].is_behind
    assert choosing.years_of(towns, world.county, july)[0].is_behind
    evaluations.walked(world, "choose")
    longtan, qinghe = choosing.years_of(towns, world.county, START)
    assert (longtan.chosen, longtan.running, longtan.left, longtan.is_behind) == (1, 1, 0, False)
    assert (qinghe.chosen, qinghe.left, qinghe.is_behind) == (0, 1, True)
    assert choosing.years_of(towns, world.county, date(2027, 1, 4))[0].chosen == 0


def test_the_page_says_how_many_were_chosen_and_offers_the_choice(world, as_person, on_start):
    made = evaluations.of(world)
    clerk = as_person("lt_clerk")
    with clock_set_to(START):
        page = clerk.get(reverse("decision_evaluation:overview")).content.decode()
        assert "还差 1 件" in page
        assert made.title in page
        address = reverse("decision_evaluation:choose", args=[made.public_id])
        assert address in page
        bad = clerk.post(address, {"triggers": ["necessary"], "reason": ""})
        assert bad.status_code == 422
        done = clerk.post(address, {"triggers": ["necessary", "opinions"], "reason": "意见较多。"})
        evaluation = DecisionEvaluation.objects.get()
        assert done["Location"] == reverse("decision_evaluation:plan", args=[evaluation.public_id])
        assert "已选择 1 件" in clerk.get(reverse("decision_evaluation:overview")).content.decode()
        assert as_person("qh_clerk").get(address).status_code == 404


def test_the_county_sees_every_towns_year(world, as_person):
    evaluations.walked(world, "choose")
    with clock_set_to(START):
        page = as_person("county_supervisor").get(reverse("decision_evaluation:county")).content.decode()
    assert "没有选足评估的决策" in page
    assert "已选择 1 件" in page
    assert as_person("lt_clerk").get(reverse("decision_evaluation:county")).status_code == 403


def test_the_list_asks_no_more_of_the_database_for_more_decisions(
    world, as_person, django_assert_max_num_queries, on_start
):
    clerk, address = as_person("lt_clerk"), reverse("decision_evaluation:overview")
    first = evaluations.of(world)
    with clock_set_to(START):
        choosing.note_cue(first, by=world["lt_clerk"], trigger="opinions", words="反映较多。")
        clerk.get(address)
        with django_assert_max_num_queries(60) as few:
            clerk.get(address)
    second = evaluations.decision(world, text=texts.square)
    with clock_set_to(START):
        choosing.note_cue(second, by=world["lt_clerk"], trigger="opinions", words="反映较多。")
        with django_assert_max_num_queries(len(few.captured_queries)):
            clerk.get(address)
