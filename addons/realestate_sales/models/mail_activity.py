from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    # A document may wait for approvals of several kinds: each closes its own.
    realestate_approval_id = fields.Many2one(
        "realestate.approval",
        string="Approval",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        groups="base.group_user",
    )
