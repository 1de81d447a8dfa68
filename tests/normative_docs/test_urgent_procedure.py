"""An emergency shortens waiting times with a reason on record; the legality review it never drops."""

import pytest

from normative_docs.forms import DocumentForm
from portal.workflow.refusals import GatesNotMet
from tests.normative_docs.scenarios import begin


def reviewed(world, **facts):
    journey = begin(world)
    journey.walk("review")
    for name, value in facts.items():
        setattr(journey.document, name, value)
    journey.document.save(update_fields=list(facts))
    return journey


def test_the_review_time_is_waived_with_the_reason_on_the_gate(world):
    journey = reviewed(world, urgent_ground="emergency", urgent_reason="汛期即将到来，须立即划定危险区。")
    journey.conclude()
    with journey.on():
        journey._step("put_to_deliberation", journey.cast.clerk)
    gates = {gate["code"]: gate for gate in journey.document.last_record().gates}
    assert gates["review_time_given"]["state"] == "not_required"
    assert "合法性审核本身不能免" in gates["review_time_given"]["explain"]


def test_without_an_opinion_even_an_emergency_is_not_deliberated(world):
    journey = reviewed(world, urgent_ground="emergency", urgent_reason="汛期即将到来。")
    with journey.on(), pytest.raises(GatesNotMet, match="合法性审核意见"):
        journey._step("put_to_deliberation", journey.cast.clerk)


def test_without_emergency_the_time_is_waited_for(world):
    journey = reviewed(world)
    journey.conclude()
    with journey.on(), pytest.raises(GatesNotMet, match="五个工作日"):
        journey._step("put_to_deliberation", journey.cast.clerk)


@pytest.mark.parametrize(
    ("ground", "reason", "field"), [("emergency", "", "urgent_reason"), ("", "汛期即将到来。", "urgent_ground")]
)
def test_ground_and_reason_go_together(world, ground, reason, field):
    journey = begin(world)
    journey.open()
    form = DocumentForm({"urgent_ground": ground, "urgent_reason": reason}, instance=journey.document)
    assert field in form.errors
