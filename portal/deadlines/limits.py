"""What a limit (期限) is, and what can be wrong with asking for one. Pure: no database."""

import calendar as month_lengths
import re
from dataclasses import asdict, dataclass, field
from datetime import date

# How a period is counted: 民法典 arts. 200-204 and the working-day clauses of the single statutes.
DAY_MODES = {
    "CAL": "日",
    "CAL_MAX": "日",
    "CAL_BACK": "日",
    "WD": "个工作日",
    "WD_BACK": "个工作日",
}
UNITS = {
    **DAY_MODES,
    "MONTH": "个月",
    "MONTH_BACK": "个月",
    "YEAR": "年",
    "UNTIL": "年",
    "HOUR": "小时",
    "DATE": "",
}
BACKWARD = ("WD_BACK", "CAL_BACK", "MONTH_BACK")
WITHOUT_NUMBER = ("CFG", "GATE", "DAILY")
MODES = (*UNITS, *WITHOUT_NUMBER)

ACTIVE, UNCONFIRMED, LOCAL_EXAMPLE = "有效", "待核", "地方示例（未启用）"
STATES = {"V": ACTIVE, "V2": UNCONFIRMED, "M": UNCONFIRMED, "VL": LOCAL_EXAMPLE}

NATIONAL = "national"


class LimitError(Exception):
    """A limit cannot be given or counted; the message says why, in Chinese, for the person who asked."""


class UnknownLimit(LimitError):
    """No row has this code, or no profile this region."""


class NoRuleOnDay(LimitError):
    """The day lies before the first, or after the last, date of effect of the rule."""


class LimitNotInForce(LimitError):
    """The row is loaded but off: not confirmed, or an example of another place."""


@dataclass(frozen=True)
class Extension:
    """A lawful extension (延长): at most ``length`` in the unit of the limit, once."""

    length: int
    approver: str
    must_notify: bool
    citation: str


@dataclass(frozen=True)
class SuspensionRule:
    """Which events stop the clock (扣除、中止), and whether the party must be told in writing."""

    events: tuple[str, ...]
    citation: str
    written_notice: bool = False


@dataclass(frozen=True)
class TimeLimit:
    """One limit (期限) as the law has it, in one wording.

    ``length`` counts in the unit of ``mode``; ``month_day`` is "MM-DD" or "MM-last" for a yearly date;
    ``stated_in`` says where the number stands when the law gives none. ``ours`` is false where a court
    or a party is bound: nobody is then reminded, only told when the period is over.
    """

    code: str
    label: str
    chapter: str
    start_event: str
    mode: str
    bound_party: str
    instrument: str
    article: str
    citation: str
    confidence: str
    at_expiry: str
    length: int | None = None
    month_day: str = ""
    stated_in: str = ""
    direction: str = "max"
    ours: bool = True
    extension: Extension | None = None
    no_extension: str = ""
    suspension: SuspensionRule | None = None
    no_suspension: str = ""
    rank: str = NATIONAL
    region: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    reminders: tuple[str, ...] = field(default=())

    @property
    def state(self) -> str:
        """有效, 待核 or 地方示例: a value of a regional profile holds there, whatever its confidence elsewhere."""
        return ACTIVE if self.region else STATES[self.confidence]

    @property
    def unit(self) -> str:
        """The word that follows the number on a page."""
        return UNITS.get(self.mode, "")

    @property
    def counts_backward(self) -> bool:
        return self.mode in BACKWARD

    @property
    def is_minimum(self) -> bool:
        """The time is guaranteed to somebody: the next step may not come earlier."""
        return self.direction == "min"

    @property
    def wording(self) -> str:
        """The length in words: 「15日」, 「听证举行的7个工作日前」, 「每年2月末日」."""
        if self.mode in WITHOUT_NUMBER:
            return self.stated_in
        if self.mode == "DATE":
            month, day = self.month_day.split("-")
            return f"每年{int(month)}月{'末日' if day == 'last' else f'{int(day)}日'}"
        length = f"{self.length}{self.unit}"
        if self.mode == "MONTH_BACK":
            return f"{self.start_event}前{length}内"
        if self.counts_backward:
            return f"{self.start_event}的{length}前"
        return f"不少于{length}" if self.is_minimum else f"{length}内"

    def frozen(self) -> dict:
        """The rule as plain data, to be kept with a running clock: a later change of law doesn't touch it."""
        kept = asdict(self)
        for name in ("valid_from", "valid_until"):
            kept[name] = kept[name].isoformat() if kept[name] else None
        return kept

    @classmethod
    def thawed(cls, kept: dict) -> "TimeLimit":
        """The rule back from what :meth:`frozen` gave."""
        row = dict(kept)
        for name in ("valid_from", "valid_until"):
            row[name] = date.fromisoformat(row[name]) if row[name] else None
        if row["extension"]:
            row["extension"] = Extension(**row["extension"])
        if row["suspension"]:
            stop = row["suspension"]
            row["suspension"] = SuspensionRule(**{**stop, "events": tuple(stop["events"])})
        row["reminders"] = tuple(row["reminders"])
        return cls(**row)

    def in_force_on(self, on: date) -> bool:
        if self.valid_from is None or on < self.valid_from:
            return False
        return self.valid_until is None or on <= self.valid_until

    def day_in(self, year: int) -> date:
        """The yearly date of a ``DATE`` limit; 「3月1日之前」 is kept as the last day of February."""
        month, day = self.month_day.split("-")
        last = month_lengths.monthrange(year, int(month))[1]
        return date(year, int(month), last if day == "last" else int(day))


@dataclass(frozen=True)
class Region:
    """A county's own values, its amounts, and the remarks of its order."""

    slug: str
    name: str
    mark: str
    limits: tuple[TimeLimit, ...]
    amounts: dict
    notes: dict


_LADDER_STEP = re.compile(r"\d+%|\d+(wd|d)|overdue|ended")


def is_ladder_step(step: str) -> bool:
    """Whether a word of a reminder ladder is known: ``50%``, ``3wd``, ``30d``, ``overdue``, ``ended``."""
    return _LADDER_STEP.fullmatch(step) is not None
