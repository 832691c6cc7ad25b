"""The way of a mortgage: what it waits for follows from what has happened."""

from collections.abc import Collection, Mapping
from datetime import date

#: What a mortgage waits for, in this order.
STAGES = (
    "documents",
    "appointment",
    "notary",
    "submission",
    "bank",
    "contract",
    "registration",
    "release",
    "papers",
)
#: After the last of them, and the ends before that.
DONE, REFUSED, CANCELLED = "done", "refused", "cancelled"
ENDED = (DONE, REFUSED, CANCELLED)
#: Stages that not every bank asks for.
OPTIONAL = ("appointment", "notary", "registration")
#: Stages in which it is the buyer's turn, so that only a time limit excuses him.
BUYERS_TURN = ("documents", "appointment")


def stage_of(
    facts: Mapping[str, date | None], start: date, skipped: Collection[str] = ()
) -> tuple[str, date]:
    """Return what a mortgage waits for and since when.

    :param facts: the day each stage was passed, by stage; ``refused`` and
        ``cancelled`` too
    :param start: the day the mortgage was taken up
    :param skipped: stages that its bank does not ask for

    A later fact does not pass an earlier stage over: money that comes before the
    registration is there, and the registration is still waited for. It waits since
    the last thing before it happened.
    """
    for end in (CANCELLED, REFUSED):
        if facts.get(end):
            return end, facts[end]
    since = start
    for stage in STAGES:
        if stage in skipped:
            continue
        day = facts.get(stage)
        if not day:
            return stage, since
        since = max(since, day)
    return DONE, since


def asked_for(
    type_kinds: Collection[str],
    type_situations: Collection[str],
    kind: str,
    situations: Collection[str],
) -> bool:
    """Tell whether a paper is asked for with a loan.

    :param type_kinds: kinds of loans the paper belongs to: commercial, fund
    :param type_situations: situations it is asked in: married, self_employed,
        foreigner; none: of every borrower
    :param kind: commercial, fund or combined, which is both
    :param situations: those of the borrower
    """
    kinds = {"commercial", "fund"} if kind == "combined" else {kind}
    if not kinds.intersection(type_kinds):
        return False
    return not type_situations or bool(set(type_situations) & set(situations))
