"""What people write on a decision beside its steps: departments, experts, risk, steps by hand, secrecy."""

import pytest
from django.db import DatabaseError, transaction

from decisions.arguing import answer, close
from decisions.arguing import enter_opinion as enter_expert
from decisions.assessing import choose_step
from decisions.choosing import invite
from decisions.consulting import enter_opinion as enter_department
from decisions.demo import texts
from decisions.models import DepartmentOpinion, ExpertOpinion, RiskAssessment
from decisions.proposing import review_secrecy
from decisions.vocabulary import EXPERTS, FAIR_COMPETITION, HEARING, PARTICIPATION, RISK
from portal.workflow.gates import gate_reports
from portal.workflow.refusals import StepRefused
from tests.decisions.scenarios import begin, walked


def gate_of(journey, step, code):
    with journey.on():
        reports = gate_reports(journey.document, journey.document.workflow.transition(step))
    return next(report for report in reports if report.code == code)


@pytest.mark.parametrize(
    ("facts", "needed"),
    [
        ({}, {"participation"}),
        ({"touches_public_interest": True}, {"participation", "hearing", "risk"}),
        ({"is_professional": True}, {"participation", "experts"}),
        ({"hearing_by_law": True}, {"participation", "hearing"}),
        ({"brings_risk": True}, {"participation", "risk"}),
        ({"stability_kind": "event"}, {"participation", "risk"}),
        ({"affects_market": True}, {"participation", "fair_competition"}),
        ({"is_disputed": True}, {"participation", "hearing"}),
        ({"disclosure": "withheld", "disclosure_reason": "涉密", "touches_public_interest": True}, {"risk"}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_the_facts_say_which_steps_are_needed(world, facts, needed):
    decision = begin(world, texts.bus).propose(**facts)
    steps = (PARTICIPATION, HEARING, EXPERTS, RISK, FAIR_COMPETITION)
    assert {step.code for step in steps if decision.needs(step)} == needed
    assert all(decision.why(step) for step in steps)


def test_a_step_is_chosen_by_hand_only_with_a_reason_that_the_gate_repeats(world):
    journey = walked(world, "draft")
    with journey.on():
        with pytest.raises(StepRefused, match="理由"):
            choose_step(journey.document, by=journey.cast.clerk, step="hearing", is_needed=False, reason=" ")
        with pytest.raises(StepRefused, match="现在就是"):
            choose_step(journey.document, by=journey.cast.clerk, step="hearing", is_needed=True, reason="需要")
        choose_step(
            journey.document, by=journey.cast.clerk, step="hearing", is_needed=False, reason="上月已就同一事项听证。"
        )
        journey.document = type(journey.document).objects.get(pk=journey.document.pk)
    report = gate_of(journey, "conclude_participation", "hearing_held")
    assert report.state == "not_required"
    assert report.explain == "不需要，因为人工认定：上月已就同一事项听证。"


def test_what_the_law_asks_of_everybody_cannot_be_chosen_away(world):
    decision = walked(world, "draft").document
    with pytest.raises(KeyError):
        choose_step(decision, by=decision.opened_by, step="legality_review", is_needed=False, reason="不需要")


def test_dissent_of_a_department_waits_for_the_drafters_reasons(world):
    journey = walked(world, "draft", texts.bus)
    asked = DepartmentOpinion(
        unit="交通运输站", asked_on=journey.day, answered_on=journey.day, agrees=False, opinion="班次过密。"
    )
    with journey.on():
        enter_department(journey.document, asked, by=journey.cast.clerk)
    assert "交通运输站" in gate_of(journey, "open_participation", "departments_consulted").explain
    asked.own_view = "按客流分时段加密。"
    with journey.on():
        enter_department(journey.document, asked, by=journey.cast.clerk)
    assert gate_of(journey, "open_participation", "departments_consulted").state == "met"


def test_of_two_who_change_one_departments_opinion_the_second_is_told(world):
    journey = walked(world, "draft", texts.bus)
    opinion = journey.document.department_opinions.get(number=1)
    seen = opinion.seen
    with journey.on():
        opinion.opinion = "同意，建议节约。"
        enter_department(journey.document, opinion, by=journey.cast.clerk, seen=seen)
        opinion.opinion = "同意。"
        with pytest.raises(StepRefused, match="已由他人修改"):
            enter_department(journey.document, opinion, by=journey.cast.clerk, seen=seen)


def test_an_expert_with_an_interest_is_not_heard_whatever_the_programme_says(world):
    journey = walked(world, "open")
    argumentation = journey.organise_argument()
    with journey.on():
        chosen = invite(
            argumentation, by=journey.cast.clerk, name="钱某", employer="承建单位 总工", field="规划建设",
            reason="熟悉工程。",
        )  # fmt: skip
    opinion = ExpertOpinion(
        chosen=chosen, has_no_interest=False, view="supports", opinion="赞成。", signed_on=journey.day
    )
    with journey.on(), pytest.raises(DatabaseError), transaction.atomic():
        enter_expert(argumentation, opinion, by=journey.cast.clerk)


def test_the_report_of_an_argumentation_waits_for_the_last_answer_and_then_nothing_changes(world):
    journey = walked(world, "open")
    argumentation = journey.organise_argument()
    opinion = journey.enter_expert(argumentation, journey.EXPERTS[0])
    with journey.on():
        with pytest.raises(StepRefused, match="还有 1 位"):
            close(argumentation, by=journey.cast.clerk, report="可行。")
        answer(opinion, by=journey.cast.clerk, outcome="adopted", words="采纳。")
        close(argumentation, by=journey.cast.clerk, report="可行。")
        with pytest.raises(StepRefused, match="已经入卷"):
            answer(opinion, by=journey.cast.clerk, outcome="partly", words="部分采纳。")
    with pytest.raises(DatabaseError), transaction.atomic():
        ExpertOpinion.objects.filter(pk=opinion.pk).update(answer="改写")
    with pytest.raises(DatabaseError), transaction.atomic():
        type(argumentation).objects.filter(pk=argumentation.pk).update(report="改写")


def test_a_large_risk_blocks_until_a_new_assessment_is_lower(world):
    journey = walked(world, "assess")
    journey.assess_risk("large")
    report = gate_of(journey, "send_to_review", "risk_acceptable")
    assert report.state == "in_progress"
    assert "须调整方案后重新评估" in report.explain
    journey.assess_risk("low")
    assert gate_of(journey, "send_to_review", "risk_acceptable").state == "met"


def test_an_assessment_stays_and_no_low_risk_fails_one_of_the_five_tests(world):
    journey = walked(world, "assess")
    assessment = journey.document.risk_assessments.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        RiskAssessment.objects.filter(pk=assessment.pk).update(level="low")
    assessment.pk, assessment.number, assessment.controllable = None, 9, False
    with pytest.raises(DatabaseError), transaction.atomic():
        assessment.save(force_insert=True)


def test_whoever_opened_a_secret_file_does_not_review_its_secrecy(world):
    journey = walked(world, "start", texts.waterworks, secret=True)
    with journey.on():
        with pytest.raises(StepRefused, match="立卷人"):
            review_secrecy(journey.document, by=journey.cast.clerk)
        assert review_secrecy(journey.document, by=journey.cast.head).disclosure_reviewer == journey.cast.head
        with pytest.raises(StepRefused, match="已经审核"):
            review_secrecy(journey.document, by=journey.cast.head)
