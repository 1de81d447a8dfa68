"""Counting tries: exact when many come at once, and with a stated answer when the counter is away."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.test import RequestFactory

from portal.receipts import limits
from portal.receipts.limits import Limit, LimitReached, client_network
from portal.resilient_cache import CacheUnavailable

LIMIT = Limit("in-a-test", tries=5, seconds=900)


def request(address="198.51.100.1"):
    return RequestFactory().get("/", REMOTE_ADDR=address)


def passes(_=None):
    try:
        LIMIT.count(request())
    except LimitReached:
        return False
    return True


def test_of_many_tries_at_once_only_the_allowed_pass():
    with ThreadPoolExecutor(20) as crowd:
        assert sum(crowd.map(passes, range(60))) == LIMIT.tries


def test_a_try_given_back_can_be_used_again():
    for _ in range(LIMIT.tries):
        LIMIT.count(request())
    LIMIT.take_back(request())
    assert passes()
    assert not passes()


def test_nothing_to_give_back_is_no_error():
    LIMIT.take_back(request("198.51.100.9"))


def test_each_address_has_its_own_count():
    for _ in range(LIMIT.tries + 1):
        passes()
    LIMIT.count(request("198.51.100.2"))


@pytest.mark.parametrize(
    ("address", "asker"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_who_asks(address, asker):
    assert client_network(request(address)) == asker


class AwayCache(LocMemCache):
    """A cache whose counter cannot be reached, as the resilient cache reports it."""

    def incr(self, key, delta=1, version=None):
        raise CacheUnavailable("away")


def test_without_the_counter_guessing_is_closed_and_reading_open(monkeypatch):
    monkeypatch.setattr(limits, "cache", AwayCache("away", {}))
    with pytest.raises(LimitReached):
        LIMIT.count(request())
    LIMIT.count(request(), when_away_allow=True)
