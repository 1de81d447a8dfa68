"""Write entries into the index, take them out, and build it anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from portal.search.cutter import Vector
from portal.search.models import SearchEntry
from portal.search.registry import EntryData, Searchable, kinds
from portal.search.sound import sound_terms

_IDENTITY = ("kind", "object_uuid", "is_public")
_WRITTEN = [
    field.attname.removesuffix("_id")
    for field in SearchEntry._meta.concrete_fields
    if not field.primary_key and field.name not in _IDENTITY
]
_BATCH = 200


def vectors_of(data: EntryData) -> tuple[str, str]:
    """Return the tsvector literals to find and to rank by.

    Title and number weigh A, names and keywords B, the body's opening C and the rest D.
    """
    vector = Vector()
    vector.add_zone(data.title, "A")
    vector.add_zone(data.number, "A")
    if data.organisation is not None:
        vector.add_zone(data.organisation.name, "B")
    vector.add_zone(data.keywords, "B")
    vector.add_terms(sound_terms(data.title))
    vector.add_body(data.body)
    return vector.literal(), vector.ranking_literal()


def digest_of(data: EntryData) -> str:
    """Of all that an entry is made from: as long as it stays, so does the entry."""
    plain = replace(data, organisation=None, file=None)
    unit = data.organisation and (data.organisation.pk, data.organisation.name)
    return sha256(repr((astuple(plain), unit, data.file and data.file.pk)).encode("utf-8", "replace")).hexdigest()


def _row(kind: str, object_uuid: UUID, data: EntryData) -> SearchEntry:
    vector, ranking = vectors_of(data)
    return SearchEntry(
        kind=kind,
        object_uuid=object_uuid,
        is_public=data.public,
        file_id=data.file.pk if data.file is not None else None,
        organisation=data.organisation,
        title=_storable(data.title)[:400],
        number=_storable(data.number)[:80],
        body=_storable(data.body),
        vector=vector,
        ranking=ranking,
        published_on=data.published_on,
        year=data.published_on.year,
        has_validity=_has_validity(data),
        starts_on=data.valid_from,
        ends_on=data.valid_until,
        repealed_on=data.repealed_on,
        url_name=data.url_name,
        url_args=[str(argument) for argument in data.url_args],
        source_digest=digest_of(data),
    )


def _has_validity(data: EntryData) -> bool:
    if data.has_validity is not None:
        return data.has_validity
    return any((data.valid_from, data.valid_until, data.repealed_on))


def _storable(text: str) -> str:
    """Drop what PostgreSQL text cannot hold; extracted texts of uploads bring such things."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _write(rows: list[SearchEntry]) -> None:
    SearchEntry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=list(_IDENTITY), update_fields=_WRITTEN, batch_size=_BATCH
    )


def index(kind: str, object_uuid: UUID, entries: Iterable[EntryData], *, is_new: bool = False) -> None:
    """Make these the entries of the object: at most one for the inside and one for the public.

    An entry whose sources are as they were is left alone.

    :param is_new: the object was made just now, so it has no entries yet.
    :raises ValueError: two entries for one audience.
    """
    entries = list(entries)
    audiences = {data.public for data in entries}
    if len(audiences) < len(entries):
        raise ValueError(f"{kind} {object_uuid} has two entries for one audience")
    standing = SearchEntry.objects.filter(kind=kind, object_uuid=object_uuid)
    digests = {} if is_new else dict(standing.values_list("is_public", "source_digest"))
    if digests.keys() - audiences:
        standing.exclude(is_public__in=audiences).delete()
    _write([_row(kind, object_uuid, data) for data in entries if digests.get(data.public) != digest_of(data)])


def index_object(declared: Searchable, instance, *, is_new: bool = False) -> None:
    """Index one object as its app declares it; ``is_new`` as in :func:`index`."""
    index(declared.kind, declared.uuid_of(instance), declared.entries_of(instance), is_new=is_new)


def remove(kind: str, object_uuid: UUID) -> None:
    """Take an object out of the index."""
    SearchEntry.objects.filter(kind=kind, object_uuid=object_uuid).delete()


def rebuild(declared: Searchable) -> int:
    """Index everything of a kind anew and drop what no longer exists; return the number of entries.

    Readers keep searching the old entries meanwhile; each is replaced, none is missing in between.
    """
    existing = declared.model._default_manager.values(declared.uuid_field)
    SearchEntry.objects.filter(kind=declared.kind).exclude(object_uuid__in=existing).delete()
    rows: list[SearchEntry] = []
    without: dict[bool, list[UUID]] = {True: [], False: []}
    total = 0
    for instance in declared.queryset().iterator(chunk_size=_BATCH):
        object_uuid = declared.uuid_of(instance)
        made = [_row(declared.kind, object_uuid, data) for data in declared.entries_of(instance)]
        rows += made
        for audience in {True, False} - {row.is_public for row in made}:
            without[audience].append(object_uuid)
        if len(rows) >= _BATCH:
            total += len(rows)
            _flush(declared.kind, rows, without)
    total += len(rows)
    _flush(declared.kind, rows, without)
    return total


def _flush(kind: str, rows: list[SearchEntry], without: dict[bool, list[UUID]]) -> None:
    _write(rows)
    gone = Q(is_public=True, object_uuid__in=without[True]) | Q(is_public=False, object_uuid__in=without[False])
    SearchEntry.objects.filter(gone, kind=kind).delete()
    rows.clear()
    without[True].clear()
    without[False].clear()


def rebuild_all() -> dict[str, int]:
    """Rebuild every kind; entries of kinds that nobody declares any more go too."""
    SearchEntry.objects.exclude(kind__in=[declared.kind for declared in kinds()]).delete()
    return {declared.kind: rebuild(declared) for declared in kinds()}
