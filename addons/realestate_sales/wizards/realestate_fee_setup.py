from odoo import api, fields, models


class RealestateFeeSetup(models.TransientModel):
    """Takes ready types of fees over for a project."""

    _name = "realestate.fee.setup"
    _description = "Set Up Fees of a Project"

    project_id = fields.Many2one("realestate.project", required=True)
    jurisdiction_id = fields.Many2one(related="project_id.jurisdiction_id")
    type_ids = fields.Many2many(
        "realestate.fee.type",
        string="Fees",
        compute="_compute_type_ids",
        store=True,
        readonly=False,
        context={"active_test": False},
        domain="[('company_id', '=', False),"
        " ('jurisdiction_id', '=', jurisdiction_id)]",
    )

    @api.depends("project_id")
    def _compute_type_ids(self):
        """Propose every ready type of the project's law."""
        types = self.env["realestate.fee.type"].with_context(active_test=False)
        for wizard in self:
            wizard.type_ids = types.search(
                [
                    ("company_id", "=", False),
                    ("jurisdiction_id", "!=", False),
                    ("jurisdiction_id", "=", wizard.jurisdiction_id.id),
                ]
            )

    def action_take_over(self):
        """Make them the company's own, and open those."""
        types = self.env["realestate.fee.type"].with_context(active_test=False)
        taken = types.browse(self.type_ids.ids)._take_over(self.project_id)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_fee_type_action"
        )
        action["domain"] = [("id", "in", taken.ids)]
        return action
