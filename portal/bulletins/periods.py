"""The periods on which a county reports: quarter, half year, year; which is due next, by the county's setting."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from portal.moment import today
from portal.organisations import policy
from portal.organisations.policy import PolicyKey


class Rhythm(TextChoices):
    QUARTER = "quarter", "季度"
    HALF = "half", "半年"
    YEAR = "year", "年度"


MONTHS = {Rhythm.QUARTER: 3, Rhythm.HALF: 6, Rhythm.YEAR: 12}
_BASIS = "法治政府建设实施纲要（定期向社会公布规范性文件备案审查情况）"
RHYTHM = policy.declare(
    PolicyKey(
        "oversight.bulletin_rhythm", "备案审查情况通报的周期", "choice", Rhythm.HALF.value, _BASIS,
        choices=tuple(Rhythm.choices),
    )
)  # fmt: skip
DAYS_AFTER = policy.declare(
    PolicyKey("oversight.bulletin_days", "期满后多少日内发布备案审查情况通报", "number", 30, _BASIS)
)


@dataclass(frozen=True)
class Span:
    """One period: its rhythm, year, and which part of the year, from 1."""

    rhythm: str
    year: int
    part: int = 1

    def __post_init__(self):
        if not 1 <= self.part <= 12 // MONTHS[Rhythm(self.rhythm)]:
            raise ValueError(f"a {self.rhythm} has no part {self.part}")

    @property
    def first(self) -> date:
        return date(self.year, (self.part - 1) * MONTHS[Rhythm(self.rhythm)] + 1, 1)

    @property
    def last(self) -> date:
        month = self.part * MONTHS[Rhythm(self.rhythm)]
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def label(self) -> str:
        """As it stands in titles: 2026年第一季度, 2026年上半年, 2026年度."""
        match self.rhythm:
            case Rhythm.QUARTER:
                return f"{self.year}年第{'一二三四'[self.part - 1]}季度"
            case Rhythm.HALF:
                return f"{self.year}年{'上下'[self.part - 1]}半年"
        return f"{self.year}年度"

    @property
    def key(self) -> str:
        """For forms and addresses: half-2026-1."""
        return f"{self.rhythm}-{self.year}-{self.part}"

    @classmethod
    def of_key(cls, key: str) -> "Span":
        """:raises ValueError: no such period."""
        rhythm, year, part = key.split("-")
        return cls(Rhythm(rhythm), int(year), int(part))

    @classmethod
    def ended_before(cls, rhythm: str, day: date) -> "Span":
        """The last period of this rhythm that ended before the day."""
        months = MONTHS[Rhythm(rhythm)]
        current = (day.month - 1) // months + 1
        return cls(rhythm, day.year, current - 1) if current > 1 else cls(rhythm, day.year - 1, 12 // months)


def ended_spans(day: date, years: int = 2) -> list[Span]:
    """Every period of every rhythm that ended before the day, newest first, some years back."""
    spans = [
        Span(rhythm, year, part)
        for rhythm in Rhythm
        for year in range(day.year - years, day.year + 1)
        for part in range(1, 12 // MONTHS[rhythm] + 1)
    ]
    return sorted((span for span in spans if span.last < day), key=lambda span: (span.last, span.first), reverse=True)


@dataclass(frozen=True)
class Due:
    """The bulletin that the county's setting asks for next."""

    span: Span
    due_on: date

    @property
    def is_late(self) -> bool:
        return self.due_on < today()


def next_due(county, day: date) -> Due:
    """The newest period that has ended, and by when its bulletin must be out."""
    span = Span.ended_before(policy.value(RHYTHM.code, county, day), day)
    return Due(span, span.last + timedelta(days=policy.value(DAYS_AFTER.code, county, day)))
