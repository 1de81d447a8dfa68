"""Bulletins on which every gate of a step is met, and how to take exactly one condition away."""

from contextlib import contextmanager
from datetime import date

from portal.bulletins.effects import PAPER_JOB
from portal.bulletins.periods import Span
from portal.bulletins.writing import start_bulletin
from portal.jobs import queue
from portal.jobs.models import Job
from portal.moment import clock_set_to
from portal.publishing.copying import prepare_copy
from portal.workflow.perform import perform
from tests.portal.oversight import filings

DAY = date(2027, 1, 12)
SPAN = Span("half", 2026, 2)


class Desk:
    """One bulletin and the day on which its step is taken."""

    def __init__(self, world, document, day: date = DAY):
        self.world, self.document, self.day = world, document, day

    @contextmanager
    def on(self):
        with clock_set_to(self.day):
            yield


def composed(world, span=SPAN, day=DAY):
    with clock_set_to(day):
        return start_bulletin(by=world["county_reviewer"], county=world.county, span=span)


def handed_in(world, bulletin=None):
    with clock_set_to(DAY):
        return perform(bulletin or composed(world), "hand_in", by=world["county_reviewer"])


def approved(world, bulletin=None):
    with clock_set_to(DAY):
        return perform(handed_in(world, bulletin), "approve", by=world["county_supervisor"])


def printed(world, bulletin=None):
    bulletin = approved(world, bulletin)
    with clock_set_to(DAY):
        job = queue.run(Job.objects.get(kind=PAPER_JOB, key=f"bulletin:{bulletin.pk}").pk)
        assert job.state == Job.State.DONE, job.message
    return type(bulletin).objects.get(pk=bulletin.pk)


_STEPS = {
    "hand_in": (composed, "county_reviewer"),
    "approve": (handed_in, "county_supervisor"),
    "send_back": (handed_in, "county_supervisor"),
    "reopen": (approved, "county_supervisor"),
    "publish": (printed, "county_reviewer"),
}


def ready_for(world, code: str) -> tuple[Desk, object, dict]:
    """A desk, who may take the step, and what its form asks, with every gate of the step met."""
    make, username = _STEPS[code]
    return Desk(world, make(world)), world[username], {}


def _without_paper(desk):
    desk.document.final_pdf = None
    desk.document.save(update_fields=["final_pdf"])


WITHOUT = {
    "text_written": lambda desk: desk.document.sections.filter(code="demands").update(text=""),
    "figures_current": lambda desk: filings.submitted(desk.world),
    "text_checked": lambda desk: desk.document.sections.filter(code="filing").update(needs_check=True),
    "paper_made": _without_paper,
    "masking_reviewed": lambda desk: prepare_copy(desk.document, by=desk.world["county_reviewer"]),
}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER: dict[str, set[str]] = {}
