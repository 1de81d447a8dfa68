"""An emergency shortens waiting times with a reason on record; the legality review it never drops."""

import pytest

from normative_docs.forms import DocumentForm
from portal.workflow.forms import step_form_class
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


def test_only_an_emergency_shortens_the_time_for_comments(world):
    journey = begin(world)
    journey.open()
    notice = {"summary": "公告", "closes_on": "2026-03-05", "contact_unit": "党政办", "contact_phone": "0000-6128001"}

    def errors(**more):
        step = journey.document.workflow.transition("open_consultation")
        form = step_form_class(step)(
            notice | {"confirmed": "on"} | more, step=step, file=journey.document, person=journey.cast.clerk
        )
        return set(form.errors)

    with journey.on():
        assert errors(shortened_reason="汛期即将到来。") == {"closes_on"}
        journey.document.urgent_ground, journey.document.urgent_reason = "emergency", "汛期即将到来。"
        assert errors() == {"shortened_reason"}
        assert errors(shortened_reason="汛期即将到来。") == set()


@pytest.mark.parametrize(
    ("ground", "reason", "field"), [("emergency", "", "urgent_reason"), ("", "汛期即将到来。", "urgent_ground")]
)
def test_ground_and_reason_go_together(world, ground, reason, field):
    journey = begin(world)
    journey.open()
    form = DocumentForm({"urgent_ground": ground, "urgent_reason": reason}, instance=journey.document)
    assert field in form.errors
