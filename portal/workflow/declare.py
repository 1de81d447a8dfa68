"""How a procedure is declared: plain data that pages, API, tests, docs and the database all read.

Authority ("may this person?") and gate ("is the file ready?") are two questions with two answers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class GateState(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    MET = "met"
    NOT_REQUIRED = "not_required"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]


_STATE_LABELS = {
    GateState.NOT_STARTED: "未开始",
    GateState.IN_PROGRESS: "进行中",
    GateState.MET: "已具备",
    GateState.NOT_REQUIRED: "不适用",
}


class Binding(StrEnum):
    """How the basis binds the one who acts: by statute, by reference (参照执行), or by local rule."""

    STATUTE = "statute"
    REFERENCE = "reference"
    LOCAL = "local"

    @property
    def label(self) -> str:
        return {"statute": "法定", "reference": "参照", "local": "地方"}[self.value]


@dataclass(frozen=True)
class Standing:
    """Where a gate stands on one file, with a word on what is still missing.

    ``remedy`` names another place than the gate's own where the gap is closed as it stands now.
    """

    state: GateState
    explain: str = ""
    remedy: str = ""


def met(explain: str = "") -> Standing:
    return Standing(GateState.MET, explain)


def in_progress(explain: str, remedy: str = "") -> Standing:
    return Standing(GateState.IN_PROGRESS, explain, remedy)


def not_started(explain: str = "") -> Standing:
    return Standing(GateState.NOT_STARTED, explain)


def always(file: Any) -> bool:
    return True


@dataclass(frozen=True)
class Gate:
    """One legal condition of a step.

    ``standing`` reads the file and changes nothing. ``applies`` looks at facts of the file; where it says
    no, the panel shows 「不需要，因为…」 with ``not_needed``. ``switch`` names a ``PolicyKey`` by which a
    region may turn the gate off. ``remedy`` is a URL name (with ``public_id``), optionally "/step" and "#anchor":
    the very place where the gap is closed. ``binding_for`` says how the basis binds this file's organisation
    where that differs, and ``why_not`` why this file doesn't need it where a person chose that with a reason.
    """

    code: str
    label: str
    basis: str
    standing: Callable[[Any], Standing]
    binding: Binding = Binding.STATUTE
    remedy: str = ""
    applies: Callable[[Any], bool] = always
    not_needed: str = ""
    switch: str = ""
    binding_for: Callable[[Any], Binding] | None = None
    why_not: Callable[[Any], str] | None = None

    def binding_on(self, file: Any) -> Binding:
        """How the basis binds whoever acts on this file."""
        return self.binding_for(file) if self.binding_for is not None else self.binding

    def reason_without(self, file: Any) -> str:
        """Why this file doesn't need it, where ``applies`` says no."""
        return self.why_not(file) if self.why_not is not None else self.not_needed


@dataclass(frozen=True)
class Transition:
    """One step: who may take it, from where to where, under which gates, with which clocks.

    ``target=None`` is an act within the stage. ``authority_for`` picks another authority by facts of the
    file. ``main`` steps make work for the holders of their authority;
    the others are offered and not waited for. ``not_by`` names earlier steps whose performer may not take
    this one (four eyes). ``form`` is the dotted path of the form that asks for what the step needs.
    ``declaration`` is what the person confirms on the check page of an irreversible step. ``applies`` looks at
    facts of the file: where it says no, the step isn't offered and can't be taken (another lawful path is).
    """

    code: str
    label: str
    sources: tuple[str, ...]
    target: str | None
    authority: str
    authority_for: Callable[[Any], str] | None = None
    gates: tuple[Gate, ...] = ()
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    effect: Callable[[Any, Any, dict], None] | None = None
    form: str = ""
    main: bool = True
    needs_note: bool = False
    not_by: tuple[str, ...] = ()
    addresses_county: bool = False
    closes: bool = False
    by_system: bool = False
    declaration: str = ""
    help: str = ""
    applies: Callable[[Any], bool] = always

    def authority_on(self, file: Any) -> str:
        """The authority this step asks for on this file: the declared one, or what the file's facts ask for."""
        return self.authority_for(file) if self.authority_for is not None else self.authority


@dataclass(frozen=True)
class PapersOpen:
    """When people may hand in, replace and withdraw papers of a file: in these stages, of these slots.

    Without ``slots`` it holds for all that the system does not fill itself. ``when`` asks the file besides.
    ``withdraw=False`` takes more papers and newer versions, and lets nothing be taken out.
    """

    stages: tuple[str, ...]
    slots: tuple[str, ...] = ()
    when: Callable[[Any], bool] = always
    withdraw: bool = True


@dataclass(frozen=True)
class Workflow:
    """A procedure: its stages in order and the steps between them.

    ``track`` lists the stages of the main line for the steps bar; ``initial`` is where every file starts;
    ``final`` are the stages that no step leaves. ``papers`` says when people may change which papers: what no
    entry opens stays as it is, and ``papers_note`` tells them why.
    """

    code: str
    label: str
    mark: str  # short word in the numbers of its files: 龙潭镇规文2026-0005
    stages: Any  # a TextChoices
    initial: str
    transitions: tuple[Transition, ...]
    track: tuple[str, ...] = ()
    final: tuple[str, ...] = ()
    basis: str = ""
    papers: tuple[PapersOpen, ...] = ()
    papers_note: str = ""
    _by_code: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self):
        for transition in self.transitions:
            if transition.code in self._by_code:
                raise ValueError(f"{self.code}: transition {transition.code} is declared twice")
            self._by_code[transition.code] = transition
            for stage in (*transition.sources, *([transition.target] if transition.target else [])):
                if stage not in self.stages.values:
                    raise ValueError(f"{self.code}.{transition.code}: no stage {stage!r}")

        for entry in self.papers:
            for stage in entry.stages:
                if stage not in self.stages.values:
                    raise ValueError(f"{self.code}: papers are open in no such stage {stage!r}")

    def transition(self, code: str) -> Transition:
        """:raises KeyError: an undeclared step."""
        return self._by_code[code]

    def leaving(self, stage: str) -> list[Transition]:
        """What can happen next to some file in this stage."""
        return [transition for transition in self.transitions if stage in transition.sources]

    def next_steps(self, file: Any) -> list[Transition]:
        """What can happen next to this file, by its stage and its facts."""
        return [transition for transition in self.leaving(file.stage) if transition.applies(file)]

    def gated(self) -> list[tuple[Transition, Gate]]:
        """Every (step, gate): for the tests and the gate table."""
        return [(transition, gate) for transition in self.transitions for gate in transition.gates]

    def arcs(self) -> list[tuple[str, str]]:
        """Every (source, target) that changes the stage: for the database guard."""
        pairs = {
            (source, transition.target)
            for transition in self.transitions
            for source in transition.sources
            if transition.target is not None and transition.target != source
        }
        return sorted((str(source), str(target)) for source, target in pairs)

    def clocks(self) -> list[str]:
        """Codes of all limits that some step starts, stops or cancels."""
        codes = {code for t in self.transitions for code in (*t.starts, *t.stops, *t.cancels)}
        return sorted(codes)
