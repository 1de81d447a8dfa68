"""The limits of suggestions and incidental reviews, on the days of the law's own calendar."""

from datetime import date, timedelta

import pytest

from normative_docs.suggestions.incidental.registering import IncidentalRefused
from portal.moment import clock_set_to
from portal.receipts.issue import status_of
from portal.receipts.models import Receipt
from portal.workflow.perform import perform
from tests.normative_docs.suggestions import matters


@pytest.mark.parametrize(
    ("came", "due"),
    [
        (date(2026, 9, 28), date(2026, 10, 16)),  # ten working days over the National Day, with 10-10 made up
        (date(2026, 9, 18), date(2026, 10, 9)),  # 09-20 is a working Sunday; Mid-Autumn and National Day are off
        (date(2026, 2, 10), date(2026, 3, 2)),  # over Spring Festival, with 02-14 and 02-28 made up
        (date(2026, 3, 16), date(2026, 3, 30)),
    ],
)
def test_the_maker_answers_a_reconsideration_body_within_ten_working_days(world, came, due):
    review = matters.registered(world, on=came)
    clock = review.deadlines.get(code="nd_incidental_reply")
    assert (clock.start_on, clock.effective_end) == (came, due)
    assert review.work_items.get().deadline == clock


@pytest.mark.parametrize(
    ("channel", "code"), [("transfer", "nd_incidental_transfer_reply"), ("court", "nd_court_suggestion_reply")]
)
def test_what_is_transferred_and_what_a_court_suggests_is_answered_within_sixty_days(world, channel, code):
    review = matters.registered(world, on=date(2026, 8, 10), channel=channel)
    # Calendar days: 2026-10-09 is a working day, so nothing rolls.
    assert review.deadlines.get(code=code).effective_end == date(2026, 10, 9)
    assert review.deadlines.count() == 1


def test_sixty_days_that_end_in_the_holidays_roll_to_the_next_working_day(world):
    review = matters.registered(world, on=date(2026, 8, 4), channel="court")
    clock = review.deadlines.get(code="nd_court_suggestion_reply")
    assert (clock.nominal_end, clock.effective_end) == (date(2026, 10, 3), date(2026, 10, 8))


def test_the_reconsideration_bodys_own_limit_is_shown_and_not_ours(world):
    review = matters.registered(world, applied_on=matters.RECEIVED - timedelta(days=4))
    clock = review.deadlines.get(code="nd_incidental_decide")
    assert not clock.binds_office
    assert clock.effective_end == date(2026, 4, 13)  # 30 days from 03-12 end on Saturday 04-11
    assert review.next_deadline().code == "nd_incidental_reply"


def test_the_limit_runs_from_the_day_it_came_in_not_from_the_day_it_was_entered(world):
    review = matters.registered(world, on=date(2026, 3, 20), came=date(2026, 3, 16))
    assert review.deadlines.get(code="nd_incidental_reply").effective_end == date(2026, 3, 30)


def test_a_day_still_to_come_is_refused(world):
    with pytest.raises(IncidentalRefused, match="不能晚于今天"):
        matters.registered(world, on=date(2026, 3, 16), came=date(2026, 3, 17))


def test_what_went_out_late_says_by_how_much(world):
    review = matters.sent(world, sent_on=date(2026, 4, 1))
    clock = review.deadlines.get(code="nd_incidental_reply")
    assert clock.state == clock.State.MET
    assert clock.finished_late_by == 2
    with clock_set_to(date(2026, 4, 1)):
        assert clock.lamp(date(2026, 4, 1)).text == "逾期 2 个工作日办结"


def test_the_county_answers_a_suggestion_within_sixty_days_of_its_receipt(world):
    suggestion = matters.received(world)
    clock = suggestion.deadlines.get()
    assert (clock.code, clock.start_on, clock.effective_end) == (
        "nd_citizen_review", matters.RECEIVED, matters.RECEIVED + timedelta(days=60),
    )  # fmt: skip
    assert suggestion.work_items.get().deadline == clock


def test_a_day_on_which_nothing_was_done_makes_it_late(world):
    suggestion = matters.received(world)
    clock = suggestion.deadlines.get()
    assert clock.lamp(clock.effective_end).state == "soon"
    assert clock.lamp(clock.effective_end + timedelta(days=1)).state == "late"


def test_the_makers_statement_has_a_day_of_its_own(world):
    suggestion = matters.asked(world)
    clock = suggestion.deadlines.get(code="nd_suggestion_statement")
    assert clock.effective_end == suggestion.statement_due
    suggestion = matters.heard(world, made=suggestion.document, clause="第四条")
    clock = suggestion.deadlines.get(code="nd_suggestion_statement")
    assert clock.state == clock.State.MET


def test_the_reply_meets_the_limit_and_the_correction_gets_its_own(world):
    suggestion = matters.replied(world, "order")
    review = suggestion.deadlines.get(code="nd_citizen_review")
    assert review.state == review.State.MET
    assert review.met_on == suggestion.replied_on
    correct = suggestion.deadlines.get(code="nd_filing_correct")
    assert correct.effective_end >= suggestion.replied_on + timedelta(days=30)


def test_an_insufficient_correction_starts_the_limit_anew(world):
    suggestion = matters.corrected(world)
    later = matters.RECEIVED + timedelta(days=42)
    with clock_set_to(later):
        suggestion = perform(suggestion, "reject_correction", by=world["county_reviewer"], note="没有公布。")
    newest = suggestion.deadlines.filter(code="nd_filing_correct").latest("id")
    assert newest.start_on == later
    assert newest.is_open


def test_the_holder_reads_by_when_the_answer_comes(world):
    suggestion = matters.received(world)
    receipt = Receipt.objects.get(subject_uuid=suggestion.public_id)
    due = matters.RECEIVED + timedelta(days=60)
    with clock_set_to(matters.RECEIVED):
        assert f"{due:%Y-%m-%d} 前书面答复" in status_of(receipt).message
