"""Days, weeks and months, and when a schedule reports them.

Moments are naive and local: the caller knows the time zone. Weeks begin on Monday.
"""

import calendar
from datetime import date, datetime, time, timedelta

DAY, WEEK, MONTH = "day", "week", "month"
ONE_DAY = timedelta(days=1)
#: Sums with a day may not leave the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2199


def read_day(value: date | str | None) -> date | None:
    """Return the calendar day that a program has sent; nothing is no day.

    :param value: a day, a moment or text that begins as 2026-12-31
    :raises ValueError: for anything else, and for years that no contract has
    """
    if not value:
        return None
    if isinstance(value, str):
        value = datetime.strptime(value[:10], "%Y-%m-%d")
    if not isinstance(value, date):
        raise ValueError(value)
    day = value.date() if isinstance(value, datetime) else value
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(value)
    return day


def bounds(period: str, day: date) -> tuple[date, date]:
    """Return the first and last day of the period that ``day`` is in."""
    if period == DAY:
        return day, day
    if period == WEEK:
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    last = calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=1), day.replace(day=last)


def before(period: str, day: date) -> tuple[date, date]:
    """Return the last period that was over before ``day`` began."""
    first, _last = bounds(period, day)
    return bounds(period, first - ONE_DAY)


def since(
    period: str, reported: date, day: date, limit: int
) -> list[tuple[date, date]]:
    """Return the periods after ``reported`` that were over before ``day`` began, oldest
    first; the last ``limit`` of them if they are more.

    :param reported: last day of the last period that was reported
    """
    found = []
    first, last = before(period, day)
    while last > reported and len(found) < limit:
        found.append((first, last))
        first, last = bounds(period, first - ONE_DAY)
    return found[::-1]


def last_moment(
    period: str, now: datetime, hour: int, weekday: int = 0, month_day: int = 1
) -> datetime:
    """Return the latest moment not after ``now`` at which a schedule was due.

    :param hour: 0 to 23
    :param weekday: of a weekly schedule, 0 is Monday
    :param month_day: of a monthly one; the month's last day where it has fewer
    """
    moment = _moment_of(period, now.date(), hour, weekday, month_day)
    if moment > now:
        first, _last = bounds(period, now.date())
        moment = _moment_of(period, first - ONE_DAY, hour, weekday, month_day)
    return moment


def next_moment(
    period: str, now: datetime, hour: int, weekday: int = 0, month_day: int = 1
) -> datetime:
    """Return the first moment after ``now`` at which a schedule is due."""
    moment = _moment_of(period, now.date(), hour, weekday, month_day)
    if moment <= now:
        _first, last = bounds(period, now.date())
        moment = _moment_of(period, last + ONE_DAY, hour, weekday, month_day)
    return moment


def _moment_of(period, day, hour, weekday, month_day):
    """Return the moment of the schedule in the period of ``day``."""
    first, last = bounds(period, day)
    if period == WEEK:
        first += timedelta(days=weekday)
    elif period == MONTH:
        first = min(first + timedelta(days=month_day - 1), last)
    return datetime.combine(first, time(hour))
