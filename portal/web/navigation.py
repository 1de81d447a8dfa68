"""The menus: each room says in its ``AppConfig.ready()`` what it adds, and for whom.

The frame of a page knows no room; it asks this registry.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core import checks
from django.urls import NoReverseMatch, reverse

from portal.accounts.authority import may

AUDIENCES = ("public", "staff", "county", "admin")
PLACES = ("main", "tools", "person", "search", "footer")


@dataclass(frozen=True)
class Entry:
    """One line of a menu.

    ``badge`` returns a count for a request (0 hides it); ``post`` makes the entry a button, for acts
    such as signing out.
    """

    audience: str
    label: str
    url_name: str
    authority: str | None = None
    place: str = "main"
    order: int = 50
    post: bool = False
    badge: Callable | None = field(default=None, compare=False)
    badge_unit: str = "条未读"


@dataclass(frozen=True)
class Item:
    """An entry as one person sees it on one page."""

    label: str
    url: str
    current: bool
    post: bool
    badge: int
    badge_unit: str


_entries: dict[tuple[str, str, str], Entry] = {}


def register(audience, label, url_name, authority=None, **options) -> Entry:
    """Add a menu entry.

    :param audience: ``public``, ``staff``, ``county`` or ``admin``.
    :param authority: shown only to people who hold it somewhere; ``None`` shows it to all.
    :param options: ``place``, ``order``, ``post``, ``badge``, ``badge_unit`` of :class:`Entry`.
    :raises ValueError: an unknown audience or place, or a second, different entry of that name.
    """
    entry = Entry(audience, label, url_name, authority, **options)
    if entry.audience not in AUDIENCES or entry.place not in PLACES:
        raise ValueError(f"no menu {entry.place!r} for {entry.audience!r}")
    known = _entries.setdefault((audience, entry.place, label), entry)
    if known != entry:
        raise ValueError(f"the menu of {audience!r} already has {label!r}")
    return entry


def unregister(audience, label, place="main") -> None:
    """Take an entry away again (for tests)."""
    _entries.pop((audience, place, label), None)


def entries(audience: str, place: str = "main") -> list[Entry]:
    found = [entry for entry in _entries.values() if (entry.audience, entry.place) == (audience, place)]
    return sorted(found, key=lambda entry: entry.order)


class Menus:
    """The menus of one request. Nothing is read until a template asks, so public pages touch no session."""

    def __init__(self, request):
        self.request = request

    def items(self, audience: str, place: str, person=None) -> list[Item]:
        path = self.request.path
        allowed = [
            entry
            for entry in entries(audience, place)
            if entry.authority is None or (person is not None and may(person, entry.authority))
        ]
        urls = [reverse(entry.url_name) for entry in allowed]
        # A work bench (/staff/, /county/) is where everything else lies below: only its own page marks it.
        below = [url for url in urls if path == url or (path.startswith(url) and url.count("/") > 2)]
        current = max(below, key=len, default=None)
        return [
            Item(
                label=entry.label,
                url=url,
                current=url == current,
                post=entry.post,
                badge=entry.badge(self.request) if entry.badge else 0,
                badge_unit=entry.badge_unit,
            )
            for entry, url in zip(allowed, urls, strict=True)
        ]

    @property
    def public(self) -> dict[str, list[Item]]:
        """Menus of the public site; the person is never asked."""
        return {place: self.items("public", place) for place in PLACES}

    @property
    def inside(self) -> dict:
        """Menus of the person at work; empty before signing in."""
        person = getattr(self.request, "user", None)
        if person is None or not person.is_authenticated:
            return {"person": None, **{f"{place}_items": [] for place in PLACES}}
        audience = getattr(self.request, "audience", None) or person.audience()
        return {
            "person": person,
            "audience": audience,
            **{f"{place}_items": self.items(audience, place, person) for place in PLACES},
        }


@checks.register(checks.Tags.urls)
def every_entry_leads_somewhere(app_configs, **kwargs):
    """A menu entry whose page does not exist would break every page; it breaks the check instead."""
    errors = []
    for entry in _entries.values():
        try:
            reverse(entry.url_name)
        except NoReverseMatch:
            text = f"menu entry {entry.label!r} names {entry.url_name!r}, which has no address"
            errors.append(checks.Error(text, id="portal.E060"))
    return errors
