"""Figures without imports: apps register a function per figure; reports and dashboards ask by code."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import QuerySet

from portal.organisations.models import Organisation


class Unit(StrEnum):
    COUNT = "件"
    TIMES = "次"
    ITEMS = "条"
    PERCENT = "%"
    DAYS = "日"
    PEOPLE = "人"


@dataclass(frozen=True)
class Scope:
    """Whose figure, and of which days (both included)."""

    organisation: Organisation
    start: date
    end: date

    @classmethod
    def of_year(cls, organisation: Organisation, year: int) -> "Scope":
        return cls(organisation, date(year, 1, 1), date(year, 12, 31))

    @property
    def key(self) -> str:
        return f"{self.start}..{self.end}"


@dataclass(frozen=True)
class Record:
    """A record behind a figure that is no case file: its words, and the page that shows it."""

    label: str
    url: str


@dataclass(frozen=True)
class Figure:
    """A value and what stands behind it: case files, or other records where no file was opened.

    ``value`` is ``None`` when there is nothing to count (无).
    """

    value: Decimal | None
    of: Decimal | None = None
    files: QuerySet | None = None
    short: QuerySet | None = None  # the files that keep a rate below 100 %
    records: tuple[Record, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """A registered figure: what it is called, how it is reckoned (``formula``, in Chinese), and on what basis."""

    code: str
    label: str
    unit: Unit
    section: str
    basis: str
    compute: Callable[[Scope], Figure]
    formula: str = ""

    @property
    def formula_text(self) -> str:
        """How the figure is reckoned; the general rule of its unit where its app gave no words of its own."""
        if self.formula:
            return self.formula
        if self.unit == Unit.PERCENT:
            return "符合要求的件数 ÷ 应计件数 × 100%，保留一位小数；没有应计事项时记“无”"
        return f"期间内符合条件的记录逐一相加，单位：{self.unit.value}"

    @property
    def app(self) -> str:
        return self.code.partition(".")[0]


class Indicators:
    def __init__(self):
        self._known: dict[str, Indicator] = {}

    def register(self, indicator: Indicator) -> None:
        if indicator.code in self._known:
            raise ValueError(f"indicator {indicator.code} is registered twice")
        self._known[indicator.code] = indicator

    def __getitem__(self, code: str) -> Indicator:
        return self._known[code]

    def __contains__(self, code: str) -> bool:
        return code in self._known

    def all(self) -> list[Indicator]:
        return sorted(self._known.values(), key=lambda indicator: indicator.code)


indicators = Indicators()


def indicator(code: str, *, label: str, unit: Unit, section: str, basis: str, formula: str = ""):
    """Register the function below as the one definition of this figure.

    :param formula: how it is reckoned, in words for the page of the figure.
    :raises ValueError: the code is taken.
    """

    def register(compute: Callable[[Scope], Figure]):
        indicators.register(Indicator(code, label, unit, section, basis, compute, formula))
        return compute

    return register


def percentage(part: int, whole: int) -> Decimal | None:
    """The rate in percent with one decimal; ``None`` when there is nothing to count."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"))
