from odoo import fields, models


class RealestateProactiveTask(models.Model):
    """That an amount was announced to an officer, and what came of it. The memory of
    the job: what stands here gets no second activity of the same rule."""

    _name = "realestate.proactive.task"
    _description = "Announced Amount"
    _order = "date desc, id desc"
    _rec_name = "installment_id"

    rule_id = fields.Many2one(
        "realestate.proactive.rule", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(related="rule_id.kind")
    installment_id = fields.Many2one(
        "realestate.installment",
        string="Instalment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    contract_id = fields.Many2one(
        "realestate.contract",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="contract_id.partner_id", string="Buyer")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="contract_id.currency_id")
    user_id = fields.Many2one("res.users", string="Officer", readonly=True, index=True)
    date = fields.Date(string="Announced on", required=True, readonly=True)
    date_due = fields.Date(string="Due", readonly=True)
    amount = fields.Monetary(readonly=True)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, ondelete="set null", index="btree_not_null"
    )
    is_done = fields.Boolean(
        string="Dealt With", compute="_compute_is_done", search="_search_is_done"
    )

    # Whatever runs at the same time, an amount is announced once by each rule.
    _once = models.UniqueIndex(
        "(rule_id, installment_id)", "This amount has been announced by that rule."
    )

    def _compute_is_done(self):
        # An activity belongs to its officer; that it is done is no secret.
        for task in self.sudo():
            task.is_done = not task.activity_id.active

    def _search_is_done(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Activities that are done are archived.
        waiting = self.sudo().search([("activity_id.active", "=", True)])
        return [("id", "not in" if True in value else "in", waiting.ids)]

    def action_open_contract(self):
        """Open the contract, where the activity waits."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "realestate.contract",
            "res_id": self.contract_id.id,
            "view_mode": "form",
        }
