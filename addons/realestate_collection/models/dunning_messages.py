from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What :mod:`..tools.ladder` says, in the user's language; the keys are its reasons.
DUNNING_REASONS = {
    "no_ladder": _lt("No active ladder covers this contract."),
    "no_level": _lt("The ladder has no level for those who are late."),
    "paid_up": _lt("Nothing is open."),
    "ahead": _lt("Nothing is due until %(date)s."),
    "not_due": _lt("Nothing is overdue; the next item is due on %(date)s."),
    "not_billed": _lt("The item due on %(date)s is not invoiced yet."),
    "credit": _lt("Credit of the buyer covers what is due."),
    "reminded": _lt("Reminded on %(date)s already."),
    "too_early": _lt("%(days)s days late: “%(level)s” follows on %(date)s."),
    "below_minimum": _lt(
        "%(days)s days late, but less than %(minimum)s is overdue, the least for "
        "“%(level)s”."
    ),
    "waiting": _lt("“%(last)s” went out on %(sent)s: “%(level)s” follows on %(date)s."),
    "bank": _lt("The loan of %(bank)s is to pay it: %(loan)s of it is still to come."),
    "held": _lt("Held since %(since)s: %(why)s"),
    "held_until": _lt("Held from %(since)s until %(until)s: %(why)s"),
    "today": _lt("A notice of today is on record; there is one a day at most."),
    "in_queue": _lt("The notice of %(date)s waits to be sent."),
    "retry_later": _lt(
        "“%(level)s” could not be delivered on %(sent)s; next try on %(date)s."
    ),
    "finished": _lt("“%(last)s”, the last level, went out on %(sent)s."),
    "reminder": _lt("Due on %(date)s."),
    "first": _lt("%(days)s days late, no notice yet."),
    "next": _lt("%(days)s days late; “%(last)s” went out on %(sent)s."),
    "repeat": _lt("%(days)s days late; “%(last)s” of %(sent)s is repeated."),
    "retry": _lt("%(days)s days late; “%(level)s” could not be delivered on %(sent)s."),
    "inactive": _lt("The contract is no longer active."),
    "not_running": _lt("The contract was not running on that day."),
    "changed": _lt("Another level follows now: “%(level)s”."),
}

#: What :class:`..tools.ladder.LadderError` says, by its codes.
LADDER_MESSAGES = {
    "order": _lt(
        "Level “%(level)s” must come later than “%(previous)s”: %(days)s days is not "
        "more than %(previous_days)s."
    ),
    "repeat": _lt(
        "Level “%(level)s”: the days until it is repeated must be zero or more."
    ),
    "minimum": _lt("Level “%(level)s”: the least amount must be zero or more."),
}
