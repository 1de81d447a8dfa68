"""A decision that has gone its whole way, with everything its folder asks for."""

from django.core.files.base import ContentFile

from decisions.demo import texts
from portal.documents.attach import attach
from portal.dossiers.sealing import ask_for_sealing
from portal.jobs import queue
from portal.legal_review.papers import OPINION_LETTER
from portal.meetings.papers import MINUTES
from tests.decisions.scenarios import walked
from tests.portal.documents.specimens import pdf

PRINTED = (OPINION_LETTER, MINUTES)


def decided(world, text=texts.bus, *, secret=False):
    """Published, or carried out in confidence; what the worker prints is not there yet."""
    return walked(world, "publish", text, secret=secret)


def printed(journey, *slots):
    """What the worker prints after the review and the meeting, here as plain pages."""
    with journey.on():
        for slot in slots or PRINTED:
            content = ContentFile(pdf(f"{slot.label} {journey.document.number}"), name=f"{slot.label}.pdf")
            attach(journey.document, slot.code, content, journey.cast.clerk)
    return journey


def complete(world, text=texts.bus, *, secret=False):
    return printed(decided(world, text, secret=secret))


def sealed(journey):
    """Ask for the sealing, and let the worker do it."""
    with journey.on():
        job = queue.run(ask_for_sealing(journey.document, by=journey.cast.clerk).pk)
    assert job.state == "done", job.message
    return job
