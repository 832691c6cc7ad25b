"""When somebody is reminded of what they have to do: once a day of their own clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

#: Nobody is reminded before this hour of their day.
MORNING = 8


def local_day(now: datetime, timezone: str | None) -> date:
    """Return the calendar day of ``now`` (UTC, naive) where the clock is ``timezone``.

    :param timezone: IANA name; empty: UTC
    """
    return _local(now, timezone).date()


def reminder_day(
    now: datetime, timezone: str | None, deadline: date, last: date | None
) -> date | None:
    """Return the day of a reminder that is to be sent now; None: not now.

    Reminders start on the day of the deadline, in the morning, and go on once a day
    until the thing is done; a run that was missed is made up for later that day.

    :param now: UTC, naive
    :param timezone: IANA name of who is reminded; empty: UTC
    :param last: the day of the last reminder
    """
    local = _local(now, timezone)
    day = local.date()
    if day < deadline or local.hour < MORNING or (last and last >= day):
        return None
    return day


def _local(now, timezone):
    return now.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone or "UTC"))
