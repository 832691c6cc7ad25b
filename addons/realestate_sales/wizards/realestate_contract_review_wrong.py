from odoo import fields, models


class RealestateContractReviewWrong(models.TransientModel):
    """Asks what is wrong with an item of the review."""

    _name = "realestate.contract.review.wrong"
    _description = "Found Wrong in the Review"

    review_id = fields.Many2one("realestate.contract.review", required=True)
    facts = fields.Html(related="review_id.facts")
    remark = fields.Text(required=True)

    def action_wrong(self):
        """Write the remark down."""
        self.ensure_one()
        return self.review_id.action_wrong(self.remark)
