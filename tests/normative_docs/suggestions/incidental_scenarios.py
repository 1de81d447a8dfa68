"""Incidental reviews on which every gate of a step is met, and how to take exactly one condition away."""

from datetime import timedelta

from normative_docs.suggestions.incidental.gates import GROUNDS, NOTICE, RESULT
from normative_docs.suggestions.models import IncidentalReview
from portal.documents.attach import remove
from portal.documents.models import Document
from tests.normative_docs.suggestions import matters
from tests.normative_docs.suggestions.scenarios import Desk

SENT = matters.RECEIVED + timedelta(days=10)
JUDGED = {"verdict": "lawful", "verdict_on": SENT, "verdict_text": ""}
_STEPS = {
    "hand_in": (matters.ready_to_hand_in, "lt_clerk", {}),
    "send_back": (matters.handed_in, "lt_head", {}),
    "send": (matters.handed_in, "lt_head", {"sent_on": SENT}),
    "note_result": (matters.with_result, "lt_clerk", JUDGED),
    "carry_out": (matters.judged, "lt_clerk", {"act": "repeal"}),
    "close": (matters.consequence_drawn, "lt_clerk", {}),
}


def ready_for(world, code: str) -> tuple[Desk, object, dict]:
    """A desk, who may take the step, and what its form asks, with every gate of the step met."""
    make, username, data = _STEPS[code]
    return Desk(world, make(world)), world[username], data


def _set(**fields):
    return lambda desk: IncidentalReview.objects.filter(pk=desk.document.pk).update(**fields)


def _drop(slot):
    def drop(desk):
        for paper in Document.objects.in_force().filter(file_id=desk.document.pk, slot=slot.code):
            remove(paper, desk.world["lt_clerk"], "测试：拿掉这份材料")

    return drop


WITHOUT = {
    "incidental_notice_on_file": _drop(NOTICE),
    "incidental_statement_written": _set(statement=""),
    "incidental_grounds_on_file": _drop(GROUNDS),
    # Whoever judges that a meeting is needed has none so far.
    "incidental_collective_view": _set(needs_collective_view=True),
    "incidental_reply_made": _set(reply_paper=None),
    "incidental_result_on_file": _drop(RESULT),
    "incidental_consequence_drawn": _set(follow_up=None),
}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER: dict[str, set[str]] = {}
