"""Judging the gates of a step on a file: one reading for the panel, the API and the refusal."""

from dataclasses import asdict, dataclass

from django.urls import reverse

from portal.workflow.declare import Gate, GateState, Transition


@dataclass(frozen=True)
class GateReport:
    """One line of 还缺什么."""

    code: str
    label: str
    basis: str
    binding: str
    binding_label: str
    state: str
    explain: str
    remedy_url: str

    @property
    def is_open(self) -> bool:
        return self.state in (GateState.NOT_STARTED, GateState.IN_PROGRESS)

    @property
    def state_label(self) -> str:
        return GateState(self.state).label

    def as_dict(self) -> dict:
        return asdict(self) | {"state_label": self.state_label}


_ORDER = [GateState.NOT_STARTED, GateState.IN_PROGRESS, GateState.MET, GateState.NOT_REQUIRED]


def address_of(remedy: str, public_id) -> str:
    """The page that a remedy names: a URL name, with ``/code`` for a step's page and ``#anchor`` for a place on it.

    :raises django.urls.NoReverseMatch: there is no such page.
    """
    page, _, anchor = remedy.partition("#")
    name, _, code = page.partition("/")
    url = reverse(name, kwargs={"public_id": public_id, **({"code": code} if code else {})})
    return f"{url}#{anchor}" if anchor else url


def judge(gate: Gate, file) -> GateReport:
    """Where this gate stands on this file today."""
    remedy = gate.remedy
    if gate.switch and not file.policy(gate.switch):
        state, explain = GateState.NOT_REQUIRED, "不需要，因为本地区未启用这一环节"
    elif not gate.applies(file):
        state, explain = GateState.NOT_REQUIRED, f"不需要，因为{gate.reason_without(file)}"
    else:
        standing = gate.standing(file)
        state, explain, remedy = standing.state, standing.explain, standing.remedy or remedy
    binding = gate.binding_on(file)
    return GateReport(
        gate.code, gate.label, gate.basis, binding.value, binding.label, state.value, explain,
        address_of(remedy, file.public_id) if remedy else "",
    )  # fmt: skip


def gate_reports(file, transition: Transition) -> list[GateReport]:
    """All gates of the step, what is missing first."""
    reports = [judge(gate, file) for gate in transition.gates]
    return sorted(reports, key=lambda report: _ORDER.index(GateState(report.state)))


def missing(file, transition: Transition) -> list[GateReport]:
    """Only what still stands in the way."""
    return [report for report in gate_reports(file, transition) if report.is_open]
