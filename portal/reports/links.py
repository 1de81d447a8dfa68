"""A figure on a page, always with the way to the records behind it."""

from decimal import Decimal

from django.urls import reverse

from portal.indicators.registry import Unit, indicators
from portal.reports.outline import number_text


def figure_url(organisation, year: int, code: str, shown: str = "") -> str:
    """The page of one figure; ``shown`` chooses which of its lists."""
    address = reverse("reports:figure", args=[organisation.code, year, code])
    return f"{address}?shown={shown}" if shown else address


def figure_line(organisation, year: int, code: str, kept) -> dict:
    """A kept figure as pages draw it: {code, label, value, unit, of, url, basis, is_low}."""
    known = indicators[code]
    return {
        "code": code,
        "label": known.label,
        "value": number_text(kept.value),
        "unit": known.unit.value if kept.value is not None else "",
        "of": number_text(kept.of) if kept.of is not None else "",
        "url": figure_url(organisation, year, code),
        "basis": known.basis,
        "is_low": known.unit == Unit.PERCENT and kept.value is not None and kept.value < Decimal(100),
    }
