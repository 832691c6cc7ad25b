from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.delivery import CALL, EMAIL, LETTER, SMS, VISIT
from .delivery_messages import FAILURES, SMS_FAILURES

CHANNELS = [
    (EMAIL, "E-mail"),
    (SMS, "Text Message"),
    (LETTER, "Letter"),
    (CALL, "Call"),
    (VISIT, "Visit"),
]


class RealestateDunningDelivery(models.Model):
    """A notice on one channel: where it went, when, and whether it arrived.

    Made and moved by the job that sends, by the post batches and by buttons; see
    :mod:`.realestate_dunning_delivery_flow`. A notice follows its deliveries by
    :func:`..tools.delivery.fate`.
    """

    _name = "realestate.dunning.delivery"
    _description = "Delivery of a Notice"
    _inherit = ["realestate.state.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _state_moves = {
        "queued": {"failed"},
        "sent": {"queued", "failed"},
        "delivered": {"queued", "sent", "failed"},
        "failed": {"queued", "sent", "delivered"},
        "cancelled": {"queued", "failed", "sent"},
    }
    _fact_fields = frozenset(
        {
            "activity_id",
            "address",
            "attachment_id",
            "bailiff",
            "date_handed",
            "date_received",
            "date_returned",
            "date_sent",
            "date_wait",
            "failure_code",
            "failure_detail",
            "mail_mail_id",
            "proof",
            "proof_name",
            "received_by",
            "sms_id",
            "wait_code",
            "wait_detail",
        }
    )

    notice_id = fields.Many2one(
        "realestate.dunning.notice",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    contract_id = fields.Many2one(
        related="notice_id.contract_id", store=True, index=True
    )
    project_id = fields.Many2one(related="notice_id.project_id", store=True, index=True)
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        related="notice_id.partner_id", string="Buyer", store=True, index=True
    )
    currency_id = fields.Many2one(related="notice_id.currency_id")
    level_id = fields.Many2one(related="notice_id.level_id", store=True)
    amount = fields.Monetary(related="notice_id.amount", aggregator=None)
    date = fields.Date(related="notice_id.date", store=True, index=True)
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    state = fields.Selection(
        [
            ("queued", "To Send"),
            ("sent", "Sent"),
            ("delivered", "Received"),
            ("failed", "Not Delivered"),
            ("cancelled", "Called Off"),
        ],
        default="queued",
        required=True,
        readonly=True,
        index=True,
    )
    address = fields.Char(
        string="Sent To",
        readonly=True,
        help="E-mail address, number or postal address at that time.",
    )
    date_wait = fields.Datetime(string="Waits Until", readonly=True)
    wait_code = fields.Char(readonly=True)
    wait_detail = fields.Char(readonly=True)
    date_handed = fields.Datetime(
        readonly=True, help="Given to the provider, whose answer is not known yet."
    )
    date_sent = fields.Datetime(string="Sent At", readonly=True)

    # What carries it.
    mail_mail_id = fields.Many2one(
        "mail.mail",
        string="Outgoing E-mail",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups="base.group_system",
    )
    sms_id = fields.Many2one(
        "sms.sms",
        string="Outgoing Text Message",
        readonly=True,
        ondelete="set null",
        groups="base.group_system",
    )
    activity_id = fields.Many2one(
        "mail.activity",
        string="Task",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    attachment_id = fields.Many2one(
        "ir.attachment", string="Letter as Printed", readonly=True
    )

    # What became of it.
    failure_code = fields.Char(readonly=True)
    failure_detail = fields.Char(readonly=True)
    failure_reason = fields.Char(string="Why Not", compute="_compute_failure_reason")
    registered_number = fields.Char(
        string="Registered No.", index="btree_not_null", help="Of the post or courier."
    )
    date_received = fields.Date(string="Received On", readonly=True)
    received_by = fields.Char(readonly=True)
    bailiff = fields.Char(
        string="Served By", readonly=True, help="The bailiff or process server."
    )
    proof = fields.Binary(string="Proof of Receipt", attachment=True, readonly=True)
    proof_name = fields.Char(readonly=True)
    date_returned = fields.Date(string="Returned On", readonly=True)

    _once = models.UniqueIndex(
        "(notice_id, channel)", "The notice goes by this channel already."
    )

    @api.depends("channel", "notice_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for delivery in self:
            delivery.display_name = (
                f"{delivery._get_channel_label()} · {delivery.notice_id.name}"
            )

    @api.depends("failure_code", "failure_detail", "state")
    @api.depends_context("lang")
    def _compute_failure_reason(self):
        for delivery in self:
            delivery.failure_reason = delivery._explain_failure()

    # === CRUD === #

    def write(self, vals):
        if {"notice_id", "channel"} & vals.keys():
            raise UserError(self._fact_refused_message({"channel"}))
        return super().write(vals)

    # === BUSINESS === #

    def _get_channel_label(self):
        self.ensure_one()
        labels = dict(self._fields["channel"]._description_selection(self.env))
        return labels.get(self.channel, "")

    def _explain_failure(self):
        """Why it was not delivered, or was called off, in the user's language."""
        self.ensure_one()
        code = self.failure_code
        if not code:
            return False
        if code in SMS_FAILURES:
            text = SMS_FAILURES[code]
        elif code in FAILURES:
            text = FAILURES[code]
        else:
            decisions = self.env["realestate.dunning.decision"]
            params = decisions._read_json(self.failure_detail)
            return decisions._explain(code, params, self.currency_id)
        return str(text) % {
            "partner": self.partner_id.display_name,
            "address": self.address or "",
            "level": self.level_id.name,
            "error": self.failure_detail or "",
        }
