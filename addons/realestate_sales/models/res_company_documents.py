from odoo import fields, models


class ResCompany(models.Model):
    """How often buyers are asked for documents."""

    # A file for each concern keeps them short.
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    realestate_document_reminder_days = fields.Integer(
        string="Days between Reminders of Documents",
        default=7,
        help="A buyer who owes documents gets one e-mail in so many days. 0: none.",
    )
    realestate_document_expiry_days = fields.Integer(
        string="Days before a Document Expires",
        default=30,
        help="The officer and the buyer are told so long before.",
    )

    _realestate_document_days_positive = models.Constraint(
        "CHECK (realestate_document_reminder_days >= 0"
        " AND realestate_document_expiry_days >= 0)",
        "The days of reminders of documents cannot be negative.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"  # pylint: disable=consider-merging-classes-inherited

    realestate_document_reminder_days = fields.Integer(
        related="company_id.realestate_document_reminder_days", readonly=False
    )
    realestate_document_expiry_days = fields.Integer(
        related="company_id.realestate_document_expiry_days", readonly=False
    )
