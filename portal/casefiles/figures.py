"""Figures counted in case files: how many there are, or what share of them got there, and the files themselves."""

from collections.abc import Collection
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet

from portal.casefiles.models import CaseFile
from portal.indicators.registry import Figure, percentage


class _IsOneOf(Func):
    """``key = ANY(ARRAY(SELECT …))``: PostgreSQL reads the keys first, once, and then looks the files up.

    With ``IN (SELECT …)`` it may unfold the query of the keys, with its own conditions on files and
    organisations, into one join of eight tables. On tables whose statistics lag behind (a year just imported)
    it then took a second for each figure.
    """

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def among(keys: QuerySet, by: str = "pk") -> _IsOneOf:
    """A condition: the row's ``by`` is among these keys (a query of one column), which are read first."""
    return _IsOneOf(F(by), ArraySubquery(keys.order_by()))


def files_behind(keys: QuerySet | Collection[int]) -> QuerySet[CaseFile]:
    """The files with these keys: a query of one column, or the keys themselves."""
    if isinstance(keys, QuerySet):
        return CaseFile.objects.filter(among(keys))
    return CaseFile.objects.filter(pk__in=keys)


def counted(found: QuerySet, by: str = "pk") -> Figure:
    """How many rows of ``found`` there are. :param by: where a row has the key of its file."""
    number = found.count()
    return Figure(Decimal(number), files=files_behind(found.values(by) if number else ()))


def share(base: QuerySet, reached: QuerySet, by: str = "pk") -> Figure:
    """What percentage of ``base`` is in ``reached``; the rest is what falls short.

    :param by: where a row of ``base`` has the key of its file.
    """
    whole = base.count()
    if not whole:
        return Figure(percentage(0, 0), of=Decimal(0), files=files_behind(()), short=files_behind(()))
    return Figure(
        percentage(reached.count(), whole), of=Decimal(whole), files=files_behind(base.values(by)),
        short=files_behind(base.exclude(among(reached.values("pk"))).values(by)),
    )  # fmt: skip
