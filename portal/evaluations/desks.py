"""How evaluations of one kind are worked on: the app of the kind says it once, the pages of this room read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.consultation.questionnaires import Asked
from portal.documents.rendering import OfficialPaper
from portal.documents.slots import PaperSlot


def _nothing(file: Any, slot: str, version: Any, by: Any) -> None:
    """Nothing follows from a paper being set."""


@dataclass(frozen=True)
class Desk:
    """The model of the kind has ``ASPECTS`` ((field, label) of each finding), ``PLAN`` (the fields of its plan),
    ``plan_words``, ``is_planned`` and ``is_under_study``.

    :param kind: workflow code. :param authority: whoever may write the plan and the findings, and ask the public.
    :param findings_form: model form of the findings.
    :param asks_the_public: whether the plan has a questionnaire. :param questions: what it asks.
    :param invitation: its title, and what it is for.
    :param results: slot for its counted answers, set by the system.
    :param compose: official papers by slot code. :param editable: slots apart for the editable copy of a paper.
    :param keep: what follows when a paper was set, in the same transaction.
    :param related: what the papers read besides the file.
    """

    kind: str
    authority: str
    findings_form: type
    asks_the_public: Callable[[Any], bool]
    questions: Callable[[Any], list[Asked]]
    invitation: Callable[[Any], tuple[str, str]]
    results: PaperSlot
    compose: Mapping[str, Callable[[Any], OfficialPaper]]
    editable: Mapping[str, str] = field(default_factory=dict)
    keep: Callable[[Any, str, Any, Any], None] = _nothing
    related: tuple[str, ...] = ("organisation",)

    @property
    def slots(self) -> tuple[str, ...]:
        """All papers that the worker sets."""
        return (*self.compose, self.results.code)


_desks: dict[str, Desk] = {}


def register(desk: Desk) -> Desk:
    """:raises ValueError: the kind has a desk already."""
    if _desks.setdefault(desk.kind, desk) is not desk:
        raise ValueError(f"evaluations of kind {desk.kind} have two desks")
    return desk


def desk_of(kind: str) -> Desk:
    """:raises KeyError: files of this kind are no evaluations."""
    return _desks[kind]


def kinds() -> tuple[str, ...]:
    return tuple(_desks)
