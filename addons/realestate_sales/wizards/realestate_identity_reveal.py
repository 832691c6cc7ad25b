from odoo import fields, models


class RealestateIdentityReveal(models.TransientModel):
    _name = "realestate.identity.reveal"
    _description = "See an ID Number"

    identity_id = fields.Many2one("realestate.partner.identity", required=True)
    reason = fields.Char(string="Why", required=True)

    def action_reveal(self):
        """Show the number until it is closed; it is kept nowhere."""
        self.ensure_one()
        number = self.identity_id.action_reveal(self.reason)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.identity_id.partner_id.name,
                "message": number,
                "type": "info",
                "sticky": True,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
