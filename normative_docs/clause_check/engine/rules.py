"""The rules as data: ``rules/*.toml`` compiled once. A rule is a handful of phrasings, with basis and reason."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

RULES = Path(__file__).resolve().parent.parent / "rules"
_FILES = ("powers.toml", "rights.toml", "market.toml", "carriers.toml")


@dataclass(frozen=True)
class Rule:
    """One kind of problem.

    ``patterns`` are looked for in one sentence; ``unless`` anywhere in that sentence silences them, ``negation``
    right before the match does; ``lawful`` rules are silent in a sentence that names its legal basis.
    """

    code: str
    kind: str
    basis: str
    why: str
    patterns: tuple[re.Pattern, ...]
    unless: re.Pattern | None
    negation: re.Pattern | None
    lawful: bool


@dataclass(frozen=True)
class Repealed:
    """A law or regulation that is without force from ``on``."""

    name: str
    on: date
    by: str


@dataclass(frozen=True)
class LawfulWords:
    """How a sentence says that its power or duty comes from above."""

    said: re.Pattern
    instrument: re.Pattern
    own_instrument: re.Pattern
    forbidden_list: re.Pattern


def _table(name: str) -> dict:
    return tomllib.loads((RULES / name).read_text(encoding="utf-8"))


@cache
def _groups() -> dict[str, str]:
    groups: dict[str, str] = {}
    for name, words in _table("words.toml")["groups"].items():
        groups[name] = _filled(words.strip(), groups)
    return groups


def _filled(pattern: str, groups: dict[str, str]) -> str:
    return re.sub(r"\{([A-Z_]+)\}", lambda name: groups[name[1]], pattern)


def _compiled(pattern: str) -> re.Pattern:
    """Patterns may run over lines; the rule texts themselves hold no blanks."""
    return re.compile(re.sub(r"\s*\n\s*", "", _filled(pattern.strip(), _groups())))


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in the order of their files."""
    return tuple(
        Rule(
            code=row["code"],
            kind=row["kind"],
            basis=row["basis"],
            why=row["why"],
            patterns=tuple(_compiled(pattern) for pattern in row["patterns"]),
            unless=_compiled(row["unless"]) if row.get("unless") else None,
            negation=_compiled(row["negation"]) if row.get("negation") else None,
            lawful=row.get("lawful", True),
        )
        for name in _FILES
        for row in _table(name)["rule"]
    )


@cache
def repealed_laws() -> tuple[Repealed, ...]:
    return tuple(Repealed(row["name"], row["on"], row["by"]) for row in _table("repealed.toml")["repealed"])


@cache
def lawful_words() -> LawfulWords:
    words = _table("words.toml")["lawful"]
    return LawfulWords(**{name: _compiled(pattern) for name, pattern in words.items()})
