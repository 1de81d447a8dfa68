"""Pages by keyset: the deep page costs what the first one costs, and no row is shown twice while others are added."""

import base64
import json
from datetime import date, datetime
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Q

from portal.web.tables import Pager

MOST_COUNTED = 1000
SIZES = (25, 50, 100)


def _plain(value):
    return value.isoformat() if isinstance(value, date | datetime) else value


class KeysetPage:
    """One page of a queryset.

    :param order: ``(expression, descending)`` pairs that never are null and together are unique.
    :param sizes: rows a page may have; the first is the default.
    :param total: how many rows there are, where the page has counted them already.
    The query string carries ``after`` or ``before`` (opaque) and ``size``.
    :raises BadRequest: a cursor that this page did not make.
    """

    def __init__(self, queryset, request, order, sizes=SIZES, total: int | None = None):
        self.request = request
        self.names = [f"_key{index}" for index in range(len(order))]
        self.descending = [descending for _, descending in order]
        self.queryset = queryset.annotate(**dict(zip(self.names, (expression for expression, _ in order), strict=True)))
        size = request.GET.get("size", "")
        self.size = int(size) if size.isdigit() and int(size) in sizes else sizes[0]
        self.sizes = sizes
        self.total = queryset.order_by()[: MOST_COUNTED + 1].count() if total is None else total
        self.rows, self.has_previous, self.has_next = self._read()

    @property
    def count_text(self) -> str:
        return f"共 {MOST_COUNTED}+ 条" if self.total > MOST_COUNTED else f"共 {self.total} 条"

    def _cursor(self, row) -> str:
        text = json.dumps([_plain(getattr(row, name)) for name in self.names])
        return base64.urlsafe_b64encode(text.encode()).decode()

    def _beyond(self, cursor: str, backward: bool) -> Q:
        try:
            values = json.loads(base64.urlsafe_b64decode(cursor.encode()))
            if not isinstance(values, list) or len(values) != len(self.names):
                raise ValueError
            if not all(isinstance(value, str | int) for value in values):
                raise ValueError
        except ValueError as unreadable:
            raise BadRequest("unreadable page cursor") from unreadable
        beyond = Q(pk__in=[])
        equal = Q()
        for name, descending, value in zip(self.names, self.descending, values, strict=True):
            less = descending != backward
            beyond |= equal & Q(**{f"{name}__{'lt' if less else 'gt'}": value})
            equal &= Q(**{name: value})
        return beyond

    def _read(self):
        after, before = self.request.GET.get("after", ""), self.request.GET.get("before", "")
        backward = bool(before) and not after
        ordering = [
            f"{'-' if descending != backward else ''}{name}"
            for name, descending in zip(self.names, self.descending, strict=True)
        ]
        rows = self.queryset.order_by(*ordering)
        if after or before:
            rows = rows.filter(self._beyond(after or before, backward))
        try:
            rows = list(rows[: self.size + 1])
        except (ValueError, TypeError) as unreadable:
            raise BadRequest("unreadable page cursor") from unreadable
        more = len(rows) > self.size
        rows = rows[: self.size]
        if backward:
            return rows[::-1], more, True
        return rows, bool(after), more

    def _url(self, **changes) -> str:
        kept = [(key, value) for key, value in self.request.GET.items() if key not in ("after", "before", *changes)]
        return "?" + urlencode([*kept, *((key, value) for key, value in changes.items() if value)])

    @property
    def pager(self) -> Pager:
        shown = f"本页 {len(self.rows)} 条，{self.count_text}"
        return Pager(
            range_text=shown,
            first_url=self._url() if self.has_previous else "",
            previous_url=self._url(before=self._cursor(self.rows[0])) if self.has_previous and self.rows else "",
            next_url=self._url(after=self._cursor(self.rows[-1])) if self.has_next and self.rows else "",
            sizes=[{"size": size, "url": self._url(size=size), "current": size == self.size} for size in self.sizes],
        )
