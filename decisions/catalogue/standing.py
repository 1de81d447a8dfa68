"""Where towns stand with their catalogues of a year: for the town's own page and for the county."""

from dataclasses import dataclass
from datetime import date

from decisions.catalogue import time_limits
from decisions.catalogue.gates import FILING
from decisions.catalogue.models import DecisionCatalogue
from decisions.catalogue.workflow import Stage
from portal.deadlines.forecast import reckon_for
from portal.deadlines.lamps import Lamp
from portal.moment import today
from portal.oversight.models import Filing
from portal.oversight.workflow import Stage as FilingStage


@dataclass
class TownYear:
    """One town in one year: its catalogue, when that is due, and the filing of it."""

    town: object
    year: int
    due_on: date
    catalogue: DecisionCatalogue | None = None
    filing: Filing | None = None

    @property
    def is_public(self) -> bool:
        return self.catalogue is not None and self.catalogue.published_on is not None

    @property
    def is_filed(self) -> bool:
        return self.filing is not None and self.filing.submitted_on is not None

    @property
    def is_overdue(self) -> bool:
        """The day has passed and nothing is public."""
        return not self.is_public and today() > self.due_on

    @property
    def lamp(self) -> Lamp:
        """Whether the catalogue of the year is public, and how late it was or is."""
        if self.is_public:
            late = (self.catalogue.published_on - self.due_on).days
            return Lamp("done", f"逾期 {late} 日公布" if late > 0 else "按期公布")
        left = (self.due_on - today()).days
        if left < 0:
            return Lamp("late", f"逾期 {-left} 日")
        return Lamp("soon" if left <= 30 else "fine", f"剩 {left} 日" if left else "今日到期")


def due_on(town, year: int) -> date:
    """The day by which the town's catalogue of the year is to be public."""
    return reckon_for(town, time_limits.YEAR, date(year, 1, 1)).effective_end


def town_years(towns, year: int) -> list[TownYear]:
    """Each town in that year, with two questions for all of them."""
    states = {town.pk: TownYear(town, year, due_on(town, year)) for town in towns}
    found = DecisionCatalogue.objects.filter(town__in=states, year=year).exclude(stage=Stage.TERMINATED)
    for catalogue in found:
        states[catalogue.town_id].catalogue = catalogue
    subjects = {state.catalogue.pk: state for state in states.values() if state.catalogue}
    filings = Filing.objects.filter(filing_kind=FILING, subject__in=subjects).exclude(stage=FilingStage.WITHDRAWN)
    for filing in filings:
        subjects[filing.subject_id].filing = filing
    return list(states.values())
