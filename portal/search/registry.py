"""How an app says what of its own can be found.

In the app's `search.py`::

    @searchable(Notice, kind="notice", label="通告")
    def notice(notice):
        yield EntryData(title=notice.title, body=notice.text, published_on=notice.issued_on, ...)

The function yields the entry for the inside, the one for the public, both or none. It is asked again whenever the
object, or a row that `follows` ties to it, is saved: the index is derived data and needs no step of its own. It may
use anything of the object but what steps write by themselves: its stage, its closing, its being sent to the county.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class EntryData:
    """What one audience may find of one object.

    `public=True` shows title, number, body and dates to everyone: give the published, redacted text. `public=False`
    is seen by whoever may see `file`; an inside entry without a file is seen by nobody.
    """

    title: str
    published_on: date
    url_name: str
    url_args: tuple[str, ...] = ()
    public: bool = False
    number: str = ""
    body: str = ""
    keywords: str = ""
    """Further words it should be found by: names, subject, former number. Not shown."""
    organisation: Any = None
    file: Any = None
    has_validity: bool | None = None
    """Whether it is in force for a time, as a document is and a notice is not; None: whether it has any such date."""
    valid_from: date | None = None
    valid_until: date | None = None
    repealed_on: date | None = None


@dataclass(frozen=True)
class Searchable:
    """One declared kind."""

    model: type[Model]
    kind: str
    label: str
    entries: Callable[[Any], Iterable[EntryData]]
    uuid_field: str = "public_id"
    follows: dict[type[Model], Callable[[Any], Any]] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    further: list[Callable[[Any], Mapping[bool, str]]] = field(default_factory=list)

    def entries_of(self, instance: Model) -> Iterable[EntryData]:
        """What is found of the object, with the words that rooms above add to it."""
        added = [further(instance) for further in self.further]
        for data in self.entries(instance):
            words = [words for adding in added if (words := adding.get(data.public))]
            yield replace(data, body="\n".join([data.body, *words])) if words else data

    def uuid_of(self, instance: Model) -> UUID:
        return getattr(instance, self.uuid_field)

    def queryset(self) -> QuerySet:
        """Everything of this kind, for a rebuild."""
        return self.model._default_manager.select_related(*self.related).order_by("pk")


_kinds: dict[str, Searchable] = {}


def searchable(
    model: type[Model],
    *,
    kind: str,
    label: str,
    uuid_field: str = "public_id",
    follows: Mapping[type[Model], Callable[[Any], Any]] | None = None,
    related: tuple[str, ...] = (),
):
    """Declare a model searchable; the decorated function yields its `EntryData`.

    :param label: the words of the facet 类型.
    :param uuid_field: the object's public identifier.
    :param follows: other models, each with a function from its row to the object (or None) to index again.
    :param related: relations to join when everything is indexed anew.
    :raises ValueError: a kind declared twice.
    """

    def register(entries: Callable[[Any], Iterable[EntryData]]):
        if kind in _kinds:
            raise ValueError(f"searchable kind {kind} is declared twice")
        _kinds[kind] = Searchable(model, kind, label, entries, uuid_field, dict(follows or {}), related)
        return entries

    return register


def add_words(
    kind: str,
    further: Callable[[Any], Mapping[bool, str]],
    *,
    follows: Mapping[type[Model], Callable[[Any], Any]],
) -> None:
    """Let what a room below declares be found by the words of a room above as well.

    :param further: from the object to the words it adds, by audience (``True``: the public's entry).
    :param follows: the models that hold these words, each with a function from its row to the object, or None.
    :raises KeyError: an unknown kind. :raises ValueError: one of the models is followed already.
    """
    declared = _kinds[kind]
    if taken := set(follows) & set(declared.follows):
        raise ValueError(f"{kind} follows {sorted(model.__name__ for model in taken)} already")
    declared.further.append(further)
    declared.follows.update(follows)


def forget(kind: str) -> None:
    """Take a kind out again (for tests)."""
    _kinds.pop(kind, None)


def kinds() -> list[Searchable]:
    return sorted(_kinds.values(), key=lambda declared: declared.kind)


def kind_named(kind: str) -> Searchable:
    """:raises KeyError: an unknown kind."""
    return _kinds[kind]


def label_of(kind: str) -> str:
    return _kinds[kind].label if kind in _kinds else kind
