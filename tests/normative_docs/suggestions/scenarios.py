"""Review suggestions on which every gate of a step is met, and how to take exactly one condition away."""

from contextlib import contextmanager
from datetime import date, timedelta

from normative_docs.suggestions.models import ReviewSuggestion
from portal.moment import clock_set_to
from tests.normative_docs.suggestions import matters

LATER = matters.RECEIVED + timedelta(days=45)


class Desk:
    """One file and the day on which its step is taken."""

    def __init__(self, world, document, day: date = LATER):
        self.world, self.document, self.day = world, document, day

    @contextmanager
    def on(self):
        with clock_set_to(self.day):
            yield


def _pressing(world):
    return matters.concluded(world, "order")


_REFUSAL = {"ground": "unclear", "opinion": "没有写明理由。", "public_summary": "没有写明理由，不予受理。"}
_STEPS = {
    "accept": (matters.received, "county_reviewer", {}),
    "refuse": (matters.received, "county_reviewer", _REFUSAL),
    "ask_maker": (matters.accepted, "county_reviewer", {"until": LATER + timedelta(days=10), "asked": "请说明。"}),
    "state": (matters.asked, "lt_clerk", {"statement": "依据省条例制定。"}),
    "go_on_without": (matters.asked, "county_reviewer", {"reason": "逾期未说明，经电话催告仍未报送。"}),
    "conclude": (matters.heard, "county_reviewer", matters.conclusion()),
    "rework": (matters.concluded, "county_supervisor", {}),
    "reply": (matters.concluded, "county_supervisor", {}),
    "reply_and_press": (_pressing, "county_supervisor", {}),
    "report_correction": (lambda world: matters.replied(world, "order"), "lt_clerk", {"correction": "已修改。"}),
    "confirm_correction": (matters.corrected, "county_reviewer", {}),
    "reject_correction": (matters.corrected, "county_reviewer", {}),
}


def ready_for(world, code: str) -> tuple[Desk, object, dict]:
    """A desk, who may take the step, and what its form asks, with every gate of the step met."""
    make, username, data = _STEPS[code]
    return Desk(world, make(world)), world[username], data


def _set(**fields):
    return lambda desk: ReviewSuggestion.objects.filter(pk=desk.document.pk).update(**fields)


WITHOUT = {
    "suggested_document_identified": _set(document=None),
    "maker_heard": _set(statement="", stated_on=None),
    "suggestion_reply_made": _set(reply_letter=None),
}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER: dict[str, set[str]] = {}
