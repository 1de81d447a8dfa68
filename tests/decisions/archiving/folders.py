"""A decision that has gone its whole way, with everything its folder asks for."""

from dataclasses import dataclass

from django.core.files.base import ContentFile

from decisions.demo import execution, texts
from decisions.demo.journey import DecisionJourney
from portal.demo.county import World
from portal.documents import storage
from portal.documents.attach import attach
from portal.dossiers.models import SealedDossier
from portal.dossiers.sealing import ask_for_sealing
from portal.jobs import queue
from portal.legal_review.papers import OPINION_LETTER
from portal.meetings.papers import MINUTES
from tests.decisions.scenarios import walked
from tests.portal.documents.specimens import pdf, picture

PRINTED = (OPINION_LETTER, MINUTES)


@dataclass
class Folder:
    """One decision with its world; ``media`` is where its papers lie."""

    world: World
    journey: DecisionJourney
    media: str = ""


def printed(journey, *slots):
    """What the worker prints after the review and the meeting, here as plain pages."""
    with journey.on():
        for slot in slots or PRINTED:
            content = ContentFile(pdf(f"{slot.code} page one", f"{slot.code} page two"), name=f"{slot.label}.pdf")
            attach(journey.document, slot.code, content, journey.cast.clerk)
    return journey


def decided(world) -> Folder:
    """Carried out; what the worker prints is not there yet."""
    journey = walked(world, "publish", texts.bus)
    execution.finish(journey)
    return Folder(world, journey)


def sealed(world) -> Folder:
    """A market hall with every step there is, and a photograph; sealed by the worker."""
    journey = printed(walked(world, "publish", texts.market))
    execution.finish(journey)
    with journey.on():
        photograph = ContentFile(picture("JPEG", (900, 600)), name="现场照片.jpg")
        attach(journey.document, "other", photograph, journey.cast.clerk, title="现场照片")
    seal(journey)
    return Folder(world, journey)


def seal(journey) -> SealedDossier:
    """Ask for the sealing, and let the worker do it."""
    with journey.on():
        job = queue.run(ask_for_sealing(journey.document, by=journey.cast.clerk).pk)
    assert job.state == "done", job.message
    return SealedDossier.objects.filter(file_id=journey.document.pk).latest("number")


def bytes_of(blob) -> bytes:
    with storage.open_blob(blob.digest) as stored:
        return stored.read()
