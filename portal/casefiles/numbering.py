"""Numbers without gap or double, per organisation, series and year."""

from django.db import IntegrityError, transaction
from django.db.models import F

from portal.casefiles.models import NumberSequence, VoidedNumber


def allocate(organisation, series: str, year: int) -> int:
    """The next number of the series in that year, starting from 1.

    Must run inside the transaction that uses the number: the row stays locked until that commits, so a
    rolled back act gives its number back and leaves no gap.

    :raises django.db.transaction.TransactionManagementError: outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a number is allocated inside the transaction that uses it")
    while True:
        row = (
            NumberSequence.objects.select_for_update()
            .filter(organisation=organisation, series=series, year=year)
            .first()
        )
        if row is not None:
            break
        try:
            with transaction.atomic():
                NumberSequence.objects.create(organisation=organisation, series=series, year=year)
        except IntegrityError:
            continue
    NumberSequence.objects.filter(pk=row.pk).update(last=F("last") + 1)
    return row.last + 1


def void(organisation, series: str, year: int, number: int, reason: str, by) -> VoidedNumber:
    """Record that an allocated number will never be used (作废), and why."""
    return VoidedNumber.objects.create(
        organisation=organisation, series=series, year=year, number=number, reason=reason, voided_by=by
    )


def document_number(mark: str, year: int, number: int) -> str:
    """机关代字〔年份〕N号: hexagonal brackets, full year, no zero padding, no 第 (GB/T 9704-2012 7.2.5)."""
    return f"{mark}〔{year}〕{number}号"
