from odoo import api, fields, models
from odoo.exceptions import UserError

from .past_day import past_day, said

#: What may be added to a stamp later.
OPEN_FIELDS = {"note"}


class RealestateTaxStamp(models.Model):
    """A tax stamp on the papers of a contract: an entry of the register of stamps."""

    _name = "realestate.tax.stamp"
    _description = "Tax Stamp"
    _inherit = ["realestate.state.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "number"

    _fact_fields = frozenset({"user_id", "void_reason"})
    _state_moves = {"void": {"affixed"}}

    filing_id = fields.Many2one(
        "realestate.filing", required=True, index=True, ondelete="restrict"
    )
    contract_id = fields.Many2one(
        related="filing_id.contract_id", store=True, index=True
    )
    project_id = fields.Many2one(related="filing_id.project_id", store=True)
    company_id = fields.Many2one(related="filing_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="contract_id.currency_id")
    number = fields.Char(required=True, index="trigram")
    amount = fields.Monetary(required=True)
    date = fields.Date(
        string="Affixed on", required=True, default=fields.Date.context_today
    )
    note = fields.Char(string="On Which Paper")
    user_id = fields.Many2one(
        "res.users",
        string="Affixed by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        [("affixed", "Affixed"), ("void", "Void")],
        default="affixed",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    void_reason = fields.Char(string="Void because", readonly=True, copy=False)

    _number_unique = models.UniqueIndex(
        "(company_id, number) WHERE state = 'affixed'",
        "This tax stamp is recorded already.",
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A tax stamp has an amount above zero."
    )

    @api.constrains("date")
    def _check_date(self):
        label = self._fields["date"]._description_string(self.env)
        for stamp in self:
            past_day(stamp, label, stamp.date)

    @api.model_create_multi
    def create(self, vals_list):
        # One that is void makes room for its number.
        self.flush_model(["state"])
        stamps = super().create(vals_list)
        stamps._write_facts(user_id=self.env.uid)
        return stamps

    def write(self, vals):
        if vals.keys() - OPEN_FIELDS:
            raise UserError(
                self.env._(
                    "A tax stamp stays as it was recorded: make it void and record "
                    "another one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        if self:
            raise UserError(self.env._("Tax stamps stay in their register."))

    def action_void(self, reason=None):
        """The stamp was recorded by mistake or is spoilt.

        :param reason: text kept with it; required
        """
        self.check_access("write")
        if not said(reason):
            raise UserError(
                self.env._("Say why the stamp is void: the reason is kept.")
            )
        self._update_state("void", void_reason=said(reason))
        return True


class RealestateFiling(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.filing"  # pylint: disable=consider-merging-classes-inherited

    stamp_ids = fields.One2many(
        "realestate.tax.stamp", "filing_id", string="Tax Stamps"
    )
    stamp_amount = fields.Monetary(string="Stamp Tax", compute="_compute_stamp_amount")

    @api.depends("stamp_ids.amount", "stamp_ids.state")
    def _compute_stamp_amount(self):
        for filing in self:
            filing.stamp_amount = sum(filing._get_stamps().mapped("amount"))
