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


def files_behind(keys: QuerySet | Collection[int]) -> QuerySet[CaseFile]:
    """The files with these keys: a query of one column, or the keys themselves."""
    if isinstance(keys, QuerySet):
        return CaseFile.objects.filter(_IsOneOf(F("pk"), ArraySubquery(keys.order_by())))
    return CaseFile.objects.filter(pk__in=keys)


def counted(found: QuerySet, by: str = "pk") -> Figure:
    """How many rows of ``found`` there are. :param by: where a row has the key of its file."""
    return Figure(Decimal(found.count()), files=files_behind(found.values(by)))


def share(base: QuerySet, reached: QuerySet, by: str = "pk") -> Figure:
    """What percentage of ``base`` is in ``reached``; the rest is what falls short.

    :param by: where a row of ``base`` has the key of its file.
    """
    whole = base.count()
    return Figure(
        percentage(reached.count() if whole else 0, whole), of=Decimal(whole), files=files_behind(base.values(by)),
        short=files_behind(base.exclude(pk__in=reached.values("pk")).values(by)),
    )  # fmt: skip
