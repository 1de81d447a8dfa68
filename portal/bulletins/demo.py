"""One bulletin on a quarter before the public; that on the half year, which the county's setting asks for, is due."""

from datetime import date, timedelta

from portal.bulletins.effects import PAPER_JOB
from portal.bulletins.periods import Rhythm, Span
from portal.bulletins.writing import start_bulletin
from portal.jobs import queue
from portal.jobs.models import Job
from portal.moment import clock_set_to
from portal.workflow.perform import perform

# A bulletin counts what the other apps have put on file.
AFTER_OTHERS = True
PUBLISHED_AFTER = 18
"""Days from the end of the period to its bulletin."""


def build(world, today: date) -> None:
    """The room's part of the demo."""
    newest = Span.ended_before(Rhythm.HALF, today)
    _published(world, Span.ended_before(Rhythm.QUARTER, today - timedelta(days=PUBLISHED_AFTER)))
    with clock_set_to(min(newest.last + timedelta(days=9), today)):
        start_bulletin(by=world["county_reviewer"], county=world.county, span=newest)


def _published(world, span: Span) -> None:
    reviewer, supervisor = world["county_reviewer"], world["county_supervisor"]
    with clock_set_to(span.last + timedelta(days=12)):
        bulletin = start_bulletin(by=reviewer, county=world.county, span=span)
        bulletin = perform(bulletin, "hand_in", by=reviewer)
    with clock_set_to(span.last + timedelta(days=PUBLISHED_AFTER)):
        bulletin = perform(bulletin, "approve", by=supervisor)
        queue.run(Job.objects.get(kind=PAPER_JOB, key=f"bulletin:{bulletin.pk}").pk)
        perform(bulletin, "publish", by=reviewer)
