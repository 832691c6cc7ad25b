"""What becomes of a notice whose message goes by several channels.

Written channels (e-mail, text message, letter) carry the notice. A call or a visit is a
task for the officer: it carries the notice once it is done, or, where a level has
nothing else, as soon as it is planned.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .ladder import FAILED, QUEUED, SENT

EMAIL = "email"
SMS = "sms"
LETTER = "letter"
CALL = "call"
VISIT = "visit"
CHANNELS = (EMAIL, SMS, LETTER, CALL, VISIT)
WRITTEN = frozenset({EMAIL, SMS, LETTER})

DELIVERED = "delivered"
CANCELLED = "cancelled"

#: When a level counts as delivered.
ANY = "any"
ALL = "all"


@dataclass(frozen=True)
class Part:
    """One delivery of a notice: its channel and its state."""

    channel: str
    state: str

    @property
    def is_written(self) -> bool:
        """Whether it carries the words of the notice itself."""
        return self.channel in WRITTEN


def fate(rule: str, parts: Iterable[Part]) -> str:
    """Return the state of a notice: queued, sent, failed or cancelled.

    :param rule: ``any``: one channel suffices; ``all``: every channel is needed
    :param parts: its deliveries; one that was called off is not asked for any more
    """
    everything = list(parts)
    wanted = [part for part in everything if part.state != CANCELLED]
    if not wanted:
        return CANCELLED if everything else SENT
    written = [part for part in wanted if part.is_written]
    given = [part for part in wanted if _is_given(part, bool(written))]
    asked = written or wanted
    if rule == ALL:
        return _fate_of_all(asked, given)
    if given:
        return SENT
    return QUEUED if any(part.state == QUEUED for part in asked) else FAILED


def _fate_of_all(asked, given) -> str:
    if any(part.state == FAILED for part in asked):
        return FAILED
    return SENT if all(part in given for part in asked) else QUEUED


def _is_given(part, beside_written) -> bool:
    """Whether the buyer has got it, as far as anybody knows."""
    if part.state == DELIVERED:
        return True
    return part.state == SENT and (part.is_written or not beside_written)
