"""A day in an address: 2026-03-01."""

from datetime import date


class DayConverter:
    """Of ISO days; what is no day of the calendar is no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """:raises ValueError: no such day; the address is not found."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()
