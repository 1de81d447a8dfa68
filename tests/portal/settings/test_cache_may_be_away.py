"""Without the cache's server pages can still be read; only counting fails, and says so."""

import os

import pytest

from portal.resilient_cache import CacheUnavailable, ResilientRedisCache
from portal.settings.env import redis_database

# Read before any test runs: others take the address away while they start servers of their own.
ADDRESS = os.environ["REDIS_URL"]
OPTIONS = {"OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1}, "KEY_PREFIX": "test"}


@pytest.fixture
def away():
    return ResilientRedisCache("unix:///nowhere/at-all.sock?db=1", OPTIONS)


@pytest.fixture
def present():
    cache = ResilientRedisCache(redis_database(ADDRESS, 1), OPTIONS)
    yield cache
    cache.delete_many(["greeting", "count"])


def test_reads_answer_as_an_empty_cache(away):
    assert away.get("x", "default") == "default"
    assert away.get_many(["x"]) == {}
    assert "x" not in away
    assert away.get_or_set("x", lambda: "computed") == "computed"


def test_writes_are_dropped(away):
    away.set("x", 1)
    assert away.set_many({"x": 1}) == ["x"]
    assert (away.add("x", 1), away.delete("x"), away.touch("x")) == (False, False, False)


def test_counting_without_a_counter_is_an_error(away):
    with pytest.raises(CacheUnavailable):
        away.incr("tries")


def test_with_its_server_it_is_an_ordinary_cache(present):
    present.set("greeting", "您好")
    present.set("count", 1)

    assert present.get("greeting") == "您好"
    assert present.incr("count") == 2
    assert present.add("greeting", "x") is False
