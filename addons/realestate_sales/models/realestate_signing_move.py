from odoo import fields, models


class RealestateSigningMove(models.Model):
    """One time that an appointment was moved: from when, by whom and why."""

    _name = "realestate.signing.move"
    _description = "Moved Appointment"
    _order = "id desc"
    _rec_name = "date_before"

    signing_id = fields.Many2one(
        "realestate.signing", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="signing_id.company_id", store=True, index=True
    )
    date_before = fields.Datetime(string="Was at", required=True)
    date_after = fields.Datetime(string="Moved to", required=True)
    desk_before_id = fields.Many2one("realestate.signing.desk", string="Was at Desk")
    state_before = fields.Selection(
        selection=lambda self: (
            self.env["realestate.signing"]._fields["state"].selection
        ),
        string="Was",
    )
    by_buyer = fields.Boolean(string="By the Buyer")
    reason = fields.Char()
    user_id = fields.Many2one(
        "res.users", string="By", default=lambda self: self.env.user
    )
