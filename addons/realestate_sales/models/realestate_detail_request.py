from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Days before and after the deadline on which a buyer who is silent is reminded.
REMIND_DAYS = (-3, 1)
OPEN = ("draft", "sent", "answered")


class RealestateDetailRequest(models.Model):
    """A buyer is asked whether what is known is right, confirms or corrects it in the
    portal, and staff takes over what changed, field by field.
    """

    _name = "realestate.detail.request"
    _description = "Detail Confirmation"
    _inherit = ["realestate.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_deadline, id"
    _rec_name = "partner_id"

    _fact_fields = frozenset(
        {"date_answered", "date_reminded", "date_sent", "failure", "reminder_count"}
    )
    _state_moves = {
        "draft": set(),
        "sent": {"draft"},
        "answered": {"sent"},
        "done": {"sent", "answered"},
        "cancelled": {"draft", "sent", "answered"},
    }

    contract_id = fields.Many2one(
        "realestate.contract", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Buyer", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    project_id = fields.Many2one(related="contract_id.project_id", store=True)
    user_id = fields.Many2one(
        "res.users", string="Responsible", default=lambda self: self.env.user
    )
    date_deadline = fields.Date(
        string="Answer until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=14),
    )
    line_ids = fields.One2many("realestate.detail.request.line", "request_id")
    is_late = fields.Boolean(string="Late", compute="_compute_is_late")
    date_sent = fields.Datetime(string="Sent on", readonly=True, copy=False)
    date_answered = fields.Datetime(string="Answered on", readonly=True, copy=False)
    date_reminded = fields.Date(string="Reminded on", readonly=True, copy=False)
    reminder_count = fields.Integer(string="Reminders", readonly=True, copy=False)
    failure = fields.Char(string="Not Sent Because", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "To Send"),
            ("sent", "Sent"),
            ("answered", "To Review"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )

    _open_unique = models.UniqueIndex(
        "(contract_id, partner_id) WHERE state IN ('draft', 'sent', 'answered')",
        "This buyer is being asked already.",
    )

    @api.depends("state", "date_deadline")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for request in self:
            deadline = request.date_deadline
            is_late = request.state == "sent" and deadline and deadline < today
            request.is_late = bool(is_late)

    @api.constrains("partner_id", "contract_id")
    def _check_partner(self):
        # What is checked may be more than the writer reads.
        for request in self.sudo():
            if request.partner_id not in request.contract_id.buyer_ids.partner_id:
                raise UserError(
                    self.env._(
                        "%(partner)s does not buy by contract %(contract)s. Choose one "
                        "of its buyers.",
                        partner=request.partner_id.name,
                        contract=request.contract_id.name,
                    )
                )

    def write(self, vals):
        if {"partner_id", "contract_id"} & vals.keys():
            raise UserError(
                self.env._("A request stays with its buyer: make another one.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda request: request.state != "draft"):
            raise UserError(self.env._("What was sent stays: cancel it instead."))

    # === ACTIONS === #

    def action_send(self):
        """Write to the buyers with a link to the form."""
        self.check_access("write")
        for request in self._update_state("sent", date_sent=fields.Datetime.now()):
            request._send_mail()
        return True

    def action_cancel(self):
        """Ask no longer."""
        self.check_access("write")
        self._update_state("cancelled")
        self.activity_unlink(["mail.mail_activity_data_todo"])
        return True

    def action_answer(self, values):
        """What the buyer confirms or corrects: called for the buyer alone.

        :param values: texts by name, see ``tools.details``; what is not given is
            confirmed
        """
        self.ensure_one()
        self.check_access("read")
        partner = self.env.user.partner_id.commercial_partner_id
        if not self.env.su and self.partner_id.commercial_partner_id != partner:
            raise AccessError(self.env._("Only the buyer answers."))
        # Answers are facts that nobody writes.
        self.sudo()._store_answer(values if isinstance(values, dict) else {})
        return True

    def action_apply_all(self):
        """Take over everything the buyer has changed."""
        self.line_ids.filtered(lambda line: line.decision == "pending").action_apply()
        return True

    # === BUSINESS === #

    def _store_answer(self, values):
        if self.state != "sent":
            raise UserError(
                self.env._("This request is closed: nothing has to be answered.")
            )
        lines = self.line_ids._prepare_lines(self.partner_id, values)
        self.line_ids.unlink()
        self.env["realestate.detail.request.line"].create(
            [{**line, "request_id": self.id} for line in lines]
        )
        now = fields.Datetime.now()
        if self.line_ids.filtered(lambda line: line.decision == "pending"):
            self._update_state("answered", date_answered=now)
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=(self.user_id or self.contract_id.user_id).id,
                summary=self.env._("Review what the buyer has changed"),
            )
        else:
            self._update_state("done", date_answered=now)

    def _close_when_decided(self):
        for request in self:
            pending = request.line_ids.filtered(lambda line: line.decision == "pending")
            if not pending and request.state == "answered":
                request._update_state("done")
                request.activity_unlink(["mail.mail_activity_data_todo"])

    def _send_mail(self):
        template = self.env.ref("realestate_sales.mail_template_detail_request")
        failure = False
        if not self.partner_id.email_normalized:
            failure = self.env._("The buyer has no e-mail address.")
        else:
            # Who asks need not be allowed to send by templates.
            layout = "mail.mail_notification_light"
            template.sudo().send_mail(self.id, email_layout_xmlid=layout)
        self._write_facts(failure=failure)

    def _get_answer_url(self):
        """Where the buyer answers."""
        return f"{self.get_base_url()}/my/details/{self.id}"

    # === CRON === #

    @api.model
    def _cron_remind(self):
        """Remind the silent before the deadline and after it; then tell the staff."""
        today = fields.Date.context_today(self)
        before, after = REMIND_DAYS
        sent = self.search(
            [
                ("state", "=", "sent"),
                ("date_deadline", "<=", today - timedelta(days=before)),
                ("reminder_count", "<", len(REMIND_DAYS)),
            ]
        )
        due = sent.filtered(
            lambda one: (
                not one.reminder_count
                or today >= one.date_deadline + timedelta(days=after)
            )
        )
        due = due.filtered(lambda one: one.date_reminded != today)
        for left, request in enumerate(reversed(due)):
            request._remind(today)
            self.env["ir.cron"]._commit_progress(1, remaining=left)

    def _remind(self, today):
        self._write_facts(date_reminded=today, reminder_count=self.reminder_count + 1)
        self._send_mail()
        if self.is_late and self.user_id:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=self.user_id.id,
                summary=self.env._("The buyer has not confirmed the details"),
            )
