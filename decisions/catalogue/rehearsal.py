"""Walking a catalogue through its year as its people would, day by day. The demo and the tests use it."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from decisions.catalogue.accounting import explain, write_results
from decisions.catalogue.adjusting import draft_adjustment
from decisions.catalogue.compiling import add_item, open_catalogue
from decisions.catalogue.effects import PAPER_JOB
from decisions.catalogue.gates import CONSENT, FILING
from decisions.catalogue.models import CatalogueItem, DecisionCatalogue
from decisions.catalogue.tracking import deviations
from decisions.catalogue.vocabulary import PLANNED, AdjustmentAct
from portal.demo.walking import Cast, FileJourney
from portal.documents.attach import attach
from portal.jobs import queue
from portal.jobs.models import Job
from portal.meetings.minutes import seal
from portal.meetings.models import DeliberationItem
from portal.oversight.filing import standing_filing
from portal.workflow.perform import perform

ACTS = ("open", "submit", "consent", "meet", "adopt", "paper", "publish", "file")
# How many days after its start a decision reaches a step, as the units plan it.
_AFTER = {
    "participation": 45, "hearing": 45, "experts": 60, "risk": 60, "fair_competition": 60, "legality_review": 60,
    "deliberation": 90, "publication": 105,
}  # fmt: skip


def planned_item(town, unit, text, year: int, start: date, measures: dict) -> CatalogueItem:
    """An item for a proposal (``decisions.demo.texts``): facts, measures, months reckoned from its start."""
    item = CatalogueItem(
        title=text.title, deciding_body=town.name, handling_unit=unit, matter=text.matter, legal_basis=text.basis,
        reason=text.matter_reason,
    )  # fmt: skip
    for name, value in text.facts.items():
        setattr(item, name, value)
    if "touches_public_interest" not in text.facts:
        item.touches_public_interest = True
    for name, value in measures.items():
        setattr(item, name, value)
    for step in PLANNED:
        if step.asked_by(item):
            day = start + timedelta(days=_AFTER[step.code])
            item.months[step.code] = day.month if day.year == year else (12 if day.year > year else 1)
    return item


class CatalogueJourney(FileJourney):
    """One catalogue under way (``document``); ``plans`` are (text, start, measures) of what the units named."""

    agreed = "会议同意年度决策事项目录，按程序公布。"

    def __init__(self, cast: Cast, year: int, start: date, *plans: tuple):
        super().__init__(cast, start)
        self.year, self.plans = year, plans

    def open(self):
        """Opened with everything that the units named."""
        cast = self.cast
        with self.on():
            self.document = open_catalogue(
                by=cast.clerk, organisation=cast.town, year=self.year, handling_unit=cast.clerk.organisation
            )
            for text, start, measures in self.plans:
                item = planned_item(cast.town, cast.clerk.organisation, text, self.year, start, measures)
                add_item(self.document, item, by=cast.clerk)

    def submit(self):
        with self.on():
            self._step("submit_to_party", self.cast.clerk)

    def hand_in_consent(self):
        content = ContentFile("党委会议纪要：同意年度重大行政决策事项目录。".encode(), name="党委会议纪要.txt")
        with self.on():
            attach(self.document, CONSENT.code, content, self.cast.clerk)

    def consent(self):
        self.hand_in_consent()
        with self.on():
            self._step("note_consent", self.cast.clerk, consented_on=self.day, consent="党委会议研究同意")

    def meet(self, result=DeliberationItem.Result.PASSED):
        with self.on():
            seal(self.hold_meeting(result), by=self.cast.clerk)

    def adopt(self):
        with self.on():
            self._step("adopt", self.cast.clerk)

    def paper(self):
        """The worker sets the paper."""
        with self.on():
            asked = Job.objects.filter(kind=PAPER_JOB, key=f"catalogue:{self.document.pk}").latest("id")
            queue.run(asked.pk)
            self.document = DecisionCatalogue.objects.select_related("organisation", "town").get(pk=self.document.pk)

    def publish(self):
        self.review_public_copy()
        with self.on():
            self._step("publish", self.cast.clerk)

    def file(self):
        with self.on():
            self._step("report_upward", self.cast.clerk)
            filing = standing_filing(self.document, FILING)
            report = ContentFile("现将年度重大行政决策事项目录报送备案。".encode(), name="备案报告.txt")
            attach(filing, "fc_report", report, self.cast.clerk)
            perform(filing, "submit", by=self.cast.clerk)

    def withdraw(self, item, reason: str, consent: str = "党委会议研究同意"):
        """An item is taken off the list: drafted by the clerk, published by the head."""
        with self.on():
            draft_adjustment(
                self.document, AdjustmentAct.WITHDRAW, by=self.cast.clerk, item=item, reason=reason,
                consented_on=self.day, consent=consent,
            )  # fmt: skip
            self._step("adjust", self.cast.head)

    def account(self, explanation: str, results: str):
        """Every deviation explained with the same words, and the year's account written."""
        with self.on():
            self._step("begin_results", self.cast.clerk)
            for one in deviations(self.document, self.day):
                explain(self.document, one.key, by=self.cast.clerk, explanation=explanation)
            self.document = write_results(self.document, by=self.cast.clerk, results=results)

    def close(self):
        with self.on():
            self._step("publish_results", self.cast.head)

    def walk(self, until: str, last_day: date | None = None):
        """Everything up to the named act of ``ACTS``, a few days between; nothing after ``last_day``."""
        for act in ACTS[: ACTS.index(until) + 1]:
            if act not in ("open", "paper"):
                self.workday(2)
            if last_day is not None and self.day > last_day:
                break
            getattr(self, act)()
        return self.document
