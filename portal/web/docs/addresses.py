"""Every address that the portal answers, read from the URL resolver."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One URL pattern: its name with namespaces (empty when unnamed) and its route as written."""

    name: str
    route: str

    @property
    def key(self) -> str:
        """What ``docs/pages.toml`` calls it: the name, or the route where there is no name."""
        return self.name or self.route

    @property
    def namespace(self) -> str:
        """Outermost namespace, empty for a name without one."""
        return self.name.partition(":")[0] if ":" in self.name else ""


def addresses(resolver: URLResolver | None = None) -> list[Address]:
    """All addresses in the order in which they are tried; the whole portal unless a resolver is given."""
    return list(_walk(resolver or get_resolver(), "/", ()))


def _walk(resolver: URLResolver, prefix: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = ":".join((*namespaces, entry.name)) if entry.name else ""
            yield Address(name, route)
        else:
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, route, inner)
