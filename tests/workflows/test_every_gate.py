"""Over every gate of every workflow: met, the step is taken; taken away, it is refused, named, nothing written."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from portal.workflow.gates import missing
from portal.workflow.models import TransitionRecord
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet
from portal.workflow.registry import workflows

SCENARIOS = {
    "normative_docs": "tests.normative_docs.scenarios",
    "oversight.filing": "tests.portal.oversight.scenarios",
    "reports.annual": "tests.portal.reports.scenarios",
}


def _loaded():
    """Every workflow with its scenarios; a workflow without any is a failing test below, not a silent gap."""
    assert apps.ready
    return [
        (workflow, importlib.import_module(SCENARIOS[workflow.code]))
        for workflow in workflows.all()
        if workflow.code in SCENARIOS
    ]


STEPS = [
    pytest.param(workflow, module, step.code, id=f"{workflow.code}-{step.code}")
    for workflow, module in _loaded()
    for step in workflow.transitions
    if not step.by_system
]
GATED = [
    pytest.param(workflow, module, step.code, gate.code, id=f"{workflow.code}-{step.code}-{gate.code}")
    for workflow, module in _loaded()
    for step, gate in workflow.gated()
    if gate.code not in module.KEPT_BY_THE_DATABASE
]


def test_every_workflow_has_its_scenarios():
    assert {workflow.code for workflow in workflows.all()} == set(SCENARIOS)


@pytest.mark.parametrize(("workflow", "module"), [pytest.param(w, m, id=w.code) for w, m in _loaded()])
def test_every_gate_can_be_taken_away_or_is_kept_by_the_database(workflow, module):
    gates = {gate.code for _, gate in workflow.gated()}
    assert gates == set(module.WITHOUT) | module.KEPT_BY_THE_DATABASE


@pytest.mark.parametrize(("workflow", "module", "code"), STEPS)
def test_a_step_whose_gates_are_met_is_taken(world, workflow, module, code):
    journey, by, data = module.ready_for(world, code)
    step = workflow.transition(code)
    with journey.on():
        file = perform(journey.document, code, by=by, note="理由", data=data)
    record = file.transition_records.first()
    assert record.code == code
    assert file.stage == (step.target or record.source)
    assert {gate["code"] for gate in record.gates} == {gate.code for gate in step.gates}
    assert all(gate["state"] in ("met", "not_required") for gate in record.gates)


@pytest.mark.parametrize(("workflow", "module", "code", "gate"), GATED)
def test_a_step_with_one_gate_unmet_is_refused_and_writes_nothing(world, workflow, module, code, gate):
    journey, by, data = module.ready_for(world, code)
    with journey.on():
        module.WITHOUT[gate](journey)
    before = _rows()
    with journey.on():
        fresh = type(journey.document).objects.get(pk=journey.document.pk)
        with pytest.raises(GatesNotMet) as refusal:
            perform(fresh, code, by=by, note="理由", data=data)
        named = {report.code for report in refusal.value.missing}
        assert gate in named
        assert named <= {gate} | module.TOGETHER.get(gate, set())
        assert named == {report.code for report in missing(fresh, workflow.transition(code))}
    assert type(fresh).objects.get(pk=fresh.pk).stage == fresh.stage
    assert _rows() == before


def _rows() -> dict[str, int]:
    """How many rows each table holds."""
    with connection.cursor() as cursor:
        return {
            table: cursor.execute(f'SELECT count(*) FROM "{table}"') or cursor.fetchone()[0]
            for table in connection.introspection.table_names()
        }


def test_the_newest_record_is_the_step_just_taken(world):
    module = importlib.import_module(SCENARIOS["normative_docs"])
    journey, by, _ = module.ready_for(world, "send_to_review")
    with journey.on():
        file = perform(journey.document, "send_to_review", by=by)
    assert TransitionRecord.objects.filter(file_id=file.pk).latest("id") == file.last_record()
