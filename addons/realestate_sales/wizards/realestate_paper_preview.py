import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.report_weasyprint.tools import engine

from ..report.paper_text import Preview

#: By kind of paper: the report that prints it, and the model it is printed of.
REPORTS = {
    "price": ("report_reservation_price", "realestate.reservation"),
    "reservation": ("report_reservation", "realestate.reservation"),
    "contract": ("report_contract", "realestate.contract"),
    "deposit": ("report_deposit", "realestate.deposit"),
    "liquidation": ("report_contract_liquidation", "realestate.contract"),
    "cost_list": ("report_cost_list", "realestate.contract"),
    "seal_request": ("report_seal_request", "realestate.seal.request"),
    "receipt": ("report_receipt", "account.payment"),
}


class RealestatePaperPreview(models.TransientModel):
    """Tries a template out on a real record, newest drafts of its clauses included."""

    _name = "realestate.paper.preview"
    _description = "Paper Preview"

    template_id = fields.Many2one("realestate.paper.template", required=True)
    kind = fields.Selection(related="template_id.kind")
    reservation_id = fields.Many2one("realestate.reservation")
    contract_id = fields.Many2one("realestate.contract")
    deposit_id = fields.Many2one("realestate.deposit")
    request_id = fields.Many2one("realestate.seal.request")
    payment_id = fields.Many2one("account.payment")
    pdf = fields.Binary(string="Preview", readonly=True, attachment=False)
    pdf_name = fields.Char(default="preview.pdf")

    @api.model
    def default_get(self, fields):  # pylint: disable=redefined-outer-name
        """Choose the latest record of the kind, so that there is one to look at."""
        values = super().default_get(fields)
        template = self.env["realestate.paper.template"].browse(
            values.get("template_id")
        )
        records = self.env[REPORTS[template.kind][1]] if template else None
        if template and records.has_access("read"):
            name = self._get_record_field(template.kind)
            record = records.search(
                self._get_record_domain(template), order="id desc", limit=1
            )
            values[name] = record.id
        return values

    @api.model
    def _get_record_field(self, kind):
        return {
            "price": "reservation_id",
            "reservation": "reservation_id",
            "deposit": "deposit_id",
            "seal_request": "request_id",
            "receipt": "payment_id",
        }.get(kind, "contract_id")

    @api.model
    def _get_record_domain(self, template):
        domain = []
        if template.kind == "liquidation":
            domain.append(("state", "=", "cancelled"))
        if template.kind == "receipt":
            domain.append(("payment_type", "=", "inbound"))
        if template.project_ids and template.kind != "receipt":
            domain.append(("project_id", "in", template.project_ids.ids))
        return domain

    # === ACTIONS === #

    def action_show(self):
        """Print the template on the chosen record and show it here."""
        self.ensure_one()
        self._check_may_try()
        record = self[self._get_record_field(self.kind)]
        if not record:
            raise UserError(self.env._("Choose a record to print the template of."))
        record.check_access("read")
        self.pdf = base64.b64encode(self._print(record))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview of %s", self.template_id.display_name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _check_may_try(self):
        records = self.env[REPORTS[self.kind][1]]
        if not records.has_access("read"):
            raise UserError(
                self.env._(
                    "This paper is printed of %(records)s, which you may not see: ask "
                    "somebody who does to try the template out.",
                    records=self.env["ir.model"]._get(records._name).name,
                )
            )

    def _print(self, record):
        """The paper as a PDF. It is drawn past the usual door, which would keep the
        text of an approved contract, or answer with the one that is kept."""
        report = self.env["ir.actions.report"]._get_report(
            f"realestate_sales.{REPORTS[self.kind][0]}"
        )
        reports = self.env["ir.actions.report"].with_context(
            paper_preview=Preview(self.template_id)
        )
        return engine.write([reports._weasyprint_document(report, {}, record.ids)])


class RealestatePaperTemplate(models.Model):
    _inherit = "realestate.paper.template"

    def action_preview(self):
        """Try the template out on a real record."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview of %s", self.display_name),
            "res_model": "realestate.paper.preview",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_template_id": self.id,
                "dialog_size": "extra-large",
            },
        }
