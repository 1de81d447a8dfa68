"""The closing day is the last day on which an opinion is taken, until midnight in Shanghai."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from portal.consultation.models import PublicComment
from portal.consultation.standing import newest
from portal.moment import SHANGHAI, clock_set_to
from tests.portal.consultation.town import (
    AFTER,
    CLOSES,
    OPENED,
    hand_in,
    open_draft_to_public,
    public_address,
    type_opinion,
)

LAST_SECOND = datetime(2026, 4, 8, 23, 59, 59, tzinfo=SHANGHAI)


@pytest.fixture
def consultation(world):
    return newest(open_draft_to_public(world).document)


def test_on_the_opening_day_and_in_the_last_second_opinions_are_taken(consultation):
    with clock_set_to(OPENED):
        hand_in(consultation)
    with clock_set_to(LAST_SECOND):
        hand_in(consultation)
    assert PublicComment.objects.count() == 2


def test_one_second_later_the_form_says_that_the_period_is_over(consultation):
    with clock_set_to(LAST_SECOND + timedelta(seconds=1)):
        page = type_opinion(consultation)
    assert page.status_code == 409
    assert "征求意见已经截止" in page.content.decode()


def test_an_opinion_typed_in_time_and_sent_too_late_is_not_taken(consultation):
    client = Client()
    with clock_set_to(LAST_SECOND):
        check = type_opinion(consultation, client).url
    with clock_set_to(AFTER):
        page = client.post(check, {"declaration": "yes"})
    assert page.status_code == 409
    assert PublicComment.objects.count() == 0


def test_the_box_counts_the_closing_day_and_is_amber_in_the_last_three_days(consultation):
    address = public_address("public-detail", consultation)
    for day, words in (
        (CLOSES - timedelta(days=3), "剩余<b>4</b>"),
        (CLOSES - timedelta(days=2), "left soon"),
        (CLOSES, "今日<b>截止</b>"),
        (AFTER, "已<b>结束</b>"),
    ):
        with clock_set_to(day):
            assert words in Client().get(address).content.decode()


def test_the_links_to_the_form_go_with_the_period(consultation):
    address = public_address("public-detail", consultation)
    with clock_set_to(CLOSES):
        assert "对本段提意见" in Client().get(address).content.decode()
    with clock_set_to(AFTER):
        assert "对本段提意见</a>" not in Client().get(address).content.decode()
