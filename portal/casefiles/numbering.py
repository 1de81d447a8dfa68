"""Numbers without gap or double, per organisation, series and year: given, kept back, voided, and listed."""

import string
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from portal.casefiles.models import NumberSequence, ReservedNumber, VoidedNumber
from portal.moment import today

# One statement makes the row, locks it and counts on; the ORM has no words for "one more than what is there".
_NEXT = """
    INSERT INTO casefiles_numbersequence AS sequence (organisation_id, series, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (organisation_id, series, year) DO UPDATE SET last = sequence.last + 1 RETURNING last
"""


def allocate(organisation, series: str, year: int) -> int:
    """The next number of the series in that year, starting from 1.

    Must run inside the transaction that uses the number: the row stays locked until that commits, so a
    rolled back act gives its number back and leaves no gap.

    :raises django.db.transaction.TransactionManagementError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number is allocated inside the transaction that uses it")
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [organisation.pk, series, year])
        return cursor.fetchone()[0]


def reserve(organisation, series: str, year: int, *, reason: str, by) -> ReservedNumber:
    """Keep the next number back for a paper still to come (预留), and why."""
    with transaction.atomic():
        return ReservedNumber.objects.create(
            organisation=organisation,
            series=series,
            year=year,
            number=allocate(organisation, series, year),
            reason=reason,
            reserved_by=by,
            reserved_on=today(),
        )


def take_reserved(reserved: ReservedNumber, file) -> int:
    """Use a number that was kept back, for this file. Must run inside the transaction that uses it.

    :raises ValueError: somebody was faster, with a Chinese message.
    """
    if not ReservedNumber.objects.filter(pk=reserved.pk, used_by__isnull=True, voided__isnull=True).update(
        used_by=file.pk
    ):
        raise ValueError("这个预留编号刚刚已被使用或者作废。")
    return reserved.number


def void(organisation, series: str, year: int, number: int, reason: str, by) -> VoidedNumber:
    """Record that an allocated number will never be used (作废), and why."""
    return VoidedNumber.objects.create(
        organisation=organisation, series=series, year=year, number=number, reason=reason, voided_by=by
    )


def void_reserved(reserved: ReservedNumber, reason: str, by) -> VoidedNumber:
    """Give up a number that was kept back. :raises ValueError: it is used or given up already."""
    with transaction.atomic():
        locked = ReservedNumber.objects.select_for_update().get(pk=reserved.pk)
        if not locked.is_free:
            raise ValueError("这个预留编号刚刚已被使用或者作废。")
        locked.voided = void(locked.organisation, locked.series, locked.year, locked.number, reason, by)
        locked.save(update_fields=["voided"])
        return locked.voided


def document_number(mark: str, year: int, number: int, pattern: str = "{mark}〔{year}〕{n}号") -> str:
    """机关代字〔年份〕N号: hexagonal brackets, full year, no zero padding, no 第 (GB/T 9704-2012 7.2.5).

    :param pattern: the region's own form, with ``{mark}``, ``{year}`` and ``{n}``.
    """
    return pattern.format(mark=mark, year=year, n=number)


def checked_pattern(text: str) -> str:
    """A number's form as an officer typed it. :raises ValueError: with what is wrong, in Chinese."""
    try:
        fields = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as broken:
        raise ValueError("花括号不成对。") from broken
    if unknown := fields - {"mark", "year", "n"}:
        raise ValueError(f"不认识的部分：{'、'.join(sorted(unknown))}；只能用 {{mark}}、{{year}}、{{n}}。")
    if missing := [f"{{{name}}}" for name in ("year", "n") if name not in fields]:
        raise ValueError(f"缺少 {'、'.join(missing)}，编号会重复。")
    return text


@dataclass(frozen=True)
class Series:
    """A series of numbers that people see: its label, its printed form, and which files carry which number.

    ``printed(organisation, year, number)`` gives the whole number; ``files(organisation, year)`` maps each used
    serial to (file, number as printed then); ``authority`` is who may keep back and void, in a town or (``of_county``)
    in the county.
    """

    code: str
    label: str
    authority: str
    printed: Callable[[Any, int, int], str]
    files: Callable[[Any, int], dict]
    of_county: bool = False


series_shown: dict[str, Series] = {}


def show_series(series: Series) -> Series:
    """Declare a series for the register of numbers."""
    series_shown[series.code] = series
    return series


def numbers_of(series: Series, organisation, year: int) -> list[dict]:
    """Every number of the year from the first to the last: used, kept back, voided, or (an error) missing."""
    sequence = NumberSequence.objects.filter(organisation=organisation, series=series.code, year=year).first()
    wanted = {"organisation": organisation, "series": series.code, "year": year}
    voided = {row.number: row for row in VoidedNumber.objects.filter(**wanted).select_related("voided_by")}
    kept = {row.number: row for row in ReservedNumber.objects.filter(**wanted).select_related("reserved_by", "used_by")}
    files = series.files(organisation, year)
    rows = []
    for number in range(1, (sequence.last if sequence else 0) + 1):
        file, printed = files.get(number) or (None, series.printed(organisation, year, number))
        reserved = kept.get(number)
        if file is not None:
            state = "used"
        elif number in voided:
            state = "voided"
        elif reserved is not None and reserved.is_free:
            state = "reserved"
        else:
            state = "missing"
        rows.append(
            {
                "number": number, "printed": printed, "state": state, "file": file, "reserved": reserved,
                "voided": voided.get(number),
            }
        )  # fmt: skip
    return rows
