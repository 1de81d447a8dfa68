"""Freezing figures with the records behind them."""

import hashlib
from collections.abc import Iterable

from portal.indicators.models import IndicatorValue
from portal.indicators.registry import Figure, Scope
from portal.moment import now


def counted_files(figure: Figure) -> list[str]:
    """Public numbers of the files behind a figure, in a fixed order."""
    if figure.files is None:
        return []
    return sorted(str(key) for key in figure.files.values_list("public_id", flat=True))


def counted_records(figure: Figure) -> list[list[str]]:
    """Label and address of the other records behind a figure, in a fixed order."""
    return sorted([record.label, record.url] for record in figure.records)


def digest_of(files: list[str], records: list[list[str]]) -> str:
    """One digest for everything that was counted."""
    counted = files + ["\t".join(record) for record in records]
    return hashlib.sha256("\n".join(counted).encode()).hexdigest()


def snapshots(computed: Iterable[tuple[str, Scope, Figure]]) -> list[IndicatorValue]:
    """Keep figures just computed, in one statement: (code, scope, figure) of each, and the kept ones in that order.

    The counted files are kept by public number, other records by label, so the list can be shown later.
    """
    return IndicatorValue.objects.bulk_create([_frozen(*one) for one in computed])


def _frozen(code: str, scope: Scope, figure: Figure) -> IndicatorValue:
    files, records = counted_files(figure), counted_records(figure)
    return IndicatorValue(
        code=code,
        organisation=scope.organisation,
        period_start=scope.start,
        period_end=scope.end,
        value=figure.value,
        of=figure.of,
        counted=files,
        records=records,
        digest=digest_of(files, records),
        computed_at=now(),
    )


def still_holds(kept: IndicatorValue, figure: Figure) -> bool:
    """Whether a snapshot says what the records say: same value, same base, same records."""
    if (kept.value, kept.of) != (figure.value, figure.of):
        return False
    return kept.digest == digest_of(counted_files(figure), counted_records(figure))
