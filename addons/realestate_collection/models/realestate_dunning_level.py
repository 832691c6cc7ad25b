from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.realestate_sales.tools import money

from ..tools import ladder as ladder_tool
from ..tools.delivery import CALL, EMAIL, LETTER, SMS, VISIT

LEVEL_KINDS = [
    ("reminder", "Reminder"),
    ("notice", "Notice"),
    ("final", "Notice of Cancellation"),
]


class RealestateDunningLevel(models.Model):
    """A rung of a ladder: when it is reached and what goes out then."""

    _name = "realestate.dunning.level"
    _description = "Dunning Level"
    _order = "ladder_id, days, id"
    _check_company_auto = True

    ladder_id = fields.Many2one(
        "realestate.dunning.ladder", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="ladder_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(string="No.", compute="_compute_sequence")
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(LEVEL_KINDS, required=True, default="notice")
    days = fields.Integer(
        required=True, help="After the due day; below zero: before it."
    )
    min_amount = fields.Monetary(
        string="Least Amount", help="Not sent for less, in the company's currency."
    )
    repeat_days = fields.Integer(
        string="Repeat Every (days)",
        help="While the next level is not reached; zero: never.",
    )

    # What goes out.
    send_email = fields.Boolean(string="E-mail", default=True)
    mail_template_id = fields.Many2one(
        "mail.template", domain="[('model', '=', 'realestate.dunning.notice')]"
    )
    report_id = fields.Many2one(
        "ir.actions.report",
        string="Letter",
        domain="[('model', '=', 'realestate.dunning.notice')]",
        help="Attached to the e-mail as PDF.",
    )
    send_sms = fields.Boolean(string="Text Message")
    sms_template_id = fields.Many2one(
        "sms.template",
        string="Text of the Message",
        domain="[('model', '=', 'realestate.dunning.notice')]",
    )
    send_letter = fields.Boolean(string="Letter by Post")
    make_call = fields.Boolean(string="Call")
    make_visit = fields.Boolean(string="Visit")
    delivery_rule = fields.Selection(
        [("any", "One channel suffices"), ("all", "Every channel is needed")],
        string="Counts as Delivered",
        required=True,
        default="any",
        help="Of e-mail, text message and letter. Calls and visits count once they are "
        "done, or where a level has nothing else.",
    )
    note = fields.Html(
        string="Text of the Letter",
        translate=True,
        help="Stands in the letter above what is open.",
    )
    create_activity = fields.Boolean(
        string="Other Task", help="Planned beside what goes out; delivers nothing."
    )
    activity_type_id = fields.Many2one("mail.activity.type", string="Kind of Task")

    _days_unique = models.UniqueIndex(
        "(ladder_id, days) WHERE active",
        "Two levels of a ladder cannot stand on the same day.",
    )
    _days_range = models.Constraint(
        "CHECK (days BETWEEN -90 AND 3650)",
        "A level stands at most 90 days before and 10 years after the due day.",
    )
    _repeat_positive = models.Constraint(
        "CHECK (repeat_days >= 0)", "The days until a level is repeated: zero or more."
    )
    _min_amount_positive = models.Constraint(
        "CHECK (min_amount >= 0)", "The least amount of a level: zero or more."
    )

    @api.depends("days", "ladder_id.level_ids.days")
    def _compute_sequence(self):
        for level in self:
            rungs = level.ladder_id.level_ids.sorted("days").ids
            level.sequence = rungs.index(level.id) + 1 if level.id in rungs else 0

    @api.constrains("kind", "days")
    def _check_kind(self):
        for level in self:
            if (level.kind == "reminder") != (level.days <= 0):
                raise ValidationError(
                    self.env._(
                        "Level %(level)s: a reminder stands at 0 days or below, a "
                        "notice above. Change its kind or its days.",
                        level=level.name,
                    )
                )

    @api.constrains(
        *("send_email", "mail_template_id", "send_sms", "sms_template_id"),
        *("send_letter", "make_call", "make_visit"),
        *("create_activity", "activity_type_id", "active"),
    )
    def _check_does_something(self):
        for level in self.filtered("active"):
            has_task = level.create_activity and level.activity_type_id
            if not level._get_channels() and not has_task:
                raise ValidationError(
                    self.env._(
                        "Level %(level)s sends nothing: choose an e-mail or SMS "
                        "template, a letter, a call, a visit, or a task and its kind.",
                        level=level.name,
                    )
                )

    def _get_channels(self):
        """By which channels this level goes out: a set of keys."""
        self.ensure_one()
        asked = {
            EMAIL: self.send_email and self.mail_template_id,
            SMS: self.send_sms and self.sms_template_id,
            LETTER: self.send_letter,
            CALL: self.make_call,
            VISIT: self.make_visit,
        }
        return {channel for channel, wanted in asked.items() if wanted}

    def _to_level(self, currency, date):
        """This level as the pure decision takes it, its amount in ``currency``."""
        self.ensure_one()
        # Decided for people who need not read rates or companies.
        level = self.sudo()
        least = level.currency_id._convert(
            level.min_amount, currency, level.company_id, date
        )
        return ladder_tool.Level(
            code=self.id,
            sequence=self.days,
            days=self.days,
            min_amount=money.to_money(least, currency.decimal_places),
            repeat_days=self.repeat_days,
            name=self.name,
        )
