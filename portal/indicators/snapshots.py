"""Freezing a figure with the records behind it."""

import hashlib

from portal.indicators.models import IndicatorValue
from portal.indicators.registry import Scope, indicators
from portal.moment import now


def snapshot(code: str, scope: Scope) -> IndicatorValue:
    """Compute and keep one figure. The counted files are kept by public number, so the list can be shown later."""
    figure = indicators[code].compute(scope)
    counted = [str(key) for key in figure.files.values_list("public_id", flat=True)] if figure.files is not None else []
    counted.sort()
    return IndicatorValue.objects.create(
        code=code,
        organisation=scope.organisation,
        period_start=scope.start,
        period_end=scope.end,
        value=figure.value,
        of=figure.of,
        counted=counted,
        digest=hashlib.sha256("\n".join(counted).encode()).hexdigest(),
        computed_at=now(),
    )
