"""Who has to approve what: tiers by amount and percentage, and what was approved."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Tier:
    """One step of an approval.

    :param key: whatever names the tier to the caller
    :param sequence: steps are decided in this order
    :param amount_from: asked from this amount on, in the company's currency; 0: always
    :param percent_from: asked from this percentage on (discount, deviation); 0: always
    """

    key: Any
    sequence: int = 10
    amount_from: Decimal = Decimal(0)
    percent_from: Decimal = Decimal(0)

    def applies(self, amount: Decimal, percent: Decimal) -> bool:
        """Whether something of this amount and percentage needs this step."""
        return amount >= self.amount_from and percent >= self.percent_from


def choose_tiers(
    tiers: Iterable[Tier], amount: Decimal, percent: Decimal
) -> list[Tier]:
    """Return the steps something needs, in their order.

    Both limits of a tier count: it is asked only when both are reached.
    """
    return sorted(
        (tier for tier in tiers if tier.applies(amount, percent)),
        key=lambda tier: tier.sequence,
    )


@dataclass(frozen=True)
class SummaryRow:
    """One line of what is approved, for the eye.

    :param key: the same thing has the same key each time it is asked for
    :param label: what it is
    :param text: its value; empty: it is not there any more
    :param before: its value when it was asked for before; None: as it is now
    """

    key: str
    label: str
    text: str
    before: str | None = None


def compare_summaries(
    now: Iterable[SummaryRow], before: Iterable[SummaryRow]
) -> list[SummaryRow]:
    """Return the rows of ``now`` with what they were before, and then what is gone.

    Without rows before, nothing counts as changed.
    """
    now, earlier = list(now), {row.key: row for row in before}
    if not earlier:
        return now
    rows = []
    for row in now:
        old = earlier.pop(row.key, None)
        old_text = old.text if old else ""
        changed = old_text != row.text
        rows.append(replace(row, before=old_text if changed else None))
    gone = [replace(row, text="", before=row.text) for row in earlier.values()]
    return rows + gone


def deviation(pairs: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """Return the biggest change of a price, up or down, in percent of what it was.

    :param pairs: price before, price after; what had no price before does not count
    """
    return max(
        (abs(after - before) / before * 100 for before, after in pairs if before > 0),
        default=Decimal(0),
    )


def fingerprint(facts: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what is approved, in hexadecimal.

    The same facts give the same text whatever the order of their names; numbers that
    are equal are the same (1, 1.0 and Decimal("1.00")). Lists keep their order.

    :raises TypeError: for values that have no stable text, such as sets or records
    """
    text = json.dumps(_plain(facts), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value):
    """Name the kind of each value, so that a text is never taken for a number."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return ["text", value]
    if isinstance(value, int | float | Decimal):
        # Adding 0 makes a negative zero a plain one.
        return ["number", f"{Decimal(str(value)).normalize() + 0:f}"]
    if isinstance(value, date | datetime):
        return ["date", value.isoformat()]
    if isinstance(value, Mapping):
        return ["facts", {str(name): _plain(item) for name, item in value.items()}]
    if isinstance(value, list | tuple):
        return ["list", [_plain(item) for item in value]]
    raise TypeError(f"{type(value).__name__} has no stable text")
