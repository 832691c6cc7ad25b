from odoo import api, models


class StatementReport(models.AbstractModel):
    """The statement of account of a contract, in the buyer's language."""

    _name = "report.realestate_collection.report_statement"
    _description = "Statement of Account"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.contract"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Take the period from the wizard, if that is where the print comes from."""
        data = data or {}
        period = {
            "statement_from": data.get("date_from") or None,
            "statement_to": data.get("date_to") or None,
        }
        return super(StatementReport, self.with_context(**period))._get_report_values(
            docids, data
        )

    def _prepare_sheet(self, contract):
        context = self.env.context
        statement = contract._get_statement(
            context.get("statement_from"), context.get("statement_to")
        )
        return {
            "title": self.env._("Statement of Account"),
            "date": statement["date_to"],
            "subtitle": self._get_period(statement),
            "parties": [
                self._prepare_seller(contract.company_id),
                self._prepare_buyer(contract.partner_id, self.env._("Buyer")),
            ],
            "facts": [
                (self.env._("Contract"), contract.name),
                (self.env._("Units"), contract.unit_names),
                (self.env._("Project"), contract.project_id.name),
            ],
            "statement": statement,
            "lines": [self._prepare_line(line) for line in statement["lines"]],
            "aging": self._prepare_aging(statement["aging"]),
            "total_label": self._get_total_label(statement["closing"]),
            "closing": abs(statement["closing"]),
            "unbilled": contract.amount_unbilled,
        }

    def _get_period(self, statement):
        until = self._format_date(statement["date_to"])
        if not statement["date_from"]:
            return self.env._("Until %(until)s", until=until)
        return self.env._(
            "%(begin)s to %(until)s",
            begin=self._format_date(statement["date_from"]),
            until=until,
        )

    def _prepare_line(self, line):
        return {
            **line,
            "date": self._format_date(line["date"]),
            "due": self._format_date(line["date_due"]),
        }

    def _prepare_aging(self, aging):
        """Columns of the aging table: (title, amount)."""
        return [
            (self.env._("Not overdue"), aging["current"]),
            (self.env._("1 to 30 days"), aging["days_30"]),
            (self.env._("31 to 60 days"), aging["days_60"]),
            (self.env._("61 to 90 days"), aging["days_90"]),
            (self.env._("Over 90 days"), aging["older"]),
        ]

    def _get_total_label(self, closing):
        if closing < 0:
            return self.env._("Your credit")
        return self.env._("Balance to pay")
