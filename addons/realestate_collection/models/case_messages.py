"""Sentences for the codes of :mod:`..tools.risk` and of cases."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

RISKS = {
    "days": _lt("%(value)s days late"),
    "share": _lt("%(value)s %% of the price is overdue"),
    "items": _lt("%(value)s instalments are overdue"),
    "broken": _lt("Promises broken within a year: %(value)s"),
    "refused": _lt("Refused to pay when last spoken to"),
    "silent": _lt("Tries without reaching anybody: %(value)s"),
    "failed": _lt("Notices not delivered: %(value)s"),
    "earlier": _lt("Earlier cases: %(value)s"),
}
