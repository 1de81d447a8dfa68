"""Two reviewers of the county decide in the same moment: one decision stands, the other person is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from portal.demo.county import build_county
from portal.oversight.filing import claim
from portal.oversight.models import Filing
from portal.workflow.models import WorkItem
from portal.workflow.perform import perform
from portal.workflow.refusals import StageConflict, StepRefused
from tests.portal.oversight import filings


@pytest.fixture
def committed_world(transactional_db):
    return build_county("made-up-password-7")


def at_once(*acts):
    """Run the acts in threads that start together; what each gave, or how it was refused."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait(timeout=20)
        try:
            return act()
        except StepRefused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_decision_stands_and_the_other_is_told(committed_world):
    world = committed_world
    filing = filings.accepted(world)
    filings.found(filing, world)
    data = {"order": "amend", "opinion": "请修改。"}
    results = at_once(
        lambda: perform(filing, "order_correction", by=world["county_reviewer"], data=data),
        lambda: perform(filing, "order_correction", by=world["county_supervisor"], data=data),
    )
    refusals = [result for result in results if isinstance(result, StepRefused)]
    assert len(refusals) == 1
    assert isinstance(refusals[0], StageConflict)
    assert "刚刚已由他人办理" in refusals[0].message
    decided = Filing.objects.get(pk=filing.pk)
    assert decided.transition_records.filter(code="order_correction").count() == 1
    assert decided.opinion_number == "云府备审〔2026〕1号"


def test_one_of_two_gets_the_filing_on_the_desk(committed_world):
    world = committed_world
    filing = filings.submitted(world)
    results = at_once(
        lambda: claim(filing, by=world["county_reviewer"]), lambda: claim(filing, by=world["county_supervisor"])
    )
    assert sum(isinstance(result, StepRefused) for result in results) == 1
    assert WorkItem.objects.filter(file_id=filing.pk, closed_at__isnull=True, assignee__isnull=False).count() == 1
