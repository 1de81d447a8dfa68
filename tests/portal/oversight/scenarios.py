"""Filings on which every gate of a step is met, and how to take exactly one condition away."""

from contextlib import contextmanager
from datetime import date, timedelta

from django.core.files.base import ContentFile

from normative_docs.papers import MAKING
from portal.documents.attach import attach, remove
from portal.documents.models import Document
from portal.moment import clock_set_to
from portal.oversight.kinds import REVIEW_OPINION
from portal.workflow.perform import perform
from tests.portal.oversight import filings

LATER = filings.PUBLISHED + timedelta(days=8)


class Desk:
    """One filing and the day on which its step is taken."""

    def __init__(self, world, document, day: date = LATER):
        self.world, self.document, self.day = world, document, day

    @contextmanager
    def on(self):
        with clock_set_to(self.day):
            yield


def _to_be_answered(world):
    filing = filings.to_be_corrected(world)
    with clock_set_to(LATER):
        filings.answer_all(filing, world["lt_clerk"])
    return filing


def _answered(world):
    filing = _to_be_answered(world)
    with clock_set_to(LATER):
        return perform(filing, "answer", by=world["lt_clerk"])


def _ready_to_submit(world):
    filing = filings.prepared(world)
    with clock_set_to(filings.PUBLISHED):
        filings.fill(filing, world["lt_clerk"])
    return filing


def _with_finding(world):
    filing = filings.accepted(world)
    with clock_set_to(LATER):
        filings.found(filing, world)
    return filing


def _with_opinion(world):
    filing = filings.recorded(world)
    with clock_set_to(LATER):
        words = ContentFile("备案审查意见书".encode(), name="意见书.txt")
        attach(filing, REVIEW_OPINION.code, words, world["county_supervisor"])
    return filing


_STEPS = {
    "submit": (_ready_to_submit, "lt_clerk", {}),
    "withdraw": (filings.prepared, "lt_clerk", {}),
    "return_papers": (filings.submitted, "county_reviewer", {"reason": "缺制定说明", "until": LATER}),
    "accept": (filings.submitted, "county_reviewer", {}),
    "record": (filings.accepted, "county_supervisor", {"opinion": "准予备案。"}),
    "order_correction": (_with_finding, "county_supervisor", {"order": "amend", "opinion": "限期修改。"}),
    "answer": (_to_be_answered, "lt_clerk", {}),
    "accept_answer": (_answered, "county_supervisor", {}),
    "reject_answer": (_answered, "county_supervisor", {"reason": "第二条没有改到位"}),
    "archive": (_with_opinion, "county_supervisor", {}),
}


def ready_for(world, code: str) -> tuple[Desk, object, dict]:
    """A desk, who may take the step, and what its form asks, with every gate of the step met."""
    make, username, data = _STEPS[code]
    return Desk(world, make(world)), world[username], data


def _drop(slot):
    def drop(desk):
        for paper in Document.objects.in_force().filter(file_id=desk.document.pk, slot=slot.code):
            remove(paper, desk.world["lt_clerk"], "测试：拿掉这份材料")

    return drop


def _open_finding(desk):
    filings.found(desk.document, desk.world)


WITHOUT = {
    "papers_complete": _drop(MAKING),
    "findings_on_file": lambda desk: desk.document.findings.all().delete(),
    "no_open_findings": _open_finding,
    "findings_answered": lambda desk: desk.document.findings.update(answer="", answer_text=""),
    "opinion_in_file": _drop(REVIEW_OPINION),
}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER: dict[str, set[str]] = {}
