"""An evaluation from plan to close: the public is asked, the report is filed and published, and something follows."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from normative_docs.evaluation.gates import FILING, REPORT, REPORT_DOCX, RESULTS
from normative_docs.evaluation.models import Evaluation
from normative_docs.gates import EXPIRY_ASSESSMENT
from normative_docs.in_force.models import PlannedRelation, RelationKind
from normative_docs.recording import draft_continuation
from portal.casefiles.models import FileLink
from portal.consultation.standing import newest_questionnaire
from portal.documents.models import DocumentVersion
from portal.evaluations.asking import ask_the_public, put_results_on_file
from portal.evaluations.writing import EvaluationRefused, save_findings
from portal.moment import clock_set_to
from portal.oversight.filing import standing_filing
from portal.publishing.register import publication_of
from portal.workflow.perform import perform
from portal.workflow.refusals import StepRefused
from tests.normative_docs.evaluation import evaluations

TODAY = evaluations.TODAY


def names_in(file, slot) -> set[str]:
    versions = DocumentVersion.objects.filter(document__file_id=file.pk, document__slot=slot.code)
    return set(versions.values_list("name", flat=True))


def test_the_plans_own_day_is_the_limit(world):
    evaluation = evaluations.begun(world)
    clock = evaluation.deadlines.get(code="nd_post_evaluation")
    assert clock.effective_end == TODAY + timedelta(days=60)
    with clock_set_to(TODAY + timedelta(days=61)):
        assert evaluation.deadlines.late(TODAY + timedelta(days=61)).exists()


def test_the_results_of_the_questionnaire_become_a_paper_of_the_file(world):
    evaluation = evaluations.asked(world)
    with clock_set_to(TODAY), pytest.raises(EvaluationRefused, match="还没有截止"):
        put_results_on_file(evaluation, by=world["lt_clerk"])
    with clock_set_to(TODAY + timedelta(days=11)):
        put_results_on_file(evaluation, by=world["lt_clerk"])
        evaluations.work_off()
    assert names_in(evaluation, RESULTS) == {"问卷调查结果.pdf", "问卷调查结果.docx"}


def test_the_public_is_asked_once(world):
    evaluation = evaluations.asked(world)
    with clock_set_to(TODAY), pytest.raises(EvaluationRefused, match="已经发布过问卷"):
        ask_the_public(evaluation, by=world["lt_clerk"], opens_on=TODAY, closes_on=TODAY)
    with clock_set_to(TODAY + timedelta(days=1)):
        assert newest_questionnaire(evaluation).is_open


def test_the_decided_report_is_official_paper_and_its_outcome_stays(world):
    evaluation = evaluations.decided(world, paper=False)
    with clock_set_to(TODAY):
        evaluations.work_off()
    evaluation = Evaluation.objects.get(pk=evaluation.pk)
    assert names_in(evaluation, REPORT) == {"评估报告.pdf"}
    assert names_in(evaluation, REPORT_DOCX) == {"评估报告.docx"}
    assert evaluation.report.name == "评估报告.pdf"
    text = evaluation.report.text
    assert "评估结论" in text
    assert "继续有效" in text
    assert "供水用户和村民委员会" in text
    with pytest.raises(InternalError, match="decided evaluation"), transaction.atomic():
        Evaluation.objects.filter(pk=evaluation.pk).update(outcome="repeal")


def test_the_report_is_filed_with_the_county_and_shown_to_the_public(world, client):
    evaluation = evaluations.ready_to_finish(world)
    filing = standing_filing(evaluation, FILING)
    assert filing.submitted_on == TODAY
    assert names_in(filing, REPORT) == set()
    assert DocumentVersion.objects.filter(document__file_id=filing.pk, document__slot="fe_text").exists()
    publication = publication_of(evaluation)
    assert publication.column == "文件评估报告"
    with clock_set_to(TODAY):
        page = client.get(reverse("publishing:document", args=[publication.year, publication.serial]))
        done = perform(evaluation, "finish", by=world["lt_clerk"])
    assert "评估结论" in page.content.decode()
    assert done.is_closed
    clock = evaluation.deadlines.get(code="foi_proactive")
    assert clock.state == clock.State.MET


@pytest.mark.parametrize(
    ("outcome", "kind", "word"), [("amend", RelationKind.AMENDS, "修改"), ("repeal", RelationKind.REPEALS, "废止")]
)
def test_amendment_and_repeal_open_the_draft_that_does_it(world, outcome, kind, word):
    evaluation = evaluations.decided(world, outcome)
    with clock_set_to(TODAY):
        evaluation = perform(evaluation, "carry_out", by=world["lt_clerk"])
    draft = evaluation.follow_up
    assert draft.title.startswith(f"关于{word}《{evaluation.document.title}》")
    assert draft.recognition.is_normative
    assert draft.organisation == evaluation.organisation
    assert PlannedRelation.objects.filter(source=draft, target=evaluation.document, kind=kind).exists()
    assert FileLink.objects.filter(source_id=draft.pk, target_id=evaluation.pk, kind="carries_out").exists()


def test_better_management_is_written_down_and_not_left_empty(world):
    evaluation = evaluations.decided(world, "improve")
    with clock_set_to(TODAY):
        with pytest.raises(StepRefused, match="改进措施"):
            perform(evaluation, "carry_out", by=world["lt_clerk"], data={"improvement": " "})
        evaluation = perform(evaluation, "carry_out", by=world["lt_clerk"], data={"improvement": "按季公布水质。"})
    assert evaluation.is_carried_out
    assert evaluation.follow_up is None


def test_the_report_before_expiry_goes_into_the_continuing_draft_whichever_comes_first(world):
    evaluation = evaluations.decided(world, kind="expiry")
    with clock_set_to(TODAY):
        draft = draft_continuation(evaluation.document, by=world["lt_clerk"], reason="仍有需要。")
    assert names_in(draft, EXPIRY_ASSESSMENT) == {"评估报告.txt"}


def test_the_report_before_expiry_is_neither_filed_nor_published_by_itself(world):
    evaluation = evaluations.decided(world, kind="expiry")
    with clock_set_to(TODAY):
        draft = draft_continuation(evaluation.document, by=world["lt_clerk"], reason="仍有需要。")
        evaluations.work_off()
        assert perform(evaluation, "finish", by=world["lt_clerk"]).is_closed
    assert "评估报告.pdf" in names_in(draft, EXPIRY_ASSESSMENT)


def test_two_writers_do_not_overwrite_each_other(world):
    evaluation = evaluations.begun(world)
    digest = evaluations.seen(evaluation)
    evaluations.written(evaluation, world)
    with clock_set_to(TODAY), pytest.raises(EvaluationRefused, match="刚刚已由他人修改"):
        save_findings(evaluation, by=world["lt_legal"], seen=digest, **evaluations.FINDINGS)
