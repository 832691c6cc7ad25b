from odoo import fields, models

#: Amounts of a line in its currency, and the counts beside them.
AMOUNTS = (
    "amount_due",
    "amount_due_paid",
    "amount_collected",
    "amount_overdue_before",
    "amount_overdue_new",
    "amount_overdue",
    "amount_not_due",
    "amount_days_30",
    "amount_days_60",
    "amount_days_90",
    "amount_days_180",
    "amount_older",
    "amount_credit",
    "amount_promised",
    "amount_kept",
    "amount_broken",
)
COUNTS = (
    "late_count",
    "promise_count",
    "kept_count",
    "broken_count",
    "contact_count",
    "reached_count",
    "sent_count",
    "failed_count",
    "case_opened_count",
    "case_closed_count",
    "case_count",
)
#: Also in the company's currency, so that projects of several can be compared.
CONVERTED = ("amount_due", "amount_collected", "amount_overdue")


class RealestateCollectionReportLine(models.Model):
    """Figures of one project, officer and currency in a collection report."""

    _name = "realestate.collection.report.line"
    _description = "Collection Report Line"
    _order = "date_to desc, project_id, user_id, currency_id, id"
    _rec_name = "report_id"

    report_id = fields.Many2one(
        "realestate.collection.report",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, index=True, readonly=True
    )
    period = fields.Selection(related="report_id.period", store=True)
    date_from = fields.Date(string="From", related="report_id.date_from", store=True)
    date_to = fields.Date(related="report_id.date_to", store=True, string="Until")
    project_id = fields.Many2one(
        "realestate.project", required=True, readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", string="Officer", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    rate = fields.Float(
        readonly=True,
        digits=(16, 8),
        aggregator=None,
        help="Of the last day: one unit in the company's currency.",
    )

    # What came in, in the contracts' currency.
    amount_due = fields.Monetary(
        string="Fell Due", readonly=True, help="Invoiced and due in the period."
    )
    amount_due_paid = fields.Monetary(
        string="Paid of It", readonly=True, help="By the end of the period."
    )
    amount_collected = fields.Monetary(
        string="Collected", readonly=True, help="All money that came in, less refunds."
    )
    # What did not.
    amount_overdue_before = fields.Monetary(string="Overdue Before", readonly=True)
    amount_overdue_new = fields.Monetary(string="New Overdue", readonly=True)
    amount_overdue = fields.Monetary(string="Overdue", readonly=True)
    amount_not_due = fields.Monetary(string="Not Due", readonly=True)
    amount_days_30 = fields.Monetary(string="1 to 30 Days", readonly=True)
    amount_days_60 = fields.Monetary(string="31 to 60 Days", readonly=True)
    amount_days_90 = fields.Monetary(string="61 to 90 Days", readonly=True)
    amount_days_180 = fields.Monetary(string="91 to 180 Days", readonly=True)
    amount_older = fields.Monetary(string="Over 180 Days", readonly=True)
    amount_credit = fields.Monetary(string="Credit", readonly=True)
    late_count = fields.Integer(string="Contracts Overdue", readonly=True)
    # What was done about it.
    promise_count = fields.Integer(string="Promises", readonly=True)
    amount_promised = fields.Monetary(string="Promised", readonly=True)
    kept_count = fields.Integer(string="Promises Kept", readonly=True)
    amount_kept = fields.Monetary(string="Kept", readonly=True)
    broken_count = fields.Integer(string="Promises Broken", readonly=True)
    amount_broken = fields.Monetary(string="Broken", readonly=True)
    contact_count = fields.Integer(string="Contacts", readonly=True)
    reached_count = fields.Integer(string="Reached", readonly=True)
    sent_count = fields.Integer(string="Notices Sent", readonly=True)
    failed_count = fields.Integer(string="Not Delivered", readonly=True)
    case_opened_count = fields.Integer(string="Cases Opened", readonly=True)
    case_closed_count = fields.Integer(string="Cases Closed", readonly=True)
    case_count = fields.Integer(string="Open Cases", readonly=True)
    # In the company's currency, at the rate above.
    amount_due_company = fields.Monetary(
        string="Fell Due (company currency)",
        readonly=True,
        currency_field="company_currency_id",
    )
    amount_collected_company = fields.Monetary(
        string="Collected (company currency)",
        readonly=True,
        currency_field="company_currency_id",
    )
    amount_overdue_company = fields.Monetary(
        string="Overdue (company currency)",
        readonly=True,
        currency_field="company_currency_id",
    )

    _once = models.UniqueIndex(
        "(report_id, project_id, currency_id, COALESCE(user_id, 0))",
        "A report has one line of each project, officer and currency.",
    )

    def action_open_report(self):
        """Open the report that a line belongs to."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "realestate.collection.report",
            "res_id": self.report_id.id,
            "view_mode": "form",
        }
