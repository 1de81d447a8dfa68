"""One address may hand in ten opinions an hour; an IPv6 household counts as one."""

import pytest
from django.test import Client

from portal.consultation.models import PublicComment
from portal.consultation.standing import newest
from portal.consultation.views.handing_in import HANDED_IN
from portal.moment import clock_set_to
from tests.portal.consultation.town import DURING, hand_in, open_draft_to_public


@pytest.fixture
def consultation(world):
    journey = open_draft_to_public(world)
    with clock_set_to(DURING):
        yield newest(journey.document)


def test_the_eleventh_opinion_within_an_hour_is_refused_with_a_page(consultation):
    for _ in range(HANDED_IN.tries):
        assert hand_in(consultation, Client(REMOTE_ADDR="203.0.113.7")).status_code == 200
    refused = hand_in(consultation, Client(REMOTE_ADDR="203.0.113.7"))
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert "操作太频繁" in refused.content.decode()
    assert PublicComment.objects.count() == HANDED_IN.tries


def test_addresses_of_one_ipv6_household_share_the_count_and_others_do_not(consultation):
    for host in range(HANDED_IN.tries):
        hand_in(consultation, Client(REMOTE_ADDR=f"2001:db8:1:2::{host + 1:x}"))
    assert hand_in(consultation, Client(REMOTE_ADDR="2001:db8:1:2:ffff::1")).status_code == 429
    assert hand_in(consultation, Client(REMOTE_ADDR="2001:db8:1:3::1")).status_code == 200
