"""What the county finds, the town answers one by one; what is not put right comes back."""

from datetime import date

import pytest

from portal.moment import clock_set_to
from portal.oversight.findings import add_finding, answer_finding, mark_seen, save_draft, settle_finding
from portal.oversight.models import FindingDraft
from portal.oversight.workflow import Stage
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet, StepRefused
from tests.portal.oversight import filings

DAY = date(2026, 9, 28)


def test_the_town_answers_each_finding_before_it_reports_back(world):
    filing = filings.to_be_corrected(world)
    first, second = filing.findings.all()
    with clock_set_to(DAY):
        answer_finding(first, by=world["lt_clerk"], answer="amended", answer_text="已修改。")
        with pytest.raises(GatesNotMet, match="逐条答复审查意见"):
            perform(filing, "answer", by=world["lt_clerk"])
        answer_finding(second, by=world["lt_clerk"], answer="explained", answer_text="依据为省条例第九条。")
        filing = perform(filing, "answer", by=world["lt_clerk"])
    assert filing.stage == Stage.ANSWERED
    assert filing.deadlines.get(code="nd_filing_correct").state == "met"


def test_an_answer_needs_words(world):
    filing = filings.to_be_corrected(world)
    with pytest.raises(StepRefused, match="说明如何整改"):
        answer_finding(filing.findings.first(), by=world["lt_clerk"], answer="amended", answer_text="  ")


def test_a_rejected_answer_is_given_anew_within_a_new_limit(world):
    filing = filings.to_be_corrected(world)
    with clock_set_to(DAY):
        filings.answer_all(filing, world["lt_clerk"])
        filing = perform(filing, "answer", by=world["lt_clerk"])
        filing = perform(filing, "reject_answer", by=world["county_reviewer"], data={"reason": "第三条仍有罚款。"})
        with pytest.raises(GatesNotMet):
            perform(filing, "answer", by=world["lt_clerk"])
    running = filing.deadlines.get(code="nd_filing_correct", state="running")
    assert running.start_on == DAY
    assert filing.findings.first().answer_text == "已按意见修改并重新公布。"
    assert world["lt_clerk"].notifications.filter(body="第三条仍有罚款。").exists()


def test_what_was_put_right_is_settled_and_recorded(world):
    filing = filings.to_be_corrected(world)
    with clock_set_to(DAY):
        filings.answer_all(filing, world["lt_clerk"])
        filing = perform(filing, "answer", by=world["lt_clerk"])
        filing = perform(filing, "accept_answer", by=world["county_supervisor"])
    assert filing.stage == Stage.RECORDED
    assert not filing.findings.filter(settled_at__isnull=True).exists()


def test_a_filing_with_open_findings_is_not_recorded(world):
    filing = filings.accepted(world)
    with clock_set_to(DAY):
        finding = filings.found(filing, world)
        with pytest.raises(GatesNotMet, match="没有未解决的审查意见"):
            perform(filing, "record", by=world["county_supervisor"], data={"opinion": "准予备案。"})
        settle_finding(finding, by=world["county_reviewer"], reason="经核对，条款有上位依据。")
        filing = perform(filing, "record", by=world["county_supervisor"], data={"opinion": "准予备案。"})
    assert filing.stage == Stage.RECORDED


def test_no_correction_is_ordered_without_a_standing_finding(world):
    filing = filings.accepted(world)
    with clock_set_to(DAY):
        finding = filings.found(filing, world)
        settle_finding(finding, by=world["county_reviewer"], reason="登记有误。")
        with pytest.raises(GatesNotMet, match="审查意见已登记"):
            perform(
                filing,
                "order_correction",
                by=world["county_supervisor"],
                data={"order": "amend", "opinion": "请修改。"},
            )


def test_a_finding_is_settled_only_with_a_reason_and_once(world):
    filing = filings.accepted(world)
    finding = filings.found(filing, world)
    with pytest.raises(StepRefused, match="请填写销号理由"):
        settle_finding(finding, by=world["county_reviewer"], reason=" ")
    settle_finding(finding, by=world["county_reviewer"], reason="登记有误。")
    with pytest.raises(StepRefused, match="已经销号"):
        settle_finding(finding, by=world["county_reviewer"], reason="再次。")


def test_findings_are_written_only_under_review(world):
    filing = filings.submitted(world)
    with pytest.raises(StepRefused, match="只有在审查阶段"):
        filings.found(filing, world)
    with pytest.raises(StepRefused, match="只有在审查阶段"):
        save_draft(filing, by=world["county_reviewer"], problem="尚未受理")


def test_a_draft_is_kept_until_the_finding_is_written_down(world):
    filing, reviewer = filings.accepted(world), world["county_reviewer"]
    assert save_draft(filing, by=reviewer) is None
    first = save_draft(filing, by=reviewer, clause="第三条", problem="设定")
    again = save_draft(filing, by=reviewer, clause="第三条", problem="设定")
    assert again.saved_at == first.saved_at
    assert not FindingDraft.objects.filter(filing=filing, person=world["county_supervisor"]).exists()
    add_finding(
        filing,
        by=reviewer,
        clause="第三条",
        fault="power",
        problem="设定处罚。",
        basis="行政处罚法 第十六条",
        suggestion="",
    )
    assert not FindingDraft.objects.filter(filing=filing).exists()


def test_papers_read_are_ticked_off_for_each_reviewer(world):
    filing = filings.submitted(world)
    paper = filing.documents.get(slot="fl_text")
    mark_seen(filing, by=world["county_reviewer"], documents={str(paper.public_id)})
    assert filing.papers_seen.get().person == world["county_reviewer"]
    mark_seen(filing, by=world["county_reviewer"], documents=set())
    assert not filing.papers_seen.exists()
