from odoo import api, fields, models


class RealestateMortgageReceive(models.TransientModel):
    """Book what a bank has released, or match what was booked already."""

    _name = "realestate.mortgage.receive"
    _description = "Register a Release"
    _inherit = ["realestate.money.received"]

    _money_for = "mortgage_id"

    mortgage_id = fields.Many2one("realestate.mortgage", required=True)
    company_id = fields.Many2one(related="mortgage_id.company_id")
    currency_id = fields.Many2one(related="mortgage_id.currency_id")
    bank_id = fields.Many2one(related="mortgage_id.bank_id")
    contract_id = fields.Many2one(related="mortgage_id.contract_id")
    amount_outstanding = fields.Monetary(related="mortgage_id.amount_outstanding")
    is_match = fields.Boolean(
        string="Booked Already",
        help="Choose among the payments of the contract instead of booking a new one.",
    )
    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False)
    candidate_ids = fields.Many2many(
        "account.move", compute="_compute_candidate_ids", string="Candidates"
    )
    move_ids = fields.Many2many(
        "account.move",
        string="Payments",
        domain="[('id', 'in', candidate_ids)]",
    )

    @api.depends("mortgage_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.mortgage_id.amount_outstanding

    @api.depends("mortgage_id")
    def _compute_candidate_ids(self):
        for wizard in self:
            mortgage = wizard.mortgage_id
            found = mortgage._search_candidates() if mortgage else []
            wizard.candidate_ids = found and found.with_env(self.env)

    def action_register(self):
        """Book or match, and say how much is still to come."""
        self.ensure_one()
        mortgage = self.mortgage_id
        if self.is_match:
            mortgage.action_match_release(self.move_ids)
        else:
            mortgage.action_register_release(
                self.amount, self.journal_id, self.date, self.memo, self.external_ref
            )
        return {"type": "ir.actions.act_window_close"}
