"""The bare arithmetic of periods (民法典 arts. 200-204), without rolling and without stops."""

import calendar as month_lengths
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The corresponding day of another month, or its last day when there is none (民法典 art. 202)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(day.day, month_lengths.monthrange(year, month)[1]))


def last_day_of_validity(effective_on: date, years: int) -> date:
    """The day to print as end of a validity of so many years.

    The day before the anniversary; where the anniversary does not exist (29 February) the month's end.
    """
    anniversary = add_months(effective_on, 12 * years)
    return anniversary - ONE_DAY if anniversary.day == effective_on.day else anniversary
