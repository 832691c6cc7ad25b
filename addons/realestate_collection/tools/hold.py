"""What keeps a buyer from being dunned for a while, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Hold:
    """A time in which nothing is sent to those who are late.

    ``until``: the last day of it; None: no end is set. ``with_reminders``: nothing is
    sent before the due day either.
    """

    kind: str
    since: date
    until: date | None
    why: str
    with_reminders: bool = False

    def covers(self, day: date) -> bool:
        """Whether ``day`` is one of its days."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def params(self) -> dict[str, object]:
        """What a decision says of it; an end only where one is set."""
        said = {"kind": self.kind, "since": self.since, "why": self.why}
        return said | ({"until": self.until} if self.until else {})


def get_holding(holds: Iterable[Hold], day: date) -> Hold | None:
    """Return the hold that is named for ``day``: the one that lasts longest, of equal
    ones the earliest; None where there is none."""
    covering = [hold for hold in holds if hold.covers(day)]
    return min(covering, key=_longest_first, default=None)


def holds_reminders(holds: Iterable[Hold], day: date) -> bool:
    """Whether any hold of ``day`` holds reminders too."""
    return any(hold.with_reminders for hold in holds if hold.covers(day))


def _longest_first(hold):
    return -(hold.until or date.max).toordinal(), hold.since
