"""How often one address may ask, counted in the cache so that all processes count together."""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from portal.resilient_cache import CacheUnavailable


class LimitReached(Exception):
    """Asked too often; `retry_after` seconds until the next try is served."""

    def __init__(self, retry_after: int):
        super().__init__(f"retry after {retry_after} seconds")
        self.retry_after = retry_after


def client_network(request) -> str:
    """Return who asks: an IPv4 address, or the /64 that an IPv6 household is given as a whole.

    X-Forwarded-For is believed only as far as own proxies wrote it (`TRUSTED_PROXY_COUNT`): whatever stands to the
    left of that, anyone may have written.
    """
    own_proxies = getattr(settings, "TRUSTED_PROXY_COUNT", 0)
    address = request.META.get("REMOTE_ADDR", "")
    if own_proxies:
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(forwarded) >= own_proxies:
            address = forwarded[-own_proxies]
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        # A request over a Unix socket has no address: all of them share one count.
        return "unknown"
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))


@dataclass(frozen=True)
class Limit:
    """`tries` within `seconds` for one address; the period begins with the first try."""

    name: str
    tries: int
    seconds: int

    def count(self, request, *, when_away_allow: bool = False) -> None:
        """Count one try before it is served, so that a hundred at once are no better than one after the other.

        :param when_away_allow: what an unreachable counter means: go on, or refuse.
        :raises LimitReached: this try is one too many, or can't be counted and must be.
        """
        key = self._key(request)
        now = int(time.time())
        try:
            # The period is part of the value's life, not of its name: it can't be reset by waiting for a round minute.
            cache.add(f"{key}:since", now, self.seconds)
            cache.add(key, 0, self.seconds)
            tries = self._increase(key)
        except CacheUnavailable as away:
            if when_away_allow:
                return
            raise LimitReached(60) from away
        if tries > self.tries:
            since = cache.get(f"{key}:since", now)
            raise LimitReached(max(1, since + self.seconds - now))

    def take_back(self, request) -> None:
        """Give one try back: it was not a guess."""
        try:
            cache.decr(self._key(request))
        except (ValueError, CacheUnavailable):
            # The period ended meanwhile, or nothing is counted: there is nothing to give back.
            return

    def _increase(self, key: str) -> int:
        try:
            return cache.incr(key)
        except ValueError:
            # It ran out between add and incr: this is the first try of a new period.
            cache.set(key, 1, self.seconds)
            return 1

    def _key(self, request) -> str:
        return f"limit:{self.name}:{client_network(request)}"
