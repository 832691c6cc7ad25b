from odoo import fields, models


class RealestateFilingExchangeLine(models.Model):
    """One row with what is wrong in it, or what it answers."""

    _name = "realestate.filing.exchange.line"
    _description = "Row of an Exchange File"
    _order = "exchange_id, row, id"
    _rec_name = "filing_id"

    exchange_id = fields.Many2one(
        "realestate.filing.exchange", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="exchange_id.company_id", store=True)
    row = fields.Integer(aggregator=None)
    key = fields.Char(string="Key in the File")
    filing_id = fields.Many2one("realestate.filing", index=True)
    contract_id = fields.Many2one(related="filing_id.contract_id")
    column = fields.Char()
    result = fields.Selection(
        [
            ("accept", "Accepted"),
            ("reject", "Rejected"),
            ("same", "Known Already"),
        ],
    )
    number = fields.Char(string="Filing Number")
    date = fields.Date()
    reason = fields.Text()
    problem = fields.Text()

    def _apply(self):
        self.ensure_one()
        filing = self.filing_id
        if self.result == "accept":
            filing.action_accept(self.date, self.number)
        elif self.result == "reject":
            filing.action_reject(self.reason, self.date)
