from odoo import api, fields, models


class RealestateBuyerMerge(models.TransientModel):
    _name = "realestate.buyer.merge"
    _description = "Merge Buyers"

    keep_id = fields.Many2one("res.partner", required=True)
    other_id = fields.Many2one("res.partner", string="Merge into It", required=True)
    keep_summary = fields.Text(compute="_compute_summaries")
    other_summary = fields.Text(compute="_compute_summaries")

    @api.depends("keep_id", "other_id")
    def _compute_summaries(self):
        for wizard in self:
            wizard.keep_summary = wizard._summarize(wizard.keep_id)
            wizard.other_summary = wizard._summarize(wizard.other_id)

    def _summarize(self, partner):
        """What is known of a contact, as lines."""
        contracts = partner.realestate_buyer_ids.contract_id
        identities = partner.realestate_identity_ids.mapped("number_shown")
        lines = (
            (self.env._("Phone"), partner.phone),
            (self.env._("E-mail"), partner.email),
            (self.env._("Contracts"), ", ".join(contracts.mapped("name"))),
            (self.env._("ID numbers"), ", ".join(identities)),
        )
        return "\n".join(f"{label}: {value}" for label, value in lines if value)

    def action_swap(self):
        """Keep the other one."""
        self.ensure_one()
        self.write({"keep_id": self.other_id.id, "other_id": self.keep_id.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge Buyers"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_merge(self):
        """Merge; there is no way back."""
        self.ensure_one()
        keep, other = self.keep_id, self.other_id
        # The wizard itself would hang on the contact that goes.
        self.unlink()
        keep._merge_buyer(other)
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": keep.id,
            "view_mode": "form",
        }
