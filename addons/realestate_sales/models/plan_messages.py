from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What :mod:`..tools.plan` says, in the user's language; the keys are its error codes.
PLAN_MESSAGES = {
    "amount_precision": _lt(
        "Line %(name)s: %(value)s is finer than the smallest unit of the currency, "
        "%(quantum)s. Round it."
    ),
    "amount_type_unknown": _lt(
        "Line %(name)s: the amount type %(value)s is unknown. Use percent, amount "
        "or balance."
    ),
    "count_invalid": _lt(
        "Line %(name)s: the number of parts must be 1 to %(maximum)s, not %(value)s."
    ),
    "date_missing": _lt("Line %(name)s: a line due on a date needs that date."),
    "date_out_of_range": _lt(
        "Line %(name)s: its dates run past the end of the calendar. Shorten the "
        "series or its offset."
    ),
    "exceeds_price": _lt(
        "The lines come to %(total)s, more than the price %(price)s. Lower one of them."
    ),
    "day_count_unknown": _lt(
        "Line %(name)s: the day count %(value)s is unknown. Use month, act/365, "
        "act/360 or 30/360."
    ),
    "fee_exceeds_price": _lt(
        "The reservation fee %(fee)s is more than the price %(price)s. Lower the fee."
    ),
    "fee_invalid": _lt(
        "The reservation fee %(fee)s must be zero or more and no finer than "
        "%(quantum)s."
    ),
    "grace_invalid": _lt(
        "Line %(name)s: of its %(count)s parts %(value)s are to pay interest only. "
        "Leave one or more that repay."
    ),
    "grace_without_interest": _lt(
        "Line %(name)s: parts that pay interest only need an interest rate."
    ),
    "interest_method_unknown": _lt(
        "Line %(name)s: the interest method %(value)s is unknown. Use annuity or "
        "principal."
    ),
    "interest_needs_dates": _lt(
        "Line %(name)s: interest runs between dates, and a milestone has none yet. "
        "Use a date or months after the start."
    ),
    "interest_rate_invalid": _lt(
        "Line %(name)s: the interest rate %(value)s must be zero to 100 %% a year."
    ),
    "interest_with_steps": _lt(
        "Line %(name)s: a line bears interest or has steps and seasons, not both."
    ),
    "interval_invalid": _lt(
        "Line %(name)s: a series needs 1 month or more between its parts, not "
        "%(value)s."
    ),
    "milestone_missing": _lt(
        "Line %(name)s: a line due at a milestone needs that milestone."
    ),
    "no_lines": _lt("The payment plan has no line. Add one for the balance."),
    "not_covered": _lt(
        "The lines come to %(total)s of the price %(price)s; %(missing)s is "
        "missing. Make the last line the balance."
    ),
    "offset_invalid": _lt(
        "Line %(name)s: months and days after the start must be zero or more."
    ),
    "percent_above_hundred": _lt(
        "Line %(name)s: %(value)s %% is more than the price. Lower it."
    ),
    "price_invalid": _lt(
        "The price %(price)s must be above zero and no finer than %(quantum)s."
    ),
    "rounding_invalid": _lt(
        "Parts cannot be rounded to %(value)s: use a multiple of %(quantum)s."
    ),
    "season_empty": _lt(
        "Line %(name)s: none of its parts is due in a month of its season."
    ),
    "season_invalid": _lt(
        "Line %(name)s: a season has twelve weights of zero or more, one for each "
        "month from January on."
    ),
    "season_needs_dates": _lt(
        "Line %(name)s: seasons go by due dates, and a milestone has none yet. Use a "
        "date or months after the start."
    ),
    "several_balances": _lt(
        "Line %(name)s: only one line may take the balance. Give this one a percent"
        " or an amount."
    ),
    "step_invalid": _lt(
        "Line %(name)s: steps rise by more than -100 and at most 1,000 %% after 1 part "
        "or more."
    ),
    "trigger_unknown": _lt(
        "Line %(name)s: the trigger %(value)s is unknown. Use date, offset or "
        "milestone."
    ),
    "value_not_positive": _lt("Line %(name)s: the value %(value)s must be above zero."),
}
