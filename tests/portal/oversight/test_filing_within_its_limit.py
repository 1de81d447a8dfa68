"""A filing is on time by the day of a complete submission; what was returned was never filed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from portal.moment import clock_set_to
from portal.oversight.filing import claim, collect_papers, open_filing
from portal.oversight.models import Filing
from portal.oversight.workflow import Stage
from portal.workflow.models import WorkItem
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet, NoteMissing, StageConflict, StepRefused
from tests.portal.oversight import filings

LAST_DAY = date(2026, 10, 8)


def test_the_limit_over_national_day_ends_on_the_first_working_day_after_it(world):
    filing = filings.prepared(world)
    assert filing.next_deadline().effective_end == LAST_DAY


@pytest.mark.parametrize(("day", "timely"), [(LAST_DAY, True), (date(2026, 10, 9), False)])
def test_the_day_of_submission_decides_whether_it_is_on_time(world, day, timely):
    filing = filings.submitted(world, on=day)
    assert (filing.due_on, filing.submitted_on, filing.is_on_time) == (LAST_DAY, day, timely)


def test_nothing_is_submitted_without_the_four_papers(world):
    filing = filings.prepared(world)
    with pytest.raises(GatesNotMet, match="报送材料齐备"):
        perform(filing, "submit", by=world["lt_clerk"])
    assert Filing.objects.get(pk=filing.pk).stage == Stage.PREPARING


def test_a_return_keeps_the_towns_clock_running_and_ends_the_countys(world):
    filing = filings.submitted(world)
    until = date(2026, 10, 12)
    with clock_set_to(date(2026, 9, 24)):
        filing = perform(
            filing,
            "return_papers",
            by=world["county_reviewer"],
            data={"reason": "制定说明缺少依据部分。", "until": until},
        )
    clock = filing.subject.deadlines.get(code="nd_filing")
    assert (clock.state, clock.effective_end, clock.met_on) == ("running", LAST_DAY, None)
    assert filing.deadlines.get(code="nd_filing_review").state == "cancelled"
    assert (filing.submitted_on, filing.return_reason, filing.return_until) == (None, "制定说明缺少依据部分。", until)
    assert WorkItem.objects.get(file_id=filing.pk, closed_at__isnull=True).deadline_id == clock.pk
    note = world["lt_clerk"].notifications.filter(subject__startswith="备案材料被退回").get()
    assert note.body == "制定说明缺少依据部分。"


def test_what_is_put_right_after_the_limit_is_late_although_the_first_try_was_not(world):
    filing = filings.submitted(world)
    with clock_set_to(date(2026, 9, 24)):
        filing = perform(
            filing, "return_papers", by=world["county_reviewer"], data={"reason": "缺依据。", "until": None}
        )
    with clock_set_to(date(2026, 10, 10)):
        filing = perform(filing, "submit", by=world["lt_clerk"])
    assert filing.is_on_time is False
    assert filing.first_submitted_on == date(2026, 9, 23)


def test_a_return_without_a_reason_is_refused(world):
    filing = filings.submitted(world)
    with pytest.raises(NoteMissing):
        perform(filing, "return_papers", by=world["county_reviewer"], data={"reason": " "})
    assert Filing.objects.get(pk=filing.pk).stage == Stage.SUBMITTED


def test_the_countys_limit_runs_from_the_receipt_of_the_papers(world):
    filing = filings.accepted(world)
    clock = filing.deadlines.get(code="nd_filing_review")
    assert clock.start_on == filing.submitted_on
    assert clock.state == "running"


def test_opening_again_gives_the_filing_that_is_there(world):
    filing = filings.prepared(world)
    assert open_filing(filing.subject, "normative_document", by=world["lt_clerk"]).pk == filing.pk


def test_the_database_refuses_a_second_filing_of_the_same_document(world):
    filing = filings.prepared(world)
    with pytest.raises(IntegrityError, match="filed_once"), transaction.atomic():
        Filing.objects.create(
            kind="oversight.filing", number="DOUBLE-1", title="重复报备", organisation=filing.organisation,
            opened_on=filing.opened_on, opened_by=filing.opened_by, disclosure="proactive",
            filing_kind="normative_document", subject_id=filing.subject_id, recipient=filing.recipient,
        )  # fmt: skip


def test_a_withdrawn_filing_may_be_opened_anew(world):
    filing = filings.prepared(world)
    perform(filing, "withdraw", by=world["lt_clerk"], note="文件须修改后重新公布。")
    assert open_filing(filing.subject, "normative_document", by=world["lt_clerk"]).pk != filing.pk


def test_numbers_of_acceptance_follow_each_other_without_gap(world):
    numbers = [filings.accepted(world, title=f"龙潭镇第{n}件办法").receipt_number for n in ("一", "二", "三")]
    assert numbers == ["云府备〔2026〕1号", "云府备〔2026〕2号", "云府备〔2026〕3号"]


def test_papers_are_collected_only_while_the_filing_is_with_the_town(world):
    filing = filings.submitted(world)
    with pytest.raises(StepRefused, match="已经报送"):
        collect_papers(filing, by=world["lt_clerk"])


def test_a_claimed_filing_is_not_claimed_by_another(world):
    filing = filings.submitted(world)
    claim(filing, by=world["county_reviewer"])
    with pytest.raises(StepRefused, match="已由林𠮷认领"):
        claim(filing, by=world["county_supervisor"])


def test_a_step_that_somebody_else_took_is_a_conflict(world):
    filing = filings.submitted(world)
    perform(filing, "accept", by=world["county_reviewer"])
    with pytest.raises(StageConflict):
        perform(filing, "accept", by=world["county_reviewer"])
