"""An evaluation from plan to close: who may do it, whom it hears, what it leads to, what is put right."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from decisions.demo import texts
from decisions.demo.journey import DecisionJourney
from decisions.evaluation.forms import PlanForm
from decisions.evaluation.gates import CONCLUSION, REPORT, RESULTS
from decisions.evaluation.hearing import hear
from decisions.evaluation.independence import conflict
from decisions.evaluation.models import DecisionEvaluation, HeardOpinion
from portal.casefiles.models import FileLink
from portal.demo.walking import cast_of
from portal.documents.models import DocumentVersion
from portal.evaluations.writing import EvaluationRefused
from portal.indicators.registry import Scope, indicators
from portal.moment import clock_set_to
from portal.publishing.register import publication_of
from portal.workflow.perform import available, perform
from portal.workflow.refusals import GatesNotMet, NotAuthorised
from tests.decisions.evaluation import evaluations

START = evaluations.START


def names_in(file, slot) -> set[str]:
    versions = DocumentVersion.objects.filter(document__file_id=file.pk, document__slot=slot.code)
    return set(versions.values_list("name", flat=True))


def test_the_assessor_before_the_decision_is_no_third_party_and_the_form_says_why(world):
    """国令713 art. 36 para. 2: risk assessors and the employers of the experts, however the name is written."""
    journey = DecisionJourney(cast_of(world, "longtan"), texts.market("龙潭镇"), evaluations.DECIDED)
    journey.walk("open")
    journey.argue()
    journey.assess_risk()
    decision = journey.document
    assert "第 1 次专家论证" in conflict(decision, "云溪职业技术学院")
    assert "第 1 次风险评估" in conflict(decision, decision.risk_assessments.get().assessor + "　")
    assert conflict(decision, "云溪县公共政策研究会") == ""
    form = PlanForm(
        {"evaluator_kind": "third_party", "evaluator": "云溪职业技术学院", "methods": ["visit"], "scope": "全部",
         "participants": "人大代表", "finish_by": "2099-01-01"},
        instance=DecisionEvaluation(decision=decision),
    )  # fmt: skip
    assert "不得再承担本决策的后评估" in form.errors["evaluator"][0]


def test_the_organ_decides_on_the_plan_and_its_last_day_is_the_limit(world):
    way = evaluations.walked(world, "plan")
    with way.on():
        with pytest.raises(NotAuthorised):
            perform(way.document, "begin", by=world["lt_clerk"])
        begun = perform(way.document, "begin", by=world["lt_head"])
    assert begun.deadlines.get(code="mad_evaluation").effective_end == begun.finish_by


def test_without_delegates_and_organisations_nothing_is_handed_in(world):
    way = evaluations.walked(world, "begin")
    with way.on():
        citizen = HeardOpinion(voice="public", source="居民", heard_on=way.day, opinion="车位少。")
        hear(way.document, citizen, by=way.cast.clerk)
        with pytest.raises(GatesNotMet) as refusal:
            perform(way.document, "hand_in", by=way.cast.clerk, data={"outcome": "continue", "reason": "总体满意。"})
    assert "evaluation_opinions_heard" in {report.code for report in refusal.value.missing}


def test_a_secret_decision_is_evaluated_without_the_public(world):
    made = evaluations.decision(world, text=texts.waterworks, secret=True)
    way = evaluations.walked(world, "conclude", made)
    assert way.document.consultations.count() == 0
    assert not way.document.deadlines.filter(code="foi_proactive").exists()
    with way.on():
        assert "publish" not in {step.code for step in available(way.document, way.cast.clerk)}
        assert perform(way.document, "finish", by=way.cast.clerk).is_closed


def test_the_report_carries_the_advice_and_the_outcome_stays(world):
    way = evaluations.walked(world, "conclude")
    evaluation = way.document
    assert "评估建议\n继续实施" in evaluation.report.text
    assert "收回 5 份" in evaluation.report.text
    assert "沈建平" not in evaluation.report.text
    assert names_in(evaluation, CONCLUSION) == {"决策后评估结论.txt"}
    with pytest.raises(InternalError, match="concluded evaluation"), transaction.atomic():
        DecisionEvaluation.objects.filter(pk=evaluation.pk).update(outcome="stop")


def test_a_meeting_that_wants_more_sends_it_back_and_the_report_is_made_anew(world):
    way = evaluations.walked(world, "hand_in")
    way.deliberate("amended")
    with way.on():
        way._step("send_back", way.cast.clerk, note="补充成本数据。")
    assert way.document.is_under_study
    assert way.document.report is None
    way.hand_in("adjust")
    assert way.document.get_advice_display() == "调整"


def test_adjusting_opens_a_decision_of_its_own_tied_to_the_old_one(world):
    way = evaluations.walked(world, "conclude", outcome="adjust")
    way.carry_out()
    proposal = way.document.follow_up
    assert proposal.stage == "proposed"
    assert proposal.title == f"{way.decision.title}（调整）"
    assert proposal.problem == way.document.problems
    assert proposal.matter == way.decision.matter
    kinds = dict(FileLink.objects.filter(source_id=proposal.pk).values_list("kind", "target_id"))
    assert kinds == {"replaces": way.decision.pk, "carries_out": way.document.pk}
    way.decision.refresh_from_db()
    assert way.decision.stage == "execution"


def test_stopping_stops_the_decision_and_names_the_evaluation(world):
    way = evaluations.walked(world, "conclude", outcome="stop")
    with way.on(), pytest.raises(NotAuthorised):
        perform(way.document, "carry_out", by=world["lt_clerk"])
    way.carry_out()
    way.decision.refresh_from_db()
    assert way.decision.stage == "stopped"
    assert way.document.number in way.decision.last_record().note
    assert way.document.stopped_on == way.day


def test_a_decision_that_ended_meanwhile_is_not_stopped_twice(world):
    way = evaluations.walked(world, "conclude", outcome="stop")
    with way.on():
        perform(way.decision, "stop", by=way.cast.head, note="另有决定。")
    way.carry_out()
    assert way.document.stopped_on == way.day
    assert way.decision.transition_records.filter(code="stop").count() == 1


def test_corrections_are_tracked_until_all_are_done(world):
    way = evaluations.walked(world, "publish")
    correction = way.order(days=3)
    with way.on(), pytest.raises(GatesNotMet, match="纠偏"):
        perform(way.document, "finish", by=way.cast.clerk)
    way.workday(6)
    with way.on(), pytest.raises(GatesNotMet) as refusal:
        perform(way.document, "finish", by=way.cast.clerk)
    assert "1 项逾期" in refusal.value.missing[0].explain
    done = way.correct(correction)
    with pytest.raises(EvaluationRefused, match="已经登记完成"):
        way.correct(done)
    way.finish()
    assert way.document.is_closed
    year = Scope.of_year(world.longtan, START.year)
    rate = indicators["decisions.corrections_in_time"].compute(year)
    assert (rate.value, rate.of, rate.short.count()) == (0, 1, 1)


def test_the_figures_count_what_was_chosen_and_concluded_in_the_year(world):
    evaluations.walked(world, "conclude", outcome="adjust", third_party="云溪县公共政策研究会")
    year, other = Scope.of_year(world.longtan, START.year), Scope.of_year(world.units["qinghe"], START.year)
    for code in ("evaluations_chosen", "evaluated", "evaluated_by_third_party", "evaluations_changing"):
        compute = indicators[f"decisions.{code}"].compute
        assert (compute(year).value, compute(other).value) == (1, 0), code
        assert compute(year).files.count() == 1


def test_the_public_reads_report_and_conclusion_beside_the_decision(world, client):
    way = evaluations.walked(world, "publish")
    publication, decision = publication_of(way.document), publication_of(way.decision)
    with way.on():
        page = client.get(reverse("publishing:document", args=[publication.year, publication.serial])).content.decode()
        beside = client.get(reverse("publishing:document", args=[decision.year, decision.serial])).content.decode()
    assert publication.column == "决策后评估"
    assert "评估结论" in page
    assert "本决策继续实施" in page
    assert way.decision.title in page
    assert publication.title in beside
    assert "沈建平" not in page
    with way.on():
        course = client.get(reverse("consultation:public-matter", args=[way.decision.public_id])).context["events"]
    labels = [event.label for event in course]
    assert labels.index("公布决策后评估结果") < labels.index("发布问卷调查") < labels.index("公布决策")


@pytest.mark.full
def test_report_and_conclusion_are_official_paper(world):
    way = evaluations.journey(world)
    way.by_worker = (REPORT.code, CONCLUSION.code, RESULTS.code)
    way.walk("conclude")
    assert names_in(way.document, REPORT) == {"决策后评估报告.pdf"}
    assert names_in(way.document, CONCLUSION) == {"决策后评估结论.pdf"}
    assert names_in(way.document, RESULTS) == {"问卷调查结果.pdf", "问卷调查结果.docx"}
    assert way.document.conclusion.name == "决策后评估结论.pdf"


def test_the_case_pages_show_what_there_is_and_what_can_be_done(world, as_person):
    way = evaluations.walked(world, "study")
    way.order()
    clerk = as_person("lt_clerk")
    with way.on():
        page = clerk.get(reverse("inside:case", args=[way.document.public_id])).content.decode()
        decision = clerk.get(reverse("inside:case", args=[way.decision.public_id])).content.decode()
        head = as_person("lt_head")
        forbidden = head.get(reverse("decision_evaluation:opinion", args=[way.document.public_id]))
        stranger = as_person("qh_clerk").get(reverse("inside:case", args=[way.document.public_id]))
    assert "收回 5 份" in page
    assert "人大代表：镇人大代表 沈建平" in page
    assert "登记完成" in page
    assert way.document.number in decision
    assert (forbidden.status_code, stranger.status_code) == (403, 404)


def test_plan_opinion_and_correction_are_written_in_the_browser(world, as_person):
    way = evaluations.walked(world, "choose")
    clerk, evaluation = as_person("lt_clerk"), way.document

    def at(name, *more):
        return reverse(f"decision_evaluation:{name}", args=[evaluation.public_id, *more])

    plan = {
        "evaluator_kind": "own", "evaluator": "龙潭镇人民政府", "methods": ["visit"], "scope": "全部",
        "participants": "镇人大代表", "finish_by": (START + timedelta(days=60)).isoformat(),
    }  # fmt: skip
    with way.on():
        bad = clerk.post(at("plan"), plan | {"finish_by": "2026-01-01"})
        assert bad.status_code == 422
        assert "完成日期不能早于今天" in bad.content.decode()
        assert clerk.post(at("plan"), plan).status_code == 302
        way.begin()
        said = {"voice": "deputy", "source": "代表", "heard_on": way.day.isoformat(), "opinion": "好。"}
        assert clerk.post(at("opinion"), said).status_code == 302
        task = {"task": "补种", "unit": world.longtan.pk, "due_on": (way.day + timedelta(days=9)).isoformat()}
        assert clerk.post(at("new-correction"), task).status_code == 302
        done = {"done_on": "2026-01-01", "note": "已补种。"}
        early = clerk.post(at("correction", 1), done)
        assert early.status_code == 409
        assert "已补种。" in early.content.decode()
        assert clerk.post(at("correction", 1), done | {"done_on": way.day.isoformat()}).status_code == 302
        assert clerk.get(at("correction", 7)).status_code == 404
    assert evaluation.corrections.get().done_note == "已补种。"


def test_the_register_and_the_interface_show_it(world, as_person):
    way = evaluations.walked(world, "begin")
    clerk = as_person("lt_clerk")
    with clock_set_to(way.day):
        register = clerk.get(reverse("inside:register", kwargs={"code": "decision_evaluations"}))
        listed = clerk.get("/api/v1/decision-evaluations/?stage=study").json()
    assert way.decision.title in register.content.decode()
    assert listed["results"][0]["decision"] == str(way.decision.public_id)
