from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.delivery import WRITTEN, Part, fate


class RealestateDunningNotice(models.Model):
    """One notice to one buyer: what it asked for, when, by what means, and its fate.

    Made by a run, carried out by the job that sends: see
    :mod:`.realestate_dunning_sending`. Its state follows from its deliveries, one a
    channel, and the level's rule.
    """

    _name = "realestate.dunning.notice"
    _description = "Dunning Notice"
    _inherit = ["realestate.state.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _state_moves = {
        "queued": {"failed", "sent"},
        "sent": {"queued", "failed"},
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
    delivery_ids = fields.One2many("realestate.dunning.delivery", "notice_id")
    channels = fields.Char(compute="_compute_channels")
    date_next = fields.Datetime(
        readonly=True,
        index="btree_not_null",
        help="When the job that sends looks at it again; empty: no more.",
    )
    date_sent = fields.Datetime(string="Sent At", readonly=True)
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

    @api.depends("delivery_ids.channel", "level_id")
    @api.depends_context("lang")
    def _compute_channels(self):
        deliveries = self.env["realestate.dunning.delivery"]
        labels = dict(deliveries._fields["channel"]._description_selection(self.env))
        for notice in self:
            # Before it is prepared: what its level asks for.
            used = set(notice.delivery_ids.mapped("channel")) or notice._get_channels()
            names = [label for channel, label in labels.items() if channel in used]
            notice.channels = ", ".join(names)

    @api.depends("failure_code", "failure_detail", "state", "delivery_ids.state")
    @api.depends_context("lang")
    def _compute_failure_reason(self):
        for notice in self:
            notice.failure_reason = notice._explain_failure()

    def _explain_failure(self):
        """Why it was not delivered, or was called off, in the user's language."""
        self.ensure_one()
        if not self.failure_code:
            failed = self.delivery_ids.filtered(lambda one: one.state == "failed")
            return " ".join(failed.mapped("failure_reason")) or False
        decisions = self.env["realestate.dunning.decision"]
        params = decisions._read_json(self.failure_detail)
        return decisions._explain(self.failure_code, params, self.currency_id)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        now = fields.Datetime.now()
        return super().create([{"date_next": now, **vals} for vals in vals_list])

    # === ACTIONS === #

    def action_cancel(self):
        """Call off notices that wait or have failed: the level counts as not given."""
        self._check_officer()
        # Facts that follow from what the caller may do; nobody writes them.
        notices = self.sudo()
        notices._update_state("cancelled", date_next=False)
        notices._get_open_deliveries()._set_cancelled()
        return True

    def action_send_again(self):
        """Put what failed of these notices back into the queue; the balance is looked
        at again."""
        self._check_officer()
        notices = self.sudo()
        for notice in notices.filtered(lambda one: one.state != "failed"):
            raise UserError(notice._state_move_message("queued"))
        failed = notices.delivery_ids.filtered(lambda one: one.state == "failed")
        failed._requeue()
        return True

    def action_open_letter(self):
        """Open the letter that was sent, or the one that would be."""
        self.ensure_one()
        if self.attachment_id:
            return self._download(self.attachment_id)
        return self._get_report().report_action(self)

    # === BUSINESS === #

    def _check_officer(self):
        """Officers act on notices by these buttons only; nobody writes them."""
        self.check_access("read")
        self.env["realestate.dunning.ladder"]._check_may_run()

    def _download(self, attachment):
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
        }

    def _get_report(self):
        """The letter of the level, else the one that the addon brings."""
        self.ensure_one()
        # Officers need not read reports to print one.
        return self.level_id.sudo().report_id or self.env.ref(
            "realestate_collection.action_report_dunning_letter"
        )

    def _get_channels(self):
        """By which channels this notice goes out: a set."""
        self.ensure_one()
        return self.level_id._get_channels()

    def _get_open_deliveries(self):
        """Deliveries that may still be called off: what has not gone out, and tasks
        that nobody has done."""
        return self.delivery_ids.filtered(
            lambda one: (
                one.state in ("queued", "failed")
                or (one.state == "sent" and one.channel not in WRITTEN)
            )
        )

    def _follow_deliveries(self):
        """Let the state follow from what became of the deliveries."""
        for notice in self:
            parts = [Part(one.channel, one.state) for one in notice.delivery_ids]
            target = fate(notice.level_id.delivery_rule, parts)
            if notice.state == "cancelled":
                continue
            values = {}
            if target == "sent" and not notice.date_sent:
                values["date_sent"] = fields.Datetime.now()
            moved = notice._update_state(target, **values)
            notice._plan_next()
            if target == "sent":
                moved._action_sent()
            elif target in ("failed", "cancelled"):
                moved._action_not_given()

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
