"""Two at once: one answer wins and the other is told; one opinion is handed in, however often it is sent."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from portal.consultation.commenting import COUNTER, hand_in
from portal.consultation.conducting import ConsultationRefused, answer_comment
from portal.consultation.models import PublicComment
from portal.consultation.standing import newest
from portal.moment import clock_set_to
from tests.portal.consultation.town import DURING, open_draft_to_public, write

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts on connections of their own, starting together; what each gave, or why it was refused."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=10)
            with clock_set_to(DURING):
                return act()
        except ConsultationRefused as refusal:
            return refusal.message
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_answers_at_once_one_stands_and_the_other_is_told(world):
    journey = open_draft_to_public(world)
    comment = write(journey)
    clerk, head = journey.cast.clerk, journey.cast.head
    given = at_once(
        lambda: answer_comment(comment, outcome="adopted", answer="甲。", by=clerk, seen=""),
        lambda: answer_comment(comment, outcome="not_adopted", answer="乙。", by=head, seen=""),
    )
    told = [answer for answer in given if isinstance(answer, str)]
    stands = PublicComment.objects.get()
    assert len(told) == 1
    assert "刚刚已由他人答复" in told[0]
    assert (stands.outcome, stands.answer) in (("adopted", "甲。"), ("not_adopted", "乙。"))


def test_an_opinion_sent_twice_at_once_is_one_opinion(world):
    consultation = newest(open_draft_to_public(world).document)
    answers = {
        "article": "",
        "content": "建议放宽。",
        "sent_from": "person",
        "name": "",
        "contact": "",
        "name_is_public": False,
    }
    with clock_set_to(DURING):
        token = COUNTER.keep(answers, consultation=consultation)
    first, second = at_once(lambda: hand_in(consultation, token), lambda: hand_in(consultation, token))
    assert first.comment_id == second.comment_id
    assert PublicComment.objects.count() == 1
