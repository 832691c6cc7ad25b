import base64

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools.misc import get_lang

TEMPLATE = "realestate_collection.mail_template_collection_report"


class RealestateCollectionReportSending(models.Model):
    """That a report was mailed by a schedule: once."""

    _name = "realestate.collection.report.sending"
    _description = "Collection Report Sent"
    _order = "date_sent desc, id desc"
    _rec_name = "report_id"

    schedule_id = fields.Many2one(
        "realestate.collection.report.schedule",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
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
    date_sent = fields.Datetime(string="Sent on", required=True, readonly=True)
    email_to = fields.Char(string="Sent To", readonly=True)
    mail_ids = fields.Many2many("mail.mail", readonly=True, string="E-mails")
    is_failed = fields.Boolean(string="Not Delivered", compute="_compute_is_failed")

    # Two jobs at once, or one that is repeated, meet this.
    _once = models.UniqueIndex(
        "(schedule_id, report_id)", "This report has been sent by that schedule."
    )

    def _compute_is_failed(self):
        # Mails are the system's; whether they arrived is no secret.
        for sending in self.sudo():
            states = sending.mail_ids.mapped("state")
            sending.is_failed = "exception" in states or "cancel" in states

    @api.model
    def _send(self, schedule, report):
        """Queue the mails of ``report`` to the recipients of ``schedule``, one for each
        language."""
        partners = schedule.partner_ids.filtered("email")
        groups = partners.grouped(lambda one: get_lang(self.env, one.lang).code)
        mails = self.env["mail.mail"]
        for lang, people in groups.items():
            mails |= self._send_in(schedule, report.with_context(lang=lang), people)
        return self.create(
            {
                "schedule_id": schedule.id,
                "report_id": report.id,
                "date_sent": fields.Datetime.now(),
                "email_to": ", ".join(partners.mapped("email_formatted")),
                "mail_ids": [Command.set(mails.ids)],
            }
        )

    def _send_in(self, schedule, report, partners):
        """Queue the mail in the language of the environment of ``report``."""
        template = self.env.ref(TEMPLATE).with_env(report.env)
        mail = template.send_mail(
            report.id,
            email_values={
                "recipient_ids": [Command.set(partners.ids)],
                "attachment_ids": [
                    Command.create(
                        {"name": name, "raw": content, "res_model": "mail.message"}
                    )
                    for name, content in self._get_files(schedule, report)
                ],
            },
        )
        return self.env["mail.mail"].browse(mail)

    def _get_files(self, schedule, report):
        """Names and contents of what the mail carries."""
        name = report._get_file_name()
        files = []
        if schedule.with_pdf:
            files.append((f"{name}.pdf", report._get_pdf()))
        if schedule.with_xlsx:
            files.append((f"{name}.xlsx", base64.b64decode(report.xlsx)))
        return files
