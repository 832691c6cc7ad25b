from odoo import fields, models

from ..models.realestate_dispute import DECISIONS


class RealestateDisputeDecide(models.TransientModel):
    """Answer a dispute, or give it to somebody else to answer."""

    _name = "realestate.dispute.decide"
    _description = "Answer a Dispute"

    dispute_id = fields.Many2one("realestate.dispute", required=True, readonly=True)
    text = fields.Text(related="dispute_id.text")
    action = fields.Selection(
        [("decide", "Answer"), ("withdraw", "Take Back"), ("hand_over", "Hand Over")],
        default="decide",
        required=True,
    )
    decision = fields.Selection(DECISIONS)
    note = fields.Text(string="Answer")
    is_mailed = fields.Boolean(string="E-mail the Answer", default=True)
    email = fields.Char(
        string="E-mail of the Buyer",
        related="dispute_id.partner_id.email_normalized",
        help="Where the answer goes.",
    )
    user_id = fields.Many2one(
        "res.users", string="To", domain="[('share', '=', False)]"
    )
    date_limit = fields.Date(string="Answer by")

    def action_apply(self):
        """Do what was chosen."""
        self.ensure_one()
        if self.action == "decide":
            return self.dispute_id.action_decide(
                self.decision, self.note, is_mailed=self.is_mailed
            )
        if self.action == "withdraw":
            return self.dispute_id.action_withdraw(self.note)
        return self.dispute_id.action_hand_over(self.user_id, self.date_limit)
