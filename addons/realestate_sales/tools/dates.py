"""Calendar months: a plan of 60 months ends on the day it began."""

from calendar import monthrange
from datetime import date


def add_months(start: date, months: int) -> date:
    """Return the same day ``months`` later, or that month's last day.

    A series is counted from its first day, never from its last result:
    31 January + 1 is 28 February and 31 January + 2 is 31 March.

    :raises ValueError: when the result is outside the years 1 to 9999
    """
    year, month_index = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"{months} months from {start} is outside the calendar.")
    month = month_index + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def end_of_month(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1])
