"""Narrowing a search by kind, unit, year and validity (分面), with the count behind each choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from portal.publishing.effect import Effect
from portal.search.registry import label_of

_MOST_OPTIONS = 30


@dataclass(frozen=True)
class Filters:
    """What the reader narrowed the search to; empty means all."""

    kind: str = ""
    organisation: str = ""
    """The unit's code."""
    year: str = ""
    effect: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Filters:
        """Take the filters out of an address; values that can't be right are passed over."""
        values = {name.name: query.get(name.name, "")[:60].replace("\x00", "") for name in fields(cls)}
        if not (values["year"].isascii() and values["year"].isdigit() and len(values["year"]) == 4):
            values["year"] = ""
        if values["effect"] not in Effect.values:
            values["effect"] = ""
        return cls(**values)

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True)
class Cell:
    """How many hits share these four values."""

    kind: str
    organisation: str
    organisation_name: str
    year: str
    effect: str
    count: int


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def selected(self) -> Option | None:
        return next((option for option in self.options if option.selected), None)


_LABELS = {"kind": "类型", "organisation": "单位", "year": "年份", "effect": "效力状态"}


def passes(cell: Cell, filters: Filters, but: str = "") -> bool:
    """Whether the hits of this cell stay under the filters, one of them left aside."""
    return all(
        not getattr(filters, name) or name == but or getattr(cell, name) == getattr(filters, name) for name in _LABELS
    )


def facets_of(cells: Iterable[Cell], filters: Filters) -> tuple[Facet, ...]:
    """Return the four facets. Each counts under the other three filters, so a choice can be exchanged."""
    cells = list(cells)
    names = {cell.organisation: cell.organisation_name for cell in cells}
    effects = dict(Effect.choices)
    worded = {
        "kind": label_of,
        "organisation": lambda value: names.get(value, value),
        "year": lambda value: f"{value}年",
        "effect": lambda value: effects.get(value, value),
    }
    facets = []
    for name, label in _LABELS.items():
        counts = Counter()
        for cell in cells:
            if getattr(cell, name) and passes(cell, filters, but=name):
                counts[getattr(cell, name)] += cell.count
        chosen = getattr(filters, name)
        if chosen and chosen not in counts:
            counts[chosen] = 0
        options = [Option(value, worded[name](value), count, value == chosen) for value, count in counts.items()]
        options.sort(key=lambda option: _order(name, option))
        facets.append(Facet(name, label, tuple(options[:_MOST_OPTIONS])))
    return tuple(facets)


def _order(name: str, option: Option) -> tuple:
    if name == "year":
        return (not option.selected, -int(option.value))
    if name == "effect":
        return (Effect.values.index(option.value),)
    return (not option.selected, -option.count, option.label)
