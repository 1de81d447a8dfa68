"""A town that does not put its document right: proposed by one, revoked by another, told to everyone."""

import pytest

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from normative_docs.models import NormativeDocument
from portal.demo.walking import cast_of
from portal.jobs import queue
from portal.jobs.models import Job
from portal.moment import clock_set_to
from portal.oversight.findings import answer_finding, settle_finding
from portal.oversight.workflow import Stage
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet, NotAuthorised, StepRefused
from tests.portal.oversight import filings, scenarios


def test_not_before_the_period_has_run_out(world):
    filing = filings.to_be_corrected(world)
    with clock_set_to(scenarios.LATER), pytest.raises(GatesNotMet, match="整改期限届满"):
        perform(filing, "propose_revocation", by=world["county_reviewer"], data=scenarios.PROPOSAL)


def test_a_refusal_in_words_needs_no_waiting(world):
    filing = filings.to_be_corrected(world)
    with clock_set_to(scenarios.LATER):
        for finding in filing.findings.all():
            answer_finding(finding, by=world["lt_clerk"], answer="refused", answer_text="本镇认为没有问题。")
        filing = perform(filing, "answer", by=world["lt_clerk"])
        filing = perform(filing, "propose_revocation", by=world["county_reviewer"], data=scenarios.PROPOSAL)
    assert filing.stage == Stage.REVOKING


def test_an_answer_that_is_no_refusal_is_not_enough(world):
    filing = filings.to_be_corrected(world)
    with clock_set_to(scenarios.LATER):
        filings.answer_all(filing, world["lt_clerk"])
        filing = perform(filing, "answer", by=world["lt_clerk"])
        with pytest.raises(GatesNotMet):
            perform(filing, "propose_revocation", by=world["county_reviewer"], data=scenarios.PROPOSAL)


def test_a_refusal_is_not_found_to_be_put_right_unless_its_reasons_are_accepted(world):
    filing, supervisor = filings.to_be_corrected(world, clauses=("第三条",)), world["county_supervisor"]
    with clock_set_to(scenarios.LATER):
        refused = filing.findings.get()
        answer_finding(refused, by=world["lt_clerk"], answer="refused", answer_text="上位法已有授权。")
        filing = perform(filing, "answer", by=world["lt_clerk"])
        with pytest.raises(GatesNotMet, match="不予修改"):
            perform(filing, "accept_answer", by=supervisor)
        settle_finding(refused, by=supervisor, reason="经核对，上位法确有授权。")
        assert perform(filing, "accept_answer", by=supervisor).stage == Stage.RECORDED


def test_the_period_that_ran_out_is_noted(world):
    filing = scenarios.proposed(world)
    assert filing.deadlines.get(code="nd_filing_correct").state == "missed"


def test_whoever_proposed_does_not_decide(world):
    filing = scenarios.proposed(world)
    with clock_set_to(scenarios.AFTER_CORRECTION), pytest.raises(NotAuthorised):
        perform(filing, "revoke", by=world["county_reviewer"], data=scenarios.DECISION)


@pytest.mark.parametrize(
    ("change", "message"),
    [({"approver": ""}, "批准人"), ({"number": "云府决[2026]1号"}, "文号"), ({"on": filings.PUBLISHED}, "撤销日期")],
)
def test_a_decision_says_who_decided_when_and_under_which_number(world, change, message):
    filing = scenarios.proposed(world)
    with clock_set_to(scenarios.AFTER_CORRECTION), pytest.raises(StepRefused, match=message):
        perform(filing, "revoke", by=world["county_supervisor"], data={**scenarios.DECISION, **change})


def test_the_town_gets_another_chance_within_a_new_limit(world):
    filing = scenarios.proposed(world)
    with clock_set_to(scenarios.AFTER_CORRECTION):
        filing = perform(filing, "drop_revocation", by=world["county_supervisor"], note="该镇已着手修改")
    assert filing.stage == Stage.CORRECTION
    assert filing.revocation_reason == ""
    assert filing.deadlines.get(code="nd_filing_correct", state="running").start_on == scenarios.AFTER_CORRECTION


def test_nobody_reads_of_it_before_it_is_announced_then_everyone(world, client):
    filing = scenarios.revoked(world)
    assert filing.subject.title not in client.get("/filings/revoked/").content.decode()
    notice = f"/filings/revoked/{filing.public_id}/"
    assert client.get(notice).status_code == 404
    with clock_set_to(scenarios.AFTER_CORRECTION):
        filing = perform(filing, "announce", by=world["county_supervisor"])
    assert filing.is_closed
    assert filing.stage == Stage.REVOKED
    assert filing.subject.title in client.get("/filings/revoked/").content.decode()
    shown = client.get(notice)
    assert "云府决〔2026〕1号" in shown.content.decode()
    assert "sessionid" not in shown.cookies
    assert world["lt_head"].notifications.filter(subject__startswith="已公开通报").exists()


def test_the_document_loses_its_effect_and_its_decision_is_set_as_paper(world, as_person):
    journey = Journey(cast_of(world, "longtan"), texts.housing(), filings.PUBLISHED)
    journey.walk("accept")
    reviewer, supervisor = world["county_reviewer"], world["county_supervisor"]
    with journey.on():
        filing = journey.filing
        filings.found(filing, world)
        perform(filing, "order_correction", by=supervisor, data={"order": "correct", "opinion": "请纠正。"})
    clock = filing.deadlines.get(code="nd_filing_correct")
    day = clock.effective_end.replace(year=clock.effective_end.year + 1)
    with clock_set_to(day):
        filing = perform(filing, "propose_revocation", by=reviewer, data=scenarios.PROPOSAL)
        filing = perform(filing, "revoke", by=supervisor, data={**scenarios.DECISION, "on": day})
        document = NormativeDocument.objects.get(pk=filing.subject_id)
        assert document.repealed_on == day
        assert document.effect_on(day) == "repealed"
        relation = document.relations_in.get()
        assert (relation.kind, relation.source_number) == ("revokes", "云府决〔2026〕1号")
        job = queue.run(Job.objects.get(key=f"{filing.pk}:fl_revocation").pk)
        assert job.state == Job.State.DONE, job.message
        assert filing.documents.filter(slot="fl_revocation").count() == 2
        filing = perform(filing, "announce", by=supervisor)
    assert "已撤销" in as_person("lt_clerk").get(f"/staff/cases/{filing.public_id}/").content.decode()
