"""How often one may ask. Rates stand in the settings; the address counted is the one the trusted proxies report."""

from rest_framework.permissions import SAFE_METHODS
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle


class _Throttle(SimpleRateThrottle):
    def get_rate(self) -> str:
        return api_settings.DEFAULT_THROTTLE_RATES[self.scope]

    def _key(self, ident) -> str:
        return self.cache_format % {"scope": self.scope, "ident": ident}


class VisitorThrottle(_Throttle):
    """Requests of one address that nobody signed."""

    scope = "visitor"

    def get_cache_key(self, request, view) -> str | None:
        return None if request.user.is_authenticated else self._key(self.get_ident(request))


class PersonThrottle(_Throttle):
    """Requests of one signed-in person."""

    scope = "person"

    def get_cache_key(self, request, view) -> str | None:
        return self._key(request.user.pk) if request.user.is_authenticated else None


class ChangeThrottle(_Throttle):
    """Steps taken and papers handed in by one person: a programme gone wild is stopped early."""

    scope = "change"

    def get_cache_key(self, request, view) -> str | None:
        if request.method in SAFE_METHODS or not request.user.is_authenticated:
            return None
        return self._key(request.user.pk)
