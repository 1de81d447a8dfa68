"""Freezing a figure with the records behind it."""

import hashlib

from portal.indicators.models import IndicatorValue
from portal.indicators.registry import Figure, Scope, indicators
from portal.moment import now


def counted_files(figure: Figure) -> list[str]:
    """Public numbers of the files behind a figure, in a fixed order."""
    if figure.files is None:
        return []
    return sorted(str(key) for key in figure.files.values_list("public_id", flat=True))


def counted_records(figure: Figure) -> list[list[str]]:
    """Label and address of the other records behind a figure, in a fixed order."""
    return sorted([record.label, record.url] for record in figure.records)


def digest_of(figure: Figure) -> str:
    """One digest for everything that was counted."""
    counted = counted_files(figure) + ["\t".join(record) for record in counted_records(figure)]
    return hashlib.sha256("\n".join(counted).encode()).hexdigest()


def snapshot(code: str, scope: Scope, figure: Figure | None = None) -> IndicatorValue:
    """Keep one figure, computed now unless it was just computed.

    The counted files are kept by public number, other records by label, so the list can be shown later.
    """
    figure = figure if figure is not None else indicators[code].compute(scope)
    return IndicatorValue.objects.create(
        code=code,
        organisation=scope.organisation,
        period_start=scope.start,
        period_end=scope.end,
        value=figure.value,
        of=figure.of,
        counted=counted_files(figure),
        records=counted_records(figure),
        digest=digest_of(figure),
        computed_at=now(),
    )


def still_holds(kept: IndicatorValue, figure: Figure) -> bool:
    """Whether a snapshot says what the records say: same value, same base, same records."""
    return (kept.value, kept.of, kept.digest) == (figure.value, figure.of, digest_of(figure))
