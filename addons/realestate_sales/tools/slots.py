"""Appointments at a desk: which times are free, and how many stand at once.

All moments are naive UTC, as Odoo keeps them; only opening hours are by the wall clock
of the desk. A day on which the clocks change has an hour more or less of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class Opening:
    """Hours on one weekday.

    :param weekday: 0 is Monday
    :param start: minutes after midnight
    :param stop: minutes after midnight, at most 1440: midnight of the next day
    """

    weekday: int
    start: int
    stop: int


@dataclass(frozen=True)
class Span:
    """From ``start`` to just before ``stop``, in naive UTC."""

    start: datetime
    stop: datetime

    def meets(self, other: "Span") -> bool:
        """Whether both have a moment in common; one that ends when the other begins
        has none."""
        return self.start < other.stop and other.start < self.stop


@dataclass(frozen=True)
class Slot:
    """A time that may be offered, and how many more appointments fit into it."""

    start: datetime
    stop: datetime
    left: int


@dataclass(frozen=True)
class Desk:
    """Where contracts are signed.

    :param zone: name of the time zone, such as "Asia/Manila"
    :param minutes: length of an appointment
    :param capacity: appointments at the same time
    :param closed: days on which nobody is there
    """

    zone: str
    minutes: int
    capacity: int
    openings: tuple[Opening, ...] = ()
    closed: frozenset[date] = frozenset()


def open_spans(desk: Desk, first: date, last: date) -> Iterator[Span]:
    """Yield when the desk is open from ``first`` to ``last``, both days included."""
    zone = ZoneInfo(desk.zone)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day in desk.closed:
            continue
        hours = [one for one in desk.openings if one.weekday == day.weekday()]
        for opening in sorted(hours, key=lambda one: one.start):
            start = _to_utc(day, opening.start, zone, fold=0)
            stop = _to_utc(day, opening.stop, zone, fold=1)
            if start < stop:
                yield Span(start, stop)


def free_slots(
    desk: Desk,
    first: date,
    last: date,
    booked: Iterable[Span] = (),
    earliest: datetime | None = None,
) -> list[Slot]:
    """Return the times of the desk into which another appointment fits, in order.

    Slots follow each other from the opening on; a rest that is shorter than an
    appointment is left over. Booked appointments need not keep to the slots.

    :param booked: appointments that stand
    :param earliest: offer nothing that begins before
    """
    booked = sorted(booked, key=lambda span: span.start)
    length = timedelta(minutes=desk.minutes)
    slots = []
    for hours in open_spans(desk, first, last):
        start = hours.start
        while start + length <= hours.stop:
            span = Span(start, start + length)
            left = desk.capacity - peak(span, booked)
            if left > 0 and (earliest is None or start >= earliest):
                slots.append(Slot(span.start, span.stop, left))
            start = span.stop
    return slots


def peak(span: Span, booked: Iterable[Span]) -> int:
    """Return the most appointments of ``booked`` that stand at one moment of ``span``.

    Two that follow each other within it count once: a chair is enough for both.
    """
    inside = [other for other in booked if span.meets(other)]
    moments = [max(span.start, other.start) for other in inside]
    return max(
        (
            sum(other.start <= moment < other.stop for other in inside)
            for moment in moments
        ),
        default=0,
    )


def is_open(desk: Desk, span: Span) -> bool:
    """Whether the desk is open during the whole of ``span``."""
    day = local_day(span.start, desk.zone)
    # Hours until midnight and hours from midnight on are one stretch.
    covered = span.start
    for hours in open_spans(desk, day, day + timedelta(days=1)):
        if hours.start <= covered < hours.stop:
            covered = hours.stop
    return covered >= span.stop


def local_day(moment: datetime, zone: str) -> date:
    """Return the calendar day of a moment by the clock of ``zone``."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()


def day_span(day: date, zone: str) -> Span:
    """Return the day from midnight to midnight by the clock of ``zone``."""
    info = ZoneInfo(zone)
    return Span(
        _to_utc(day, 0, info, fold=0), _to_utc(day, MINUTES_A_DAY, info, fold=0)
    )


def remind_from(start: datetime, zone: str, hour: int = 9) -> datetime:
    """Return when to remind of an appointment: at ``hour`` of the day before, by the
    clock of ``zone``."""
    day = local_day(start, zone) - timedelta(days=1)
    return _to_utc(day, hour * 60, ZoneInfo(zone), fold=0)


def overlaps(openings: Sequence[Opening]) -> bool:
    """Whether two stretches of hours on one weekday have a minute in common."""
    ordered = sorted(openings, key=lambda one: (one.weekday, one.start))
    return any(
        one.weekday == other.weekday and other.start < one.stop
        for one, other in zip(ordered, ordered[1:], strict=False)
    )


def _to_utc(day: date, minutes: int, zone: ZoneInfo, fold: int) -> datetime:
    """Return the moment at which the wall clock shows ``minutes`` after midnight.

    :param fold: which one, where the clock shows it twice; a time it skips is taken by
        the clock of before
    """
    days, minutes = divmod(minutes, MINUTES_A_DAY)
    wall = datetime.combine(
        day + timedelta(days=days), time(minutes // 60, minutes % 60, fold=fold), zone
    )
    if wall.astimezone(UTC).astimezone(zone).replace(fold=0) != wall.replace(fold=0):
        wall = wall.replace(fold=0)
    return wall.astimezone(UTC).replace(tzinfo=None)
