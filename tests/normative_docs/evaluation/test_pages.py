"""The pages of an evaluation as its people use them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from normative_docs.evaluation.models import Evaluation
from portal.moment import clock_set_to
from tests.normative_docs.evaluation import evaluations

TODAY = evaluations.TODAY


@pytest.fixture
def clerk(as_person):
    with clock_set_to(TODAY):
        yield as_person("lt_clerk")


SHARED = ("findings", "questionnaire", "results", "paper")


def at(name, file, *more):
    room = "evaluations" if name in SHARED else "evaluation"
    return reverse(f"{room}:{name}", args=[file.public_id, *more])


def case(file):
    return reverse("inside:case", args=[file.public_id])


def test_an_evaluation_is_opened_planned_and_begun_in_the_browser(world, clerk):
    made = evaluations.document(world)
    assert clerk.get(at("start", made)).status_code == 200
    opened = clerk.post(at("start", made), {"kind": "post"})
    evaluation = Evaluation.objects.get(document=made)
    assert opened["Location"] == at("plan", evaluation)
    bad = clerk.post(at("plan", evaluation), {"team": "司法所", "finish_by": "2026-01-01"})
    assert bad.status_code == 422
    assert "完成日期不能早于今天" in bad.content.decode()
    assert "司法所" in bad.content.decode()
    good = {"methods": ["questionnaire", "visit"], "team": "司法所", "respondents": "用户", "finish_by": "2026-06-30"}
    assert clerk.post(at("plan", evaluation), good).status_code == 302
    step = reverse("inside:step", args=[evaluation.public_id, "begin"])
    assert clerk.post(step, {}).status_code == 302
    assert Evaluation.objects.get(pk=evaluation.pk).stage == "study"


def test_the_questionnaire_is_opened_and_its_counts_stand_on_the_case_page(world, clerk):
    evaluation = evaluations.begun(world, methods=("questionnaire",))
    page = clerk.get(at("questionnaire", evaluation)).content.decode()
    assert "您是否了解" in page
    days = {"opens_on": TODAY, "closes_on": TODAY + timedelta(days=10)}
    assert clerk.post(at("questionnaire", evaluation), days).status_code == 302
    again = clerk.post(at("questionnaire", evaluation), days)
    assert again.status_code == 409
    assert "已经发布过问卷" in again.content.decode()
    assert "收回 0 份" in clerk.get(case(evaluation)).content.decode()


def test_findings_are_saved_and_a_stale_page_loses_nothing(world, clerk):
    evaluation = evaluations.begun(world)
    stale = clerk.post(at("findings", evaluation), {"seen": "x", "effect": "水质达标率提高。"})
    assert stale.status_code == 409
    assert "水质达标率提高" in stale.content.decode()
    now = {"seen": evaluations.seen(evaluation), "effect": "水质达标率提高。"}
    assert clerk.post(at("findings", evaluation), now).status_code == 302
    assert "水质达标率提高" in clerk.get(case(evaluation)).content.decode()


def test_results_asked_for_too_early_say_why(world, clerk):
    evaluation = evaluations.asked(world)
    answer = clerk.post(at("results", evaluation), follow=True)
    assert "还没有截止" in answer.content.decode()


def test_whoever_does_not_evaluate_there_finds_no_form(world, as_person):
    evaluation = evaluations.begun(world)
    with clock_set_to(TODAY):
        assert as_person("qh_clerk").get(at("findings", evaluation)).status_code == 404
        assert as_person("lt_head").get(at("findings", evaluation)).status_code == 403
        assert as_person("lt_head").post(at("findings", evaluation), {}).status_code == 403


def test_a_document_is_listed_as_important_and_taken_off_again(world, clerk):
    made = evaluations.document(world, touches_livelihood=False)
    assert clerk.post(at("importance", made), {"reason": ""}).status_code == 422
    assert clerk.post(at("importance", made), {"reason": "涉及全镇供水。"}).status_code == 302
    assert "取消重要文件" in clerk.get(at("importance", made)).content.decode()
    assert clerk.post(at("importance", made), {"reason": "登记错误。"}).status_code == 302
    assert "列为重要文件" in clerk.get(at("importance", made)).content.decode()


@pytest.mark.parametrize("stage", ["planned", "begun", "asked", "handed_in", "decided"])
def test_the_case_page_opens_in_every_stage(world, clerk, stage):
    evaluation = getattr(evaluations, stage)(world)
    assert clerk.get(case(evaluation)).status_code == 200
    register = clerk.get(reverse("inside:register", kwargs={"code": "evaluations"}))
    assert evaluation.document.title in register.content.decode()


def test_how_far_a_paper_is_can_be_asked(world, clerk):
    evaluation = evaluations.decided(world, paper=False)
    assert "生成评估报告" in clerk.get(at("paper", evaluation, "ev_report")).content.decode()
    assert clerk.get(at("paper", evaluation, "nothing")).status_code == 404
