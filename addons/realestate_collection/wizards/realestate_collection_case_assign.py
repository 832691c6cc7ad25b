from odoo import fields, models
from odoo.fields import Command


class RealestateCollectionCaseAssign(models.TransientModel):
    """Hand one or many cases to another officer."""

    _name = "realestate.collection.case.assign"
    _description = "Hand over Cases"

    case_ids = fields.Many2many(
        "realestate.collection.case",
        "realestate_collection_case_assign_rel",
        "assign_id",
        "case_id",
        default=lambda self: [Command.set(self.env.context.get("active_ids") or [])],
    )
    case_count = fields.Integer(string="Cases", compute="_compute_case_count")
    user_id = fields.Many2one(
        "res.users", string="To", required=True, domain="[('share', '=', False)]"
    )

    def _compute_case_count(self):
        for assign in self:
            assign.case_count = len(assign.case_ids)

    def action_assign(self):
        """Hand the cases over."""
        self.ensure_one()
        return self.case_ids.action_assign(self.user_id)
