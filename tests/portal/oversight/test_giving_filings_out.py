"""The supervisor gives filings out; they stay on the desk from step to step, and the load is seen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import Person, RoleAssignment
from portal.audit.models import AuditEntry
from portal.oversight.assigning import GIVEN_OUT, assign, take_away, workload
from portal.oversight.filing import release
from portal.workflow.models import WorkItem
from portal.workflow.perform import perform
from portal.workflow.refusals import StepRefused
from tests.portal.oversight import filings


@pytest.fixture
def second(world):
    """Another reviewer of the county."""
    person = Person.objects.create_user(
        username="county_reviewer2", full_name="罗文", organisation=world.units["yunxi-justice"], password="x"
    )
    RoleAssignment.objects.create(
        person=person, role="filing_reviewer", organisation=world.county, valid_from="2018-01-01"
    )
    return person


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def desk_of(filing):
    return WorkItem.objects.get(file_id=filing.pk, closed_at__isnull=True).assignee


def test_a_filing_given_out_stays_on_the_desk_through_the_next_step(world):
    filing = filings.submitted(world)
    reviewer = world["county_reviewer"]
    assign(filing, to=reviewer, by=world["county_supervisor"], reason="熟悉村镇建设")
    assert desk_of(filing) == reviewer
    assert reviewer.notifications.filter(subject__startswith="分办").count() == 1
    filing = perform(filing, "accept", by=reviewer)
    assert desk_of(filing) == reviewer
    entry = AuditEntry.objects.get(file_id=filing.pk, verb=GIVEN_OUT)
    assert "熟悉村镇建设" in entry.summary


def test_it_can_go_to_another_and_back_to_all(world, second):
    filing, supervisor = filings.submitted(world), world["county_supervisor"]
    assign(filing, to=world["county_reviewer"], by=supervisor)
    assign(filing, to=second, by=supervisor)
    assert desk_of(filing) == second
    with pytest.raises(StepRefused, match="已经分给"):
        assign(filing, to=second, by=supervisor)
    take_away(filing, by=supervisor)
    assert desk_of(filing) is None
    with pytest.raises(StepRefused, match="没有分办"):
        take_away(filing, by=supervisor)


def test_whoever_puts_it_back_has_it_no_longer(world):
    filing, reviewer = filings.submitted(world), world["county_reviewer"]
    assign(filing, to=reviewer, by=world["county_supervisor"])
    release(filing, by=reviewer)
    filing = perform(filing, "accept", by=reviewer)
    assert desk_of(filing) is None


def test_only_the_supervisor_gives_out_and_only_to_reviewers(world, second, as_person):
    filing = filings.submitted(world)
    with pytest.raises(StepRefused, match="没有分办的权限"):
        assign(filing, to=second, by=world["county_reviewer"])
    with pytest.raises(StepRefused, match="不是备案审查人员"):
        assign(filing, to=world["lt_clerk"], by=world["county_supervisor"])
    address = reverse("oversight:assign", kwargs={"public_id": filing.public_id})
    assert as_person("county_reviewer").get(address).status_code == 403
    supervisor = as_person("county_supervisor")
    assert supervisor.post(address, {"act": "assign", "person": ""}).status_code == 422
    assert supervisor.post(address, {"act": "assign", "person": second.username}).status_code == 302
    filing.refresh_from_db()
    assert filing.assigned_to == second


def test_the_load_counts_by_stage_and_in_a_fixed_number_of_queries(world, second, as_person):
    first = filings.submitted(world)
    assign(first, to=second, by=world["county_supervisor"])
    filings.accepted(world, "qh", title="清河镇停车管理办法")
    loads, unclaimed = workload(world.county, world["county_supervisor"])
    found = {load.person.username: load for load in loads}
    assert (found["county_reviewer2"].checking, found["county_reviewer"].open, unclaimed) == (1, 0, 1)
    supervisor = as_person("county_supervisor")
    address = reverse("oversight:workload")
    few = queries_of(supervisor, address)
    for number in range(3):
        filings.submitted(world, title=f"管护办法第 {number} 号")
    assert queries_of(supervisor, address) == few
    shown = supervisor.get(address, {"desk": "county_reviewer2"}).content.decode()
    assert first.subject.title in shown
    assert "清河镇停车管理办法" not in shown
