"""Who had a hand in a file, and how (终身责任追究、责任倒查; 国令713 arts. 38-41).

A kind of file whose people answer for it for life says so with :func:`answerable`; every room that knows of somebody's
part in a file tells it with :func:`tells`. The room of accountability gathers, seals and shows it, and knows neither.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices


class ActKind(TextChoices):
    """In which capacity somebody had a hand in it."""

    PROPOSED = "proposed", "提出"
    OPENED = "opened", "立卷"
    DRAFTED = "drafted", "起草"
    CONSULTED = "consulted", "协商"
    ARGUED = "argued", "论证"
    ASSESSED = "assessed", "评估"
    REVIEWED = "reviewed", "审查"
    ATTENDED = "attended", "参会"
    SPOKE = "spoke", "发言表决"
    DECIDED = "decided", "决定"
    SIGNED = "signed", "签发"
    PUBLISHED = "published", "公布"
    EXECUTED = "executed", "执行"
    HANDLED = "handled", "办理"


@dataclass(frozen=True)
class Act:
    """One thing somebody did on a file, with the record behind it.

    ``key`` names it for ever within the file. ``person`` is the account where there is one; ``name`` stands for those
    who have none (experts, bodies). ``post`` is that of the day where the record itself kept it; left empty, it is
    looked up for the day. ``view`` is the position taken, ``dissents`` that it went against what was put forward.
    ``page`` names the page that shows the record, as a gate's remedy does.
    """

    key: str
    kind: ActKind
    on: date
    label: str
    person: Any = None
    name: str = ""
    post: str = ""
    unit: str = ""
    view: str = ""
    words: str = ""
    dissents: bool = False
    record: str = ""
    page: str = ""


@dataclass(frozen=True)
class Answerable:
    """A kind of file whose people answer for it for life.

    ``sealed_by`` are the steps with which the chain of acts is sealed; every later step seals what came since.
    ``steps`` says of a step in which capacity it is taken; ``told_elsewhere`` names steps that a room tells better.
    ``verbs`` are acts of the audit trail that count besides. ``warnings(keys)`` gives, of files by their keys, those
    on which somebody may have to answer for what was *not* done, with the words for it.
    """

    kind: str
    sealed_by: tuple[str, ...]
    steps: dict[str, ActKind] = field(default_factory=dict)
    told_elsewhere: tuple[str, ...] = ()
    verbs: dict[str, ActKind] = field(default_factory=dict)
    warnings: Callable[[Iterable[int]], dict[int, str]] = lambda keys: {}


_kinds: dict[str, Answerable] = {}
_tellers: list[Callable[[Any], Iterable[Act]]] = []


def answerable(entry: Answerable) -> Answerable:
    """Declare a kind. :raises ValueError: it is declared already."""
    if _kinds.setdefault(entry.kind, entry) is not entry:
        raise ValueError(f"{entry.kind} is declared answerable twice")
    return entry


def answerable_kind(kind: str) -> Answerable | None:
    """What was declared of a kind; ``None`` where nobody answers for life."""
    return _kinds.get(kind)


def answerable_kinds() -> list[str]:
    return sorted(_kinds)


def tells(teller: Callable[[Any], Iterable[Act]]) -> Callable[[Any], Iterable[Act]]:
    """Register ``teller(file)``, which gives the acts that a room knows of."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def acts_of(file) -> list[Act]:
    """Everything that the rooms tell of a file, by day; within a day in the order of the capacities."""
    order = {kind: at for at, kind in enumerate(ActKind)}
    found = [act for teller in _tellers for act in teller(file)]
    return sorted(found, key=lambda act: (act.on, order[act.kind], act.key))
