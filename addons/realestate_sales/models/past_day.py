from odoo import fields
from odoo.exceptions import UserError


def past_day(record, label, value):
    """Return the calendar date of something that has happened; default today.

    :param label: what the date is of, in the user's language
    :param value: a date or its text; nothing means today
    :raises UserError: when it is no date, or one to come
    """
    today = fields.Date.context_today(record)
    try:
        day = fields.Date.to_date(value) or today
    except (TypeError, ValueError, AttributeError) as error:
        raise UserError(
            record.env._("“%(date)s” is no date. Write it as 2026-12-31.", date=value)
        ) from error
    if day > today:
        raise UserError(
            record.env._(
                "%(field)s %(date)s is in the future: record it when it has happened.",
                field=label,
                date=day,
            )
        )
    return day


def said(value):
    """Return what somebody wrote as a reason or number; empty when it is no text."""
    return value.strip() if isinstance(value, str) else ""
