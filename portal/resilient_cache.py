"""A cache that may be away. Pages must stay readable when the broker is down: they are then merely slower."""

import logging

import redis.exceptions
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)

AWAY = (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError)


class CacheUnavailable(Exception):
    """Raised where silence would be wrong: a counter that cannot count must not wave everyone through."""


class ResilientRedisCache(RedisCache):
    """Django's Redis cache, for which an unreachable server reads as an empty cache.

    Reads answer the default, writes are dropped, each with a warning in the log. Only `incr`, on which rate
    limits stand, raises CacheUnavailable, so that the limiter itself decides: reading stays open, guessing closes.
    """

    def _or(self, fallback, operation, *args, **kwargs):
        try:
            return operation(*args, **kwargs)
        except AWAY as error:
            logger.warning("cache unavailable: %s", type(error).__name__)
            return fallback

    def add(self, *args, **kwargs):
        return self._or(False, super().add, *args, **kwargs)

    def get(self, key, default=None, version=None):
        return self._or(default, super().get, key, default=default, version=version)

    def set(self, *args, **kwargs):
        return self._or(None, super().set, *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._or(False, super().touch, *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._or(False, super().delete, *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._or({}, super().get_many, *args, **kwargs)

    def set_many(self, data, *args, **kwargs):
        return self._or(list(data), super().set_many, data, *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._or(None, super().delete_many, *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._or(False, super().has_key, *args, **kwargs)

    def clear(self):
        return self._or(False, super().clear)

    def incr(self, *args, **kwargs):
        try:
            return super().incr(*args, **kwargs)
        except AWAY as error:
            raise CacheUnavailable("缓存服务暂时不可用") from error
