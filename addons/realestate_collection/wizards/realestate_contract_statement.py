import base64

from odoo import api, fields, models
from odoo.exceptions import UserError


class RealestateContractStatement(models.TransientModel):
    """The statement of account for a period: on screen, as PDF, as spreadsheet."""

    _name = "realestate.contract.statement"
    _description = "Statement of Account"

    contract_id = fields.Many2one("realestate.contract", required=True)
    currency_id = fields.Many2one(related="contract_id.currency_id")
    amount_receivable = fields.Monetary(related="contract_id.amount_receivable")
    date_from = fields.Date(string="From", help="Empty: from the beginning.")
    date_to = fields.Date(
        string="Until", required=True, default=fields.Date.context_today
    )
    xlsx = fields.Binary(compute="_compute_xlsx", attachment=False)
    xlsx_name = fields.Char(compute="_compute_xlsx")

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for wizard in self:
            if wizard.date_from and wizard.date_from > wizard.date_to:
                raise UserError(
                    self.env._(
                        "Statement of %(contract)s: the period ends before it begins. "
                        "Change one of its dates.",
                        contract=wizard.contract_id.name,
                    )
                )

    @api.depends("contract_id", "date_from", "date_to")
    def _compute_xlsx(self):
        for wizard in self:
            contract = wizard.contract_id
            content = contract._get_statement_xlsx(wizard.date_from, wizard.date_to)
            wizard.xlsx = base64.b64encode(content)
            number = contract.name.replace("/", "-")
            wizard.xlsx_name = f"{number} {wizard.date_to}.xlsx"

    def action_show(self):
        """Show the movements on screen."""
        action = self.contract_id.action_open_statement()
        domain = [("date", "<=", self.date_to)]
        if self.date_from:
            domain.append(("date", ">=", self.date_from))
        action["domain"] += domain
        return action

    def action_print(self):
        """Print the period as PDF."""
        report = self.env.ref("realestate_collection.action_report_statement")
        return report.report_action(
            self.contract_id,
            data={
                "date_from": fields.Date.to_string(self.date_from) or "",
                "date_to": fields.Date.to_string(self.date_to),
            },
        )

    def action_download(self):
        """Download the period as a spreadsheet."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/xlsx?download=true"
            "&filename_field=xlsx_name",
            "target": "download",
        }
