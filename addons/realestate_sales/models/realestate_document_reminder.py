from odoo import api, fields, models


class RealestateDocumentReminder(models.Model):
    """One e-mail to one buyer about everything the buyer owes a company; kept, so that
    nobody is asked again too soon.
    """

    _name = "realestate.document.reminder"
    _description = "Document Reminder"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Buyer", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    date = fields.Datetime(
        string="Sent on", required=True, readonly=True, default=fields.Datetime.now
    )
    document_ids = fields.Many2many("realestate.document", string="Owed", readonly=True)
    expiring_ids = fields.Many2many(
        "realestate.document",
        relation="realestate_document_reminder_expiring",
        string="Expire Soon",
        readonly=True,
    )
    document_count = fields.Integer(string="Documents", readonly=True)
    failure = fields.Char(string="Not Sent Because", readonly=True)

    @api.model
    def _get_last(self, partner, company):
        """When ``partner`` was last reminded, for ``company``."""
        found = self.search(
            [("partner_id", "=", partner.id), ("company_id", "=", company.id)], limit=1
        )
        return found.date

    def _send(self):
        """Send the e-mail, or say why that is not possible."""
        self.ensure_one()
        template = self.env.ref("realestate_sales.mail_template_documents_owed")
        if not self.partner_id.email_normalized:
            self.failure = self.env._("The buyer has no e-mail address.")
        elif not template.active:
            self.failure = self.env._("The e-mail template is archived.")
        else:
            layout = "mail.mail_notification_light"
            template.send_mail(self.id, email_layout_xmlid=layout)

    def _get_rows(self):
        """(contract, documents owed, documents that expire) for the e-mail."""
        owed = self.document_ids.grouped("contract_id")
        expiring = self.expiring_ids.grouped("contract_id")
        nothing = self.document_ids.browse()
        return [
            (contract, owed.get(contract, nothing), expiring.get(contract, nothing))
            for contract in (self.document_ids | self.expiring_ids).contract_id
        ]

    def _get_documents_url(self):
        """Where the buyer hands them in."""
        return f"{self.get_base_url()}/my/documents"
