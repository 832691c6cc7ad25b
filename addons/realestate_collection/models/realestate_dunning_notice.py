from odoo import api, fields, models

from .dunning_messages import FAILURES


class RealestateDunningNotice(models.Model):
    """One notice to one buyer: what it asked for, when, by what means, and its fate.

    Made by a run, carried out by the job that sends: see
    :mod:`.realestate_dunning_sending`.
    """

    _name = "realestate.dunning.notice"
    _description = "Dunning Notice"
    _inherit = ["realestate.state.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _state_moves = {
        "queued": {"failed"},
        "sent": {"queued"},
        "failed": {"queued", "sent"},
        "cancelled": {"queued", "failed"},
    }

    name = fields.Char(compute="_compute_name", search="_search_name")
    run_id = fields.Many2one(
        "realestate.dunning.run", readonly=True, index=True, ondelete="restrict"
    )
    contract_id = fields.Many2one(
        "realestate.contract", required=True, readonly=True, ondelete="restrict"
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="contract_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Buyer",
        compute="_compute_partner_id",
        store=True,
        index=True,
    )
    level_id = fields.Many2one(
        "realestate.dunning.level", required=True, readonly=True, ondelete="restrict"
    )
    level_days = fields.Integer(
        readonly=True, help="Where the level stood on its ladder when this was made."
    )
    kind = fields.Selection(related="level_id.kind", store=True)
    date = fields.Date(required=True, readonly=True, index=True)
    amount = fields.Monetary(readonly=True, aggregator=None)
    days = fields.Integer(string="Days Late", readonly=True, aggregator="avg")

    state = fields.Selection(
        [
            ("queued", "To Send"),
            ("sent", "Sent"),
            ("failed", "Not Delivered"),
            ("cancelled", "Called Off"),
        ],
        default="queued",
        required=True,
        readonly=True,
        index=True,
    )
    channel = fields.Selection(
        [("email", "E-mail"), ("activity", "Activity")],
        compute="_compute_channel",
        store=True,
    )
    date_sent = fields.Datetime(string="Sent At", readonly=True)
    email_to = fields.Char(string="Sent To", readonly=True)
    mail_mail_id = fields.Many2one(
        "mail.mail", readonly=True, ondelete="set null", index="btree_not_null"
    )
    attachment_id = fields.Many2one("ir.attachment", string="Letter", readonly=True)
    failure_code = fields.Char(readonly=True)
    failure_detail = fields.Char(readonly=True)
    failure_reason = fields.Char(string="Why Not", compute="_compute_failure_reason")

    # A run that is repeated, or two at once, meets this; the selection reads the last
    # notice of each contract from it alone.
    _one_a_day = models.UniqueIndex(
        "(contract_id, date) INCLUDE (state, level_id, level_days)"
        " WHERE state != 'cancelled'",
        "This contract has a notice of that day already.",
    )

    @api.depends("level_id.name", "contract_id.name")
    def _compute_name(self):
        for notice in self:
            notice.name = f"{notice.level_id.name} · {notice.contract_id.name}"

    def _search_name(self, operator, value):
        return ["|", ("contract_id", operator, value), ("level_id", operator, value)]

    @api.depends("contract_id")
    def _compute_partner_id(self):
        # The buyer at that time: a later transfer does not rewrite history.
        for notice in self:
            notice.partner_id = notice.contract_id.partner_id

    @api.depends("level_id")
    def _compute_channel(self):
        for notice in self:
            notice.channel = "email" if notice.level_id.send_email else "activity"

    @api.depends("failure_code", "failure_detail", "state")
    @api.depends_context("lang")
    def _compute_failure_reason(self):
        for notice in self:
            notice.failure_reason = notice._explain_failure()

    def _explain_failure(self):
        """Why it was not delivered, or was called off, in the user's language."""
        self.ensure_one()
        if not self.failure_code:
            return False
        if self.failure_code not in FAILURES:
            decisions = self.env["realestate.dunning.decision"]
            params = decisions._read_json(self.failure_detail)
            return decisions._explain(self.failure_code, params, self.currency_id)
        return str(FAILURES[self.failure_code]) % {
            "partner": self.partner_id.display_name,
            "email": self.email_to or self.partner_id.email,
            "level": self.level_id.name,
            "error": self.failure_detail,
        }

    # === ACTIONS === #

    def action_cancel(self):
        """Call off notices that wait or have failed: the level counts as not given."""
        self._check_officer()
        self.sudo()._update_state("cancelled")
        return True

    def action_send_again(self):
        """Put failed notices back into the queue; the balance is looked at again."""
        self._check_officer()
        notices = self.sudo()
        notices._update_state("queued", failure_code=False, failure_detail=False)
        notices.mail_mail_id = False
        self.env.ref("realestate_collection.ir_cron_send_notices").sudo()._trigger()
        return True

    def action_open_letter(self):
        """Open the letter that was sent, or the one that would be."""
        self.ensure_one()
        if self.attachment_id:
            return {
                "type": "ir.actions.act_url",
                "url": f"/web/content/{self.attachment_id.id}?download=true",
            }
        report = self.level_id.sudo().report_id or self.env.ref(
            "realestate_collection.action_report_dunning_letter"
        )
        return report.report_action(self)

    # === BUSINESS === #

    def _check_officer(self):
        """Officers act on notices by these buttons only; nobody writes them."""
        self.check_access("read")
        self.env["realestate.dunning.ladder"]._check_may_run()

    def _get_open_items(self):
        """Rows of the letter: what is asked for, oldest first, as dicts.

        A reminder names what falls due in its window, a notice what is overdue.
        """
        self.ensure_one()
        today = self.company_id._realestate_today()
        items = self.contract_id.installment_ids.filtered("date_due").sorted("date_due")
        if self.kind == "reminder":
            items = items.filtered(lambda i: self._is_reminded(i, today))
        else:
            items = items.filtered(lambda i: i.amount_residual and i.date_due < today)
        return [
            {
                "number": item.sequence,
                "name": item.name,
                "date_due": item.date_due,
                "days": max((today - item.date_due).days, 0),
                "amount": item.amount_billed or item.amount_due,
                "residual": item.amount_residual or item.amount_due,
            }
            for item in items
        ]

    def _is_reminded(self, item, today):
        ahead = (item.date_due - today).days
        is_open = item.state == "planned" or item.amount_residual
        return is_open and 0 <= ahead <= -self.level_days
