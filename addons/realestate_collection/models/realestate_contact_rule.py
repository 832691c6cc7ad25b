from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.contact import Rule
from ..tools.delivery import LETTER
from .realestate_dunning_delivery import CHANNELS

WEEKDAYS = (
    *("monday", "tuesday", "wednesday", "thursday"),
    *("friday", "saturday", "sunday"),
)


class RealestateContactRule(models.Model):
    """When and how often buyers may be contacted: by law, or by the company's wish.

    Notices wait until they may go out; calls warn. See :mod:`..tools.contact`.
    """

    _name = "realestate.contact.rule"
    _description = "Contact Rule"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    jurisdiction_id = fields.Many2one(
        "realestate.jurisdiction", index="btree_not_null", help="Empty: everywhere."
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )
    channel = fields.Selection(
        [("any", "All but Letters"), *CHANNELS], required=True, default="any"
    )
    monday = fields.Boolean(default=True)
    tuesday = fields.Boolean(default=True)
    wednesday = fields.Boolean(default=True)
    thursday = fields.Boolean(default=True)
    friday = fields.Boolean(default=True)
    saturday = fields.Boolean(default=True)
    sunday = fields.Boolean(default=True)
    hour_from = fields.Float(string="From", default=0, aggregator=None)
    hour_to = fields.Float(string="To", default=24, aggregator=None)
    max_per_day = fields.Integer(string="A Day", help="At most; 0: no limit.")
    max_per_week = fields.Integer(string="In 7 Days", help="At most; 0: no limit.")
    max_per_month = fields.Integer(string="In 30 Days", help="At most; 0: no limit.")
    days_free = fields.Integer(
        string="Until Days Late",
        help="The rule binds no longer once the buyer is more days late; 0: it always "
        "binds.",
    )
    source = fields.Char(translate=True, help="The law, circular or decision.")
    note = fields.Text(translate=True)

    _hours_order = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "The hours run from 0 to 24, the first before the last.",
    )
    _limits_positive = models.Constraint(
        "CHECK (max_per_day >= 0 AND max_per_week >= 0 AND max_per_month >= 0"
        " AND days_free >= 0)",
        "Limits are zero or more.",
    )

    @api.constrains(*WEEKDAYS)
    def _check_weekdays(self):
        for rule in self:
            if not any(rule[day] for day in WEEKDAYS):
                raise ValidationError(
                    self.env._(
                        "Rule %(rule)s allows no day of the week: nothing would ever "
                        "go out. Allow one, or archive the rule.",
                        rule=rule.name,
                    )
                )

    @api.model
    def _get_for(self, channel, jurisdiction, company, days=None):
        """The rules that bind a contact.

        :param days: how late the buyer is; None: every rule binds
        """
        found = self.search(
            [
                ("jurisdiction_id", "in", [False, jurisdiction.id]),
                ("company_id", "in", [False, company.id]),
                ("channel", "in", self._get_channel_keys(channel)),
            ]
        )
        if days is None:
            return found
        return found.filtered(lambda one: not one.days_free or days <= one.days_free)

    @api.model
    def _get_channel_keys(self, channel):
        return (channel,) if channel == LETTER else ("any", channel)

    def _to_rules(self):
        """These rules as the pure decision takes them."""
        return [
            Rule(
                weekdays=frozenset(n for n, day in enumerate(WEEKDAYS) if one[day]),
                hour_from=one.hour_from,
                hour_to=one.hour_to,
                per_day=one.max_per_day,
                per_week=one.max_per_week,
                per_month=one.max_per_month,
                source=one.source or one.name,
                channel="" if one.channel == "any" else one.channel,
            )
            for one in self
        ]
