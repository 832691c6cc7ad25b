from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import fee
from .realestate_fee_type import FORMULAS, OWNERSHIPS, PAYERS


class RealestateContractFee(models.Model):
    """A fee of one contract: what it comes to, and where its money is.

    Amount and terms are taken from the type when the fee is added and stay, whatever
    becomes of the type. What is collected and paid out are facts of accounting.
    """

    _name = "realestate.contract.fee"
    _description = "Contract Fee"
    _inherit = ["realestate.facts.mixin"]
    _order = "contract_id, sequence, id"

    _fact_fields = frozenset(
        {
            "account_id",
            "amount",
            "amount_computed",
            "authority_id",
            "base",
            "formula",
            "in_price",
            "is_automatic",
            "is_void",
            "limit",
            "move_id",
            "override_reason",
            "ownership",
            "payer",
            "problem",
            "rate",
            "rounding_unit",
            "sequence",
            "source",
            "user_override_id",
        }
    )

    contract_id = fields.Many2one(
        "realestate.contract", required=True, index=True, ondelete="cascade"
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="contract_id.partner_id", string="Buyer")
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    contract_state = fields.Selection(
        related="contract_id.state", string="State of the Contract"
    )
    type_id = fields.Many2one(
        "realestate.fee.type",
        string="Fee or Tax",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
    )
    sequence = fields.Integer(readonly=True)

    # Terms, as the type had them.
    ownership = fields.Selection(OWNERSHIPS, string="Whose Money", readonly=True)
    payer = fields.Selection(PAYERS, string="Borne By", readonly=True)
    in_price = fields.Boolean(string="Inside the Price", readonly=True)
    authority_id = fields.Many2one(
        "res.partner",
        string="Public Authority",
        compute="_compute_authority_id",
        store=True,
        index="btree_not_null",
    )
    source = fields.Char(readonly=True)
    formula = fields.Selection(FORMULAS, readonly=True)
    rate = fields.Float(digits=(16, 6), readonly=True)
    base = fields.Float(digits=(16, 6), string="Applied To", readonly=True)
    limit = fields.Selection(
        [(fee.MINIMUM, "Minimum"), (fee.MAXIMUM, "Maximum")], readonly=True
    )
    rounding_unit = fields.Monetary(readonly=True)
    explanation = fields.Char(
        string="How It Is Computed", compute="_compute_explanation"
    )
    amount_computed = fields.Monetary(string="By Formula", readonly=True)
    amount = fields.Monetary(readonly=True)
    override_reason = fields.Text(string="Why Changed", readonly=True, copy=False)
    user_override_id = fields.Many2one(
        "res.users", string="Changed By", readonly=True, copy=False
    )
    is_automatic = fields.Boolean(readonly=True, copy=False)
    is_void = fields.Boolean(string="No Longer Owed", readonly=True, copy=False)
    date_due = fields.Date(
        string="Due",
        compute="_compute_date_due",
        store=True,
        readonly=False,
        help="Empty until what it waits for has happened; may be set by hand.",
    )

    _once = models.UniqueIndex(
        "(contract_id, type_id) WHERE is_void IS NOT TRUE",
        "The contract has this fee already.",
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A fee cannot be negative."
    )

    @api.depends("type_id.name", "contract_id.name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.contract_id.name} {record.type_id.name}"

    @api.depends("type_id.partner_id", "ownership")
    def _compute_authority_id(self):
        """The type's for as long as nothing is paid out: it may be filled in late."""
        for record in self:
            if record.ownership == "own":
                record.authority_id = False
            elif not record.amount_paid_out or not record.authority_id:
                record.authority_id = record.type_id.partner_id

    @api.depends(
        "contract_id.date_signed",
        "contract_id.line_ids.unit_id.date_handover",
        "type_id",
    )
    def _compute_date_due(self):
        for record in self:
            signed, kind = record.contract_id.date_signed, record.type_id
            handovers = record.contract_id.line_ids.unit_id.mapped("date_handover")
            if kind.due_rule == "handover" and handovers and all(handovers):
                record.date_due = max(handovers)
            elif kind.due_rule == "date":
                record.date_due = kind.date_due
            elif signed and kind.due_rule in ("signing", "days"):
                days = kind.due_days if kind.due_rule == "days" else 0
                record.date_due = signed + timedelta(days=days)
            else:
                record.date_due = record.date_due

    @api.depends("formula", "rate", "base", "limit", "rounding_unit", "amount")
    @api.depends_context("lang")
    def _compute_explanation(self):
        texts = self.env["realestate.fee.text"]
        for record in self:
            # A new fee has no currency before its contract is chosen.
            record.explanation = texts._explain(record) if record.contract_id else False

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        fees = super().create(vals_list)
        for record in fees:
            record._check_may_be_added()
            record._take_terms()
        return fees

    def write(self, vals):
        if {"contract_id", "type_id"} & vals.keys():
            raise UserError(
                self.env._(
                    "A fee stays with its contract and its type: add another one."
                )
            )
        if "date_due" in vals:
            self._check_not_billed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_own_draft(self):
        self._check_not_billed()
        for record in self:
            agreed = record.contract_id.state not in ("draft", "cancelled")
            if not self.env.su and (record.is_automatic or agreed):
                raise UserError(
                    self.env._(
                        "%(fee)s belongs to the contract: a manager changes its amount "
                        "to 0, with the reason.",
                        fee=record.display_name,
                    )
                )

    # === ACTIONS === #

    def action_open_record(self):
        """Open this fee from the contract's list."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    def _check_may_be_added(self):
        contract, kind = self.contract_id, self.type_id
        if contract.state in ("completed", "cancelled"):
            raise UserError(
                self.env._(
                    "Contract %(contract)s is “%(state)s”: no fee is added any more.",
                    contract=contract.name,
                    state=contract._state_label(contract.state),
                )
            )
        if kind.company_id != contract.company_id:
            raise UserError(
                self.env._(
                    "Fee type %(name)s is not one of %(company)s: take it over first "
                    "(project, “Set Up Fees”).",
                    name=kind.name,
                    company=contract.company_id.name,
                )
            )
        if kind.currency_id and kind.currency_id != contract.currency_id:
            raise UserError(
                self.env._(
                    "Fee type %(name)s is in %(currency)s, contract %(contract)s in "
                    "%(other)s: make a type in that currency.",
                    name=kind.name,
                    currency=kind.currency_id.name,
                    contract=contract.name,
                    other=contract.currency_id.name,
                )
            )

    def _check_not_billed(self):
        for record in self:
            if record._has_standing_move():
                raise UserError(
                    self.env._(
                        "%(fee)s is invoiced: accounting credits the invoice first.",
                        fee=record.display_name,
                    )
                )

    def _has_standing_move(self):
        self.ensure_one()
        # Whether there is an entry is told to those who may not read entries.
        move = self.sudo().move_id
        undone = move.payment_state == "reversed"
        if move.move_type == "entry":
            # Accounting says of invoices alone that they are reversed.
            undone = "posted" in move.reversal_move_ids.mapped("state")
        return move.state in ("draft", "posted") and not undone
