"""Over every step of every workflow: its gates met, it is taken; without any one, refused, named, nothing written."""

import copy
import importlib
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import transaction

from portal.workflow.gates import missing
from portal.workflow.models import TransitionRecord
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet
from portal.workflow.registry import workflows
from tests.writes import written

SCENARIOS = {
    "county_requests": "tests.portal.county_requests.scenarios",
    "decisions": "tests.decisions.scenarios",
    "decisions.evaluation": "tests.decisions.evaluation.scenarios",
    "decisions.catalogue": "tests.decisions.catalogue.scenarios",
    "normative_docs": "tests.normative_docs.scenarios",
    "normative_docs.cleanup": "tests.normative_docs.cleanup.scenarios",
    "oversight.filing": "tests.portal.oversight.scenarios",
    "oversight.inspection": "tests.portal.oversight.inspections",
    "oversight.bulletin": "tests.portal.bulletins.scenarios",
    "interpretations": "tests.portal.interpretations.scenarios",
    "reports.annual": "tests.portal.reports.scenarios",
    "normative_docs.evaluation": "tests.normative_docs.evaluation.scenarios",
    "normative_docs.suggestion": "tests.normative_docs.suggestions.scenarios",
    "normative_docs.incidental": "tests.normative_docs.suggestions.incidental_scenarios",
}


def _loaded():
    """Every workflow with its scenarios; a workflow without any is a failing test below, not a silent gap."""
    assert apps.ready
    return [
        (workflow, importlib.import_module(SCENARIOS[workflow.code]))
        for workflow in workflows.all()
        if workflow.code in SCENARIOS
    ]


def _steps_that_show_every_gate(workflow) -> set[str]:
    """Few steps that have all gates of the workflow between them: those with most gates first."""
    shown, steps = set(), set()
    for step in sorted(workflow.transitions, key=lambda step: -len(step.gates)):
        gates = {gate.code for gate in step.gates}
        if gates - shown:
            shown |= gates
            steps.add(step.code)
    return steps


def _steps():
    """Every step of every workflow; one that shows no gate of its own waits for the full run, for walking is long."""
    for workflow, module in _loaded():
        at_every_change = _steps_that_show_every_gate(workflow)
        for step in workflow.transitions:
            if step.gates or not step.by_system:
                marks = () if step.code in at_every_change else pytest.mark.full
                yield pytest.param(workflow, module, step.code, id=f"{workflow.code}-{step.code}", marks=marks)


def test_every_workflow_has_its_scenarios():
    assert {workflow.code for workflow in workflows.all()} == set(SCENARIOS)


@pytest.mark.parametrize(("workflow", "module"), [pytest.param(w, m, id=w.code) for w, m in _loaded()])
def test_every_gate_can_be_taken_away_or_is_kept_by_the_database(workflow, module):
    gates = {gate.code for _, gate in workflow.gated()}
    assert gates == set(module.WITHOUT) | module.KEPT_BY_THE_DATABASE


STEPS = list(_steps())


@pytest.mark.parametrize(("workflow", "module", "code"), STEPS)
def test_a_step_is_taken_when_its_gates_are_met_and_refused_without_any_of_them(
    world, subtests, workflow, module, code
):
    journey, by, data = module.ready_for(world, code)
    step = workflow.transition(code)
    for gate in step.gates:
        if gate.code not in module.KEPT_BY_THE_DATABASE:
            with subtests.test(without=gate.code), _undone():
                _refused_without(gate.code, copy.deepcopy(journey), module, step, by, data)
    with journey.on():
        file = perform(journey.document, code, by=by, note="理由", data=data)
    record = file.transition_records.first()
    assert record.code == code
    assert file.stage == (step.target or record.source)
    assert {gate["code"] for gate in record.gates} == {gate.code for gate in step.gates}
    assert all(gate["state"] in ("met", "not_required") for gate in record.gates)


@contextmanager
def _undone():
    """What happens inside is rolled back: walking to a step is long, its gates are many."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _refused_without(gate, journey, module, step, by, data):
    with journey.on():
        module.WITHOUT[gate](journey)
    before = written()
    with journey.on():
        fresh = type(journey.document).objects.get(pk=journey.document.pk)
        with pytest.raises(GatesNotMet) as refusal:
            perform(fresh, step.code, by=by, note="理由", data=data)
        named = {report.code for report in refusal.value.missing}
        assert gate in named
        assert named <= {gate} | module.TOGETHER.get(gate, set())
        assert named == {report.code for report in missing(fresh, step)}
    assert type(fresh).objects.get(pk=fresh.pk).stage == fresh.stage
    assert before
    assert written() == before


def test_the_newest_record_is_the_step_just_taken(world):
    module = importlib.import_module(SCENARIOS["normative_docs"])
    journey, by, _ = module.ready_for(world, "send_to_review")
    with journey.on():
        file = perform(journey.document, "send_to_review", by=by)
    assert TransitionRecord.objects.filter(file_id=file.pk).latest("id") == file.last_record()
