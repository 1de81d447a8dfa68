"""Number and code open what the holder may know: the outcome appears with its publication, never before."""

import pytest

from portal.consultation.conducting import answer_comment
from portal.consultation.standing import newest
from portal.moment import clock_set_to
from portal.receipts.issue import status_of
from portal.receipts.models import Receipt
from tests.portal.consultation.town import AFTER, DURING, open_draft_to_public, write


@pytest.fixture
def journey(world):
    return open_draft_to_public(world)


def words(status):
    return " ".join([status.message, *(f"{key}{value}" for key, value in status.facts)])


def test_while_it_runs_the_holder_reads_what_was_handed_in(journey):
    write(journey, "请降低收费。", article="第二条")
    with clock_set_to(DURING):
        status = status_of(Receipt.objects.get())
    assert "请降低收费。" in words(status)
    assert [step.state for step in status.steps] == ["done", "now", "todo", "todo"]


def test_an_answer_stays_hidden_until_it_is_published(journey):
    comment = write(journey)
    with journey.on(AFTER):
        answer_comment(comment, outcome="not_adopted", answer="上位法已有规定。", by=journey.cast.clerk)
        before = words(status_of(Receipt.objects.get()))
        journey._step("publish_answers", journey.cast.clerk)
        after = words(status_of(Receipt.objects.get()))
    assert "上位法已有规定" not in before
    assert "不采纳" not in before
    assert "上位法已有规定" in after
    assert "不采纳" in after


def test_the_receipt_is_numbered_for_the_town(journey):
    write(journey)
    assert Receipt.objects.get().number == "龙潭意见〔2026〕1号"
    assert newest(journey.document).comments.count() == 1
