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


def digest_of(counted: list[str]) -> str:
    """One digest for a list of counted files."""
    return hashlib.sha256("\n".join(counted).encode()).hexdigest()


def snapshot(code: str, scope: Scope, figure: Figure | None = None) -> IndicatorValue:
    """Keep one figure, computed now unless it was just computed.

    The counted files are kept by public number, so the list can be shown later.
    """
    figure = figure if figure is not None else indicators[code].compute(scope)
    counted = counted_files(figure)
    return IndicatorValue.objects.create(
        code=code,
        organisation=scope.organisation,
        period_start=scope.start,
        period_end=scope.end,
        value=figure.value,
        of=figure.of,
        counted=counted,
        digest=digest_of(counted),
        computed_at=now(),
    )


def still_holds(kept: IndicatorValue, figure: Figure) -> bool:
    """Whether a snapshot says what the records say: same value, same base, same files."""
    return (kept.value, kept.of, kept.digest) == (figure.value, figure.of, digest_of(counted_files(figure)))
