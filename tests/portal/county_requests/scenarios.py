"""Requests on which every gate of a step is met, and how to take exactly one condition away."""

from decisions.demo.texts import bus
from portal.documents.attach import remove
from portal.documents.models import Document
from portal.moment import clock_set_to
from portal.workflow.perform import perform
from tests.decisions.scenarios import begin


class Asking:
    """A town's request about a draft decision. ``document`` is the request; the decision is ``journey.document``."""

    def __init__(self, world):
        self.journey = begin(world, bus)
        for act in (self.journey.propose, self.journey.start, self.journey.draft):
            act()
            self.journey.workday()
        self.cast, self.day = self.journey.cast, self.journey.day
        # What the demo's people were told is not what this request is about.
        with self.on():
            self.journey._step("ask_county", self.cast.clerk, matter="公交线路调整，请予审示。")
        self.document = self.journey.document.county_requests.get(stage="preparing")

    def on(self):
        return clock_set_to(self.day)

    def submit(self) -> "Asking":
        with self.on():
            self.document = perform(self.document, "submit", by=self.cast.clerk)
        return self

    def answer(self, conclusion="agreed", reply="同意。") -> "Asking":
        with self.on():
            self.document = perform(
                self.document, "answer", by=self.cast.county_reviewer, data={"conclusion": conclusion, "reply": reply}
            )
        return self


_REPLY = {"conclusion": "agreed", "reply": "同意。"}


def ready_for(world, code: str) -> tuple[Asking, object, dict]:
    """A request, who may take the step, and what its form asks, with every gate of the step met."""
    asking = Asking(world)
    if code == "submit":
        return asking, asking.cast.clerk, {}
    if code == "withdraw":
        return asking.submit(), asking.cast.clerk, {}
    return asking.submit(), asking.cast.county_reviewer, _REPLY if code == "answer" else {}


def _without_matter(asking):
    type(asking.document).objects.filter(pk=asking.document.pk).update(matter="")


def _without_papers(asking):
    for paper in Document.objects.in_force().filter(file_id=asking.document.pk):
        remove(paper, asking.cast.clerk, "测试：拿掉这份材料")


WITHOUT = {"request_matter_written": _without_matter, "request_papers_on_file": _without_papers}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER: dict[str, set[str]] = {}
