from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .realestate_payment_plan_line import INSTALLMENT_KINDS, TRIGGERS


class RealestateInstallment(models.Model):
    """One part of a contract's price. What is paid of it is a fact of accounting."""

    _name = "realestate.installment"
    _description = "Instalment"
    _order = "contract_id, sequence, id"

    contract_id = fields.Many2one(
        "realestate.contract", required=True, index=True, ondelete="cascade"
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="contract_id.partner_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    sequence = fields.Integer(string="No.", required=True, aggregator=None)
    name = fields.Char(required=True)
    kind = fields.Selection(
        [INSTALLMENT_KINDS[0], ("deposit", "Deposit"), *INSTALLMENT_KINDS[1:]],
        required=True,
    )
    trigger = fields.Selection(TRIGGERS, required=True)
    milestone_id = fields.Many2one(
        "realestate.milestone", index="btree_not_null", ondelete="restrict"
    )
    offset_months = fields.Integer()
    offset_days = fields.Integer()
    date_due = fields.Date(
        string="Due",
        index=True,
        help="Empty until the milestone it waits for is reached.",
    )
    amount = fields.Monetary(required=True, help="Part of the price.")
    amount_interest = fields.Monetary(
        string="Interest", help="Paid with it, on top of the price."
    )
    amount_due = fields.Monetary(
        string="To Pay", compute="_compute_amount_due", store=True
    )
    is_void = fields.Boolean(help="No longer owed: an amendment replaced it.")

    # Facts of accounting.
    move_id = fields.Many2one(
        "account.move", string="Invoice", index="btree_not_null", ondelete="restrict"
    )
    amount_billed = fields.Monetary(
        string="Invoiced", compute="_compute_amounts", store=True
    )
    amount_paid = fields.Monetary(string="Paid", compute="_compute_amounts", store=True)
    amount_residual = fields.Monetary(
        string="Open",
        compute="_compute_amounts",
        store=True,
        help="Invoiced and not yet paid; zero while it is only planned.",
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("billed", "Billed"),
            ("partial", "Partly Paid"),
            ("paid", "Paid"),
            ("void", "Void"),
        ],
        compute="_compute_amounts",
        store=True,
        index=True,
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )

    _sequence_unique = models.UniqueIndex(
        "(contract_id, sequence) WHERE is_void IS NOT TRUE",
        "The contract already has an instalment of this number.",
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0 AND amount_interest >= 0)",
        "An instalment cannot be negative.",
    )
    # What is open, by contract: statements, dunning, aging.
    _open_by_contract = models.Index(
        "(contract_id, date_due) INCLUDE (amount_residual) WHERE amount_residual > 0"
    )
    # What is open, by day: aging and forecasts over everything.
    _open_by_date = models.Index(
        "(date_due) INCLUDE (contract_id, amount_residual) WHERE amount_residual > 0"
    )
    # What falls due and is not billed yet: billing, reminders, forecasts.
    _to_bill = models.Index(
        "(date_due) INCLUDE (contract_id, amount)"
        " WHERE move_id IS NULL AND is_void IS NOT TRUE"
    )

    @api.depends("sequence", "name", "contract_id.name")
    def _compute_display_name(self):
        for installment in self:
            installment.display_name = (
                f"{installment.contract_id.name} #{installment.sequence} "
                f"{installment.name}"
            )

    @api.depends("amount", "amount_interest")
    def _compute_amount_due(self):
        for installment in self:
            installment.amount_due = installment.currency_id._realestate_round(
                installment.amount + installment.amount_interest
            )

    @api.depends(
        "is_void",
        "move_id.state",
        "move_id.payment_state",
        "move_id.amount_total",
        "move_id.amount_residual",
    )
    def _compute_amounts(self):
        for installment in self:
            installment.update(installment._get_accounting_facts())

    def _get_accounting_facts(self):
        self.ensure_one()
        move = self.move_id
        facts = {"amount_billed": 0.0, "amount_paid": 0.0, "amount_residual": 0.0}
        if self.is_void:
            return {**facts, "state": "void"}
        if move.state != "posted" or move.payment_state == "reversed":
            return {**facts, "state": "planned"}
        facts["amount_billed"] = move.amount_total
        facts["amount_residual"] = move.amount_residual
        facts["amount_paid"] = move.currency_id.round(
            move.amount_total - move.amount_residual
        )
        if move.currency_id.is_zero(move.amount_residual):
            state = "paid"
        elif move.currency_id.is_zero(facts["amount_paid"]):
            state = "billed"
        else:
            state = "partial"
        return {**facts, "state": state}

    @api.depends("date_due", "amount_residual")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for installment in self:
            installment.is_overdue = bool(
                installment.amount_residual > 0
                and installment.date_due
                and installment.date_due < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("amount_residual", ">", 0) & Domain(
            "date_due", "<", fields.Date.context_today(self)
        )
        return domain if True in value else ~domain

    @api.model_create_multi
    def create(self, vals_list):
        installments = super().create(vals_list)
        for installment in installments.filtered("move_id"):
            installment.move_id.write(
                {
                    "realestate_contract_id": installment.contract_id.id,
                    "realestate_installment_id": installment.id,
                }
            )
        return installments

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        for installment in self:
            if installment.contract_id.state not in ("draft", "cancelled"):
                raise UserError(
                    self.env._(
                        "%(installment)s belongs to a contract that is agreed: it is "
                        "changed by an amendment only.",
                        installment=installment.display_name,
                    )
                )

    # === ACTIONS === #

    def action_open_invoice(self):
        """Open the invoice of this instalment."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
