from odoo import fields, models


class RealestateFilingDecide(models.TransientModel):
    """Asks for what goes with a step of one filing or of many."""

    _name = "realestate.filing.decide"
    _description = "Record a Step of Filings"

    filing_ids = fields.Many2many("realestate.filing", required=True)
    step = fields.Selection(
        [
            ("submit", "Submitted"),
            ("accept", "Accepted"),
            ("reject", "Rejected"),
            ("cancel", "Cancelled"),
        ],
        required=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    number = fields.Char(string="Filing Number")
    reason = fields.Text()
    is_single = fields.Boolean(compute="_compute_is_single")

    def _compute_is_single(self):
        for wizard in self:
            wizard.is_single = len(wizard.filing_ids) == 1

    def action_record(self):
        """Record the step of every filing chosen, or of none."""
        self.ensure_one()
        filings = self.filing_ids
        number = self.number if self.is_single else None
        if self.step == "submit":
            filings.action_submit(self.date, number)
        elif self.step == "accept":
            filings.action_accept(self.date, number)
        elif self.step == "reject":
            filings.action_reject(self.reason, self.date)
        else:
            filings.action_cancel(self.reason)


class RealestateTaxStampVoid(models.TransientModel):
    _name = "realestate.tax.stamp.void"
    _description = "Make a Tax Stamp Void"

    stamp_id = fields.Many2one("realestate.tax.stamp", required=True)
    reason = fields.Char(required=True)

    def action_void(self):
        """The stamp is void, for the reason given."""
        self.stamp_id.action_void(self.reason)
