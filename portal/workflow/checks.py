"""System checks that close the circle: a declaration that names what doesn't exist is a red build."""

from django.core.checks import Error
from django.urls import NoReverseMatch

from portal.accounts.roles import every_authority
from portal.deadlines.rules import registry
from portal.organisations.policy import policies
from portal.workflow.gates import address_of
from portal.workflow.registry import workflows

_ANY_FILE = "00000000-0000-0000-0000-000000000000"


def declarations_are_complete(app_configs, **kwargs):
    """Every authority, limit, switch and remedy that a workflow names must exist; every gate is worded."""
    problems = []
    law = registry()
    known_limits = {code for region in (None, *law.regions) for code in law.codes(region)}
    for workflow in workflows.all():
        reached = {workflow.initial} | {target for _, target in workflow.arcs()}
        for stage in workflow.stages.values:
            if stage not in reached:
                problems.append(Error(f"{workflow.code}: stage {stage} can't be reached", id="portal.E001"))
            if stage not in workflow.final and not workflow.leaving(stage):
                problems.append(Error(f"{workflow.code}: nothing leaves stage {stage}", id="portal.E002"))
        for transition in workflow.transitions:
            where = f"{workflow.code}.{transition.code}"
            if transition.authority not in every_authority():
                problems.append(Error(f"{where}: no role gives {transition.authority}", id="portal.E003"))
            for clock in (*transition.starts, *transition.stops, *transition.cancels):
                if clock not in known_limits:
                    problems.append(Error(f"{where}: unknown time limit {clock}", id="portal.E004"))
        problems += _gate_problems(workflow)
    return problems


def _gate_problems(workflow):
    problems = []
    for transition, gate in workflow.gated():
        where = f"{workflow.code}.{transition.code}.{gate.code}"
        if not (gate.label and gate.basis):
            problems.append(Error(f"{where}: a gate needs label and basis", id="portal.E005"))
        if gate.switch and gate.switch not in policies:
            problems.append(Error(f"{where}: unknown policy {gate.switch}", id="portal.E006"))
        try:
            address_of(gate.remedy, _ANY_FILE)
        except NoReverseMatch:
            problems.append(Error(f"{where}: remedy {gate.remedy!r} leads nowhere", id="portal.E007"))
    return problems
