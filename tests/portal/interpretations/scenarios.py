"""Interpretations on which every gate of a step is met, and how to take exactly one condition away."""

from contextlib import contextmanager
from datetime import date

from portal.interpretations.models import Interpretation
from portal.interpretations.rehearsal import settled
from portal.interpretations.writing import start_interpretation, usual_title
from portal.moment import clock_set_to
from portal.publishing.models import Publication
from portal.publishing.register import take_down
from portal.publishing.rehearsal import reviewed_for_the_public
from portal.workflow.perform import perform
from tests.portal.publishing import town

DAY = date(2026, 4, 20)
TEXT = "为什么制定：河道保洁经费和责任不清。主要内容：经费由镇财政安排，每季度公布一次。咨询：镇农业农村办公室。"


class Desk:
    """One interpretation and the day on which its step is taken."""

    def __init__(self, world, document: Interpretation, day: date = DAY):
        self.world, self.document, self.day = world, document, day

    @contextmanager
    def on(self):
        with clock_set_to(self.day):
            yield


def settled_desk_of(subject, world) -> Desk:
    with clock_set_to(DAY):
        return Desk(world, settled(subject, by=world["lt_clerk"], reviewer=world["lt_head"], text=TEXT))


def settled_desk(world) -> Desk:
    with clock_set_to(DAY):
        return settled_desk_of(town.draft(world), world)


def late_desk(world) -> Desk:
    """The document was published first."""
    with clock_set_to(DAY):
        subject = town.draft(world)
        town.record(subject, world["lt_clerk"])
        return Desk(world, settled(subject, by=world["lt_clerk"], reviewer=world["lt_head"], text=TEXT))


def ready_for(world, code: str):
    """A desk, who may take the step, and what its form asks, with every gate of the step met."""
    match code:
        case "settle":
            desk = settled_desk(world)
            with desk.on():
                desk.document = perform(desk.document, "reopen", by=world["lt_clerk"], note="改一处")
        case "reopen":
            desk = settled_desk(world)
        case "publish":
            desk = late_desk(world)
        case _:
            raise AssertionError(f"no scenario for the step {code}")
    return desk, world["lt_clerk"], {}


def _empty(desk):
    """Without words; the copy is made anew, so that only the words are missing."""
    desk.document.text = ""
    desk.document.save(update_fields=["text"])
    reviewed_for_the_public(desk.document, by=desk.world["lt_clerk"], reviewer=desk.world["lt_head"])


def _changed_after_review(desk):
    desk.document.text += "（改动）"
    desk.document.save(update_fields=["text"])


def _subject_taken_down(desk):
    publication = Publication.objects.live().get(file_id=desk.document.subject_id)
    take_down(publication, by=desk.world["lt_head"], reason="测试")


WITHOUT = {
    "interpretation_written": _empty,
    "interpretation_masked": _changed_after_review,
    "interpreted_document_public": _subject_taken_down,
}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER: dict[str, set[str]] = {}


def start(world):
    with clock_set_to(DAY):
        subject = town.draft(world)
        return start_interpretation(subject, by=world["lt_clerk"], title=usual_title(subject), text=TEXT)
