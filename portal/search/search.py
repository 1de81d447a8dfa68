"""Search the index: scope first, then rank a bounded set, then show one page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import BooleanField, Case, CharField, F, Func, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse

from portal.casefiles.models import CaseFile
from portal.moment import today
from portal.publishing.effect import Effect, effect_of, effect_q
from portal.search.cursor import Place
from portal.search.facets import Cell, Facet, Filters, facets_of, passes
from portal.search.marking import Segments, mark, pattern, snippet
from portal.search.models import SearchEntry
from portal.search.query import Query, parse
from portal.search.registry import label_of
from portal.search.sound import nearest, sound_tsquery

PER_PAGE = 20

RANKED_AT_MOST = 1000
"""Hits that are ranked, the newest; ranking costs time for every hit, so it is bounded."""

_TITLES_COMPARED = 100
_SNIPPET_SOURCE = 30_000  # characters of the body in which a hit is looked for

_WEIGHTS = "{0.05, 0.15, 0.4, 1.0}"  # D, C, B, A


class _Matches(Func):
    """`vector @@ literal::tsquery`: the literal is a parameter and holds cut terms only."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()
    conditional = True


@dataclass(frozen=True)
class Result:
    """One hit, ready for a page."""

    kind: str
    title: Segments
    number: Segments
    snippet: Segments
    kind_label: str
    organisation: str
    published_on: date
    effect: Effect | None
    url: str

    @property
    def plain_title(self) -> str:
        return "".join(text for text, _ in self.title)

    @property
    def is_dead(self) -> bool:
        """Whether it can no longer be relied on."""
        return self.effect is not None and self.effect.is_dead


@dataclass(frozen=True)
class Page:
    """One page of results and what stands beside it."""

    query: Query
    results: tuple[Result, ...] = ()
    total: int = 0
    total_before_filters: int = 0
    facets: tuple[Facet, ...] = ()
    next_cursor: str = ""
    suggestions: tuple[str, ...] = ()

    @property
    def total_text(self) -> str:
        return f"{RANKED_AT_MOST}+" if self.total > RANKED_AT_MOST else str(self.total)

    @property
    def is_cut_off(self) -> bool:
        """Whether there are hits beyond the ranked ones."""
        return self.total > RANKED_AT_MOST


def search(
    text: str,
    *,
    person=None,
    public: bool = False,
    filters: Filters | None = None,
    cursor: str = "",
    newest_first: bool = False,
    per_page: int = PER_PAGE,
) -> Page:
    """Find what one audience may see.

    :param person: search the inside entries of the files this person may see.
    :param public: search the public entries; needs no person.
    :param cursor: `next_cursor` of the page before.
    :param newest_first: by date instead of by relevance.
    :raises ValueError: neither or both of `person` and `public`: an audience is always named.
    """
    if public == (person is not None):
        raise ValueError("search for a person or for the public, exactly one of them")
    query = parse(text)
    if not query:
        return Page(query)
    filters = filters or Filters()
    entries = public_entries() if public else _inside(person)
    with _by_index_only():
        cells, places = _ask(entries, query, filters, Place.read(cursor) if cursor else None, newest_first, per_page)
        total_before_filters = sum(cell.count for cell in cells)
        found = _results([place.pk for place in places[:per_page]], query)
        suggestions = () if total_before_filters else _suggestions(entries, query)
    return Page(
        query=query,
        results=found,
        total=sum(cell.count for cell in cells if passes(cell, filters)),
        total_before_filters=total_before_filters,
        facets=facets_of(cells, filters),
        next_cursor=places[per_page - 1].write() if len(places) > per_page else "",
        suggestions=suggestions,
    )


def public_entries() -> QuerySet:
    """Return the entries anyone may find.

    COALESCE says nothing new of a column that is never null. It keeps the planner off the identity's index, which it
    would walk from end to end for the public rows, testing each, instead of asking the index of terms.
    """
    return SearchEntry.objects.filter(Coalesce(F("is_public"), Value(False), output_field=BooleanField()))


def _inside(person) -> QuerySet:
    return SearchEntry.objects.filter(is_public=False, file__in=CaseFile.objects.visible_to(person).values("pk"))


@contextmanager
def _by_index_only() -> Iterator[None]:
    """Keep the planner from reading the whole table.

    For a frequent word it reckons a sequential scan cheaper, because it leaves out that each row's large vector has
    to be fetched and unpacked. Compiling the query would cost more than running it.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")
        yield
        # The transaction may be the caller's and go on.
        cursor.execute("SELECT set_config('enable_seqscan', 'on', true)")


_COLUMNS = ("id", "published_on", "kind", "organisation_id", "year", "effect")

# `hits` reads one table and is materialised: with a join or a LIMIT in sight the planner would walk an index by unit or
# by date and test row after row. OFFSET 0 makes it fetch the ranked rows one by one, by key.
_STATEMENT = """
WITH hits (id, published_on, kind, organisation_id, year, effect) AS MATERIALIZED ({hits}),
cells AS (
    SELECT kind, organisation_id, year, effect, count(*) AS count FROM hits GROUP BY kind, organisation_id, year, effect
),
candidates AS (
    SELECT id FROM hits
    WHERE (%s = '' OR kind = %s) AND (%s = '' OR year::text = %s) AND (%s = '' OR effect = %s)
      AND (%s = '' OR organisation_id = (SELECT id FROM organisations_organisation WHERE code = %s))
    ORDER BY published_on DESC, id DESC LIMIT %s
),
ranked AS (
    SELECT entry.id, entry.published_on, {tier} AS tier, {rank} AS rank
    FROM candidates CROSS JOIN LATERAL (
        SELECT id, published_on, ranking FROM search_searchentry WHERE id = candidates.id OFFSET 0
    ) entry
),
page AS (
    SELECT tier, rank, published_on, id FROM ranked
    WHERE {after}
    ORDER BY tier DESC, rank DESC, published_on DESC, id DESC LIMIT %s
)
SELECT (SELECT json_agg(json_build_array(cells.kind, unit.code, unit.short_name, year, effect, count))
        FROM cells LEFT JOIN organisations_organisation unit ON unit.id = cells.organisation_id),
       (SELECT json_agg(json_build_array(tier, rank::text, published_on, id)
                        ORDER BY tier DESC, rank DESC, published_on DESC, id DESC) FROM page)
"""
_TIER = """CASE WHEN entry.ranking @@ %s::tsquery THEN 2 WHEN entry.ranking @@ %s::tsquery THEN 1 ELSE 0 END"""
_RANK = "round(ts_rank(%s::float4[], entry.ranking, %s::tsquery)::numeric, 6)"
_AFTER = "(tier, rank, published_on, id) < (%s, %s, %s, %s)"


def statement(
    entries: QuerySet, query: Query, filters: Filters, after: Place | None, newest_first: bool, per_page: int
) -> tuple[str, list]:
    """Return the one SQL statement of a search and its parameters.

    A document asked for by its own number comes first, then those with every word in the title, then the rest; within
    each by rank. Of more than `RANKED_AT_MOST` hits the newest are ranked.
    """
    matching = entries.filter(_Matches(F("vector"), Value(query.tsquery)))
    hits, parameters = (
        matching.annotate(effect=_effect_expression(today())).values_list(*_COLUMNS).order_by().query.sql_with_params()
    )
    parameters = list(parameters)
    for value in (filters.kind, filters.year, filters.effect, filters.organisation):
        parameters += [value, value]
    parameters.append(RANKED_AT_MOST)
    if not newest_first:
        parameters += [query.number_tsquery, query.title_tsquery, _WEIGHTS, query.tsquery]
    if after is not None:
        parameters += [after.tier, after.rank, after.published_on, after.pk]
    parameters.append(per_page + 1)
    sql = _STATEMENT.format(
        hits=hits,
        tier="0" if newest_first else _TIER,
        rank="0::numeric" if newest_first else _RANK,
        after="true" if after is None else _AFTER,
    )
    return sql, parameters


def _effect_expression(day: date) -> Case:
    """The state of validity on that day, for the database; "" for what has none."""
    states = [When(effect_q(state, day), then=Value(state.value)) for state in Effect]
    return Case(*states, default=Value(""), output_field=CharField())


def _ask(
    entries: QuerySet, query: Query, filters: Filters, after: Place | None, newest_first: bool, per_page: int
) -> tuple[list[Cell], list[Place]]:
    try:
        sql, parameters = statement(entries, query, filters, after, newest_first, per_page)
    except EmptyResultSet:
        # The person may see no file at all: there is nothing to ask.
        return [], []
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cells, page = (_decoded(value) for value in cursor.fetchone())
    return (
        [
            Cell(kind, code or "", name or "", str(year), effect, count)
            for kind, code, name, year, effect, count in cells
        ],
        [Place(tier, Decimal(rank), date.fromisoformat(day), pk) for tier, rank, day, pk in page],
    )


def _decoded(value) -> list:
    """Return a JSON column as a list; the driver may or may not have decoded it, and no rows give NULL."""
    return (json.loads(value) if isinstance(value, str) else value) or []


def _results(keys: list[int], query: Query) -> tuple[Result, ...]:
    if not keys:
        return ()
    found = SearchEntry.objects.select_related("organisation").defer("vector", "ranking").in_bulk(keys)
    wanted = pattern(query.needles)
    return tuple(_result(found[key], wanted) for key in keys if key in found)


def _result(entry: SearchEntry, wanted) -> Result:
    return Result(
        kind=entry.kind,
        title=mark(entry.title, wanted),
        number=mark(entry.number, wanted),
        snippet=snippet(entry.body[:_SNIPPET_SOURCE], wanted),
        kind_label=label_of(entry.kind),
        organisation=entry.organisation.name if entry.organisation else "",
        published_on=entry.published_on,
        effect=effect_of(entry, today()),
        url=_address(entry),
    )


def _address(entry: SearchEntry) -> str:
    """Return the page of a hit; "" while an entry outlives a renamed page, until the index is built anew."""
    try:
        return reverse(entry.url_name, args=entry.url_args)
    except NoReverseMatch:
        return ""


def _suggestions(entries: QuerySet, query: Query) -> tuple[str, ...]:
    sounds = sound_tsquery(query.text)
    if not sounds:
        return ()
    alike = entries.filter(_Matches(F("vector"), Value(sounds))).values_list("title", flat=True)
    return tuple(nearest(query.text, list(alike.distinct().order_by()[:_TITLES_COMPARED])))
