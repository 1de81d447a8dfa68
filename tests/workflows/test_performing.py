"""One function moves a file: authority apart from gates, one winner when two press, work handed over."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from normative_docs.demo import texts
from portal.demo.county import build_county
from portal.moment import clock_set_to
from portal.notifications.models import Notification
from portal.workflow.models import TransitionRecord, WorkItem
from portal.workflow.perform import available, perform
from portal.workflow.refusals import NotAuthorised, NoteMissing, StageConflict
from tests.ground import PASSWORD
from tests.normative_docs.scenarios import begin, ready_for


def test_the_wrong_person_is_told_so_and_nothing_moves(world):
    journey, _, data = ready_for(world, "open_consultation")
    for username in ("lt_legal", "lt_head", "qh_clerk", "county_supervisor", "sysadmin"):
        with journey.on(), pytest.raises(NotAuthorised):
            perform(journey.document, "open_consultation", by=world[username], data=data)
    assert not TransitionRecord.objects.exists()


def test_who_sent_the_draft_cannot_review_it(world):
    """国办发〔2018〕115号: the reviewer is never the one who asked."""
    journey = begin(world)
    journey.walk("answer")
    world["lt_clerk"].role_assignments.create(
        role="legal_reviewer", organisation=world.longtan, valid_from="2018-01-01"
    )
    world["lt_clerk"].__dict__.pop("_current_roles", None)
    journey.send_to_review()
    with journey.on(), pytest.raises(NotAuthorised, match="须由另一人办理"):
        perform(
            journey.document, "issue_opinion", by=world["lt_clerk"], data={"conclusion": "lawful", "opinion": "同意"}
        )


def test_a_step_that_needs_a_reason_is_refused_without(world):
    journey, by, _ = ready_for(world, "terminate")
    with journey.on(), pytest.raises(NoteMissing):
        perform(journey.document, "terminate", by=by, note="  ")


def test_a_file_that_has_moved_on_is_a_conflict(world):
    journey, by, data = ready_for(world, "open_consultation")
    with journey.on():
        stale = type(journey.document).objects.get(pk=journey.document.pk)
        perform(journey.document, "open_consultation", by=by, data=data)
        with pytest.raises(StageConflict):
            perform(stale, "open_consultation", by=by, data=data)


def test_a_page_that_is_out_of_date_is_a_conflict(world):
    journey, by, data = ready_for(world, "issue_opinion")
    seen = journey.document.last_record().pk
    with journey.on():
        perform(journey.document, "issue_opinion", by=by, data=data, expects=seen)
        with pytest.raises(StageConflict):
            perform(journey.document, "issue_opinion", by=by, data=data, expects=seen)


def test_the_next_ones_turn_opens_and_they_are_told(world):
    journey, by, _ = ready_for(world, "send_to_review")
    with journey.on():
        perform(journey.document, "send_to_review", by=by)
    waiting = WorkItem.objects.filter(file_id=journey.document.pk, closed_at__isnull=True)
    assert set(waiting.values_list("authority", flat=True)) == {"legal_review.review", "normative_docs.draft"}
    assert waiting.first().deadline.code == "nd_legality_review_max"
    assert Notification.objects.filter(reader=world["lt_legal"], subject__startswith="待办").exists()


def test_only_steps_that_the_person_may_take_are_offered(world):
    journey = begin(world)
    journey.walk("review")
    assert {step.code for step in available(journey.document, world["lt_legal"])} == {"issue_opinion", "return_pack"}
    assert available(journey.document, world["qh_clerk"]) == []


def test_a_town_without_legal_office_is_reviewed_by_the_body_that_the_county_names(world):
    """国办发〔2018〕115号 四."""
    journey = begin(world, texts.waste("白石乡"), town="baishi")
    journey.walk("review")
    assert journey.document.legality_reviews.get().reviewing_body.code == "yunxi-justice"
    assert "issue_opinion" in {step.code for step in available(journey.document, world["county_reviewer"])}


def test_each_record_keeps_the_gates_as_they_stood(world):
    journey, by, _ = ready_for(world, "put_to_deliberation")
    with journey.on():
        document = perform(journey.document, "put_to_deliberation", by=by)
    kept = {gate["code"]: gate for gate in document.last_record().gates}
    assert kept["legality_opinion_on_file"]["explain"].endswith("结论：合法")
    assert kept["legality_opinion_on_file"]["basis"]


def test_a_rework_is_reviewed_again(world):
    """An opinion carries only the text that was reviewed."""
    journey = begin(world)
    journey.walk("review", comments=texts.COMMENTS[:1])
    journey.find()
    journey.conclude("amend", "请修改。")
    journey.rework(journey.document.draft_text + "\n补充一条。")
    assert journey.document.legality_reviews.count() == 2
    assert journey.document.lawful_review is None
    journey.conclude()
    journey.deliberate()
    assert journey.document.stage == "deliberation"


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_press_together_one_wins_and_the_other_is_told():
    world = build_county(PASSWORD)
    journey, by, data = ready_for(world, "send_to_review")

    def press(_):
        try:
            with clock_set_to(journey.day):
                perform(type(journey.document).objects.get(pk=journey.document.pk), "send_to_review", by=by, data=data)
            return "done"
        except StageConflict:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == ["done", "told"]
    assert journey.document.legality_reviews.count() == 1
