from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.realestate_sales.tools import money

from ..tools.debt import Option, evaluate

OPTION_KINDS = [
    ("restructure", "Restructure"),
    ("cancel", "Cancel the Contract"),
    ("legal", "Legal Action"),
    ("agency", "Collection Agency"),
    ("write_off", "Write Off"),
]


class RealestateDebtOption(models.Model):
    """One way of dealing with a doubtful debt, and what it is worth today."""

    _name = "realestate.debt.option"
    _description = "Way of Dealing With a Debt"
    _order = "proposal_id, sequence, id"

    proposal_id = fields.Many2one(
        "realestate.debt.proposal", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="proposal_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="proposal_id.currency_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(OPTION_KINDS, string="Way", required=True)
    recovery = fields.Float(
        string="Recovery (%)",
        digits=(5, 2),
        help="How much of the debt is expected to come in this way.",
    )
    cost = fields.Monetary(help="Court, agency, staff: paid now.")
    months = fields.Integer(
        string="Within (months)",
        help="In equal parts when restructured or by an agency, else at the end.",
    )
    amount_recovered = fields.Monetary(
        string="Comes In", compute="_compute_value", store=True
    )
    amount_present = fields.Monetary(
        string="Worth Today",
        compute="_compute_value",
        store=True,
        help="What comes in, discounted to today, less the cost.",
    )
    note = fields.Char()
    is_best = fields.Boolean(string="Best", compute="_compute_is_best")
    is_chosen = fields.Boolean(string="Chosen", compute="_compute_is_chosen")

    _kind_unique = models.UniqueIndex(
        "(proposal_id, kind)", "Each way is compared once."
    )
    _figures_sane = models.Constraint(
        "CHECK (recovery BETWEEN 0 AND 1000 AND cost >= 0"
        " AND months BETWEEN 0 AND 600)",
        "Recovery is 0 to 1,000 %, the cost is not negative, and a way takes 0 to 600 "
        "months.",
    )

    @api.depends(
        "kind", "recovery", "cost", "months", "proposal_id.amount", "proposal_id.rate"
    )
    def _compute_value(self):
        for option in self:
            try:
                value = option._evaluate()
            except ValueError:
                option.amount_recovered = option.amount_present = 0.0
                continue
            option.amount_recovered = float(value.recovered)
            option.amount_present = float(value.present)

    @api.depends("amount_present", "proposal_id.option_ids.amount_present")
    def _compute_is_best(self):
        for option in self:
            others = option.proposal_id.option_ids
            best = max(others.mapped("amount_present"), default=0.0)
            option.is_best = option.amount_present == best

    @api.depends("kind", "proposal_id.kind")
    def _compute_is_chosen(self):
        for option in self:
            option.is_chosen = option.kind == option.proposal_id.kind

    @api.model_create_multi
    def create(self, vals_list):
        options = super().create(vals_list)
        options.proposal_id._check_is_draft()
        return options

    def write(self, vals):
        if vals.keys() - {"amount_recovered", "amount_present"}:
            self.proposal_id._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        self.proposal_id._check_is_draft()

    # === ACTIONS === #

    def action_choose(self):
        """Propose this way."""
        self.ensure_one()
        if not self.proposal_id.has_access("write"):
            raise UserError(self.env._("The proposal is not yours to change."))
        self.proposal_id.kind = self.kind
        return True

    # === BUSINESS === #

    def _evaluate(self):
        self.ensure_one()
        decimals = self.currency_id.decimal_places
        proposal = self.proposal_id
        return evaluate(
            money.to_money(proposal.amount, decimals),
            Option(
                self.kind or "write_off",
                Decimal(str(self.recovery)),
                money.to_money(self.cost, decimals),
                self.months,
            ),
            Decimal(str(proposal.rate)),
            money.quantum(decimals),
        )
