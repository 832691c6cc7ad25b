from odoo import api, fields, models


class RealestateContractDispute(models.TransientModel):
    """Take down what a buyer does not accept."""

    _name = "realestate.contract.dispute"
    _description = "Open a Dispute"

    contract_id = fields.Many2one("realestate.contract", required=True, readonly=True)
    company_id = fields.Many2one(related="contract_id.company_id")
    partner_id = fields.Many2one(related="contract_id.partner_id", string="Buyer")
    category_id = fields.Many2one(
        "realestate.dispute.category",
        required=True,
        domain="[('company_id', 'in', [False, company_id])]",
    )
    text = fields.Text(string="What the Buyer Says", required=True)
    installment_ids = fields.Many2many(
        "realestate.installment",
        string="Disputed Instalments",
        domain="[('contract_id', '=', contract_id), ('amount_residual', '>', 0)]",
        help="Empty: all that is overdue.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Answered by",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        domain="[('share', '=', False)]",
    )
    date_limit = fields.Date(
        string="Answer by", compute="_compute_user_id", store=True, readonly=False
    )

    @api.depends("category_id")
    def _compute_user_id(self):
        for dispute in self:
            category = dispute.category_id
            contract = dispute.contract_id
            dispute.user_id = contract and contract._get_answerer(category)
            today = dispute.company_id and dispute.company_id._realestate_today()
            dispute.date_limit = (
                fields.Date.add(today, days=category.days)
                if today and category
                else False
            )

    def action_open(self):
        """Open the dispute and show it; at the desk one stays there."""
        self.ensure_one()
        dispute = self.contract_id.open_dispute(
            self.category_id,
            self.text,
            self.installment_ids,
            self.user_id,
            self.date_limit,
        )
        if self.env.context.get("from_desk"):
            return {"type": "ir.actions.act_window_close"}
        return self.env["realestate.dispute"].browse(dispute)._get_records_action()
