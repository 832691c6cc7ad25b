from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .realestate_dispute_category import DEPARTMENTS

DECISIONS = [
    ("accepted", "The Buyer is Right"),
    ("partly", "Partly Right"),
    ("rejected", "Not Accepted"),
]


class RealestateDispute(models.Model):
    """What a buyer does not accept, and who in the house has to answer it. The dunning
    waits while it is open. Opened by ``contract.open_dispute``."""

    _name = "realestate.dispute"
    _description = "Dispute"
    _inherit = [
        "realestate.case.mixin",
        "realestate.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_limit, id"
    _check_company_auto = True
    # Whoever answers reads it and writes nothing but messages.
    _mail_post_access = "read"

    _state_moves = {
        "open": set(),
        "decided": {"open"},
        "withdrawn": {"open"},
    }

    # Whoever answers need not collect.
    case_id = fields.Many2one(
        groups="realestate_collection.group_officer,account.group_account_invoice"
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    installment_ids = fields.Many2many(
        "realestate.installment",
        "realestate_dispute_installment_rel",
        "dispute_id",
        "installment_id",
        string="Disputed Instalments",
        readonly=True,
    )
    amount = fields.Monetary(
        string="Disputed Amount",
        readonly=True,
        aggregator=None,
        help="What was open of the disputed instalments when the dispute was opened.",
    )
    category_id = fields.Many2one(
        "realestate.dispute.category",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    department = fields.Selection(DEPARTMENTS, required=True, readonly=True)
    text = fields.Text(string="What the Buyer Says", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Answered by", readonly=True, index=True, tracking=True
    )
    user_opened_id = fields.Many2one("res.users", string="Opened by", readonly=True)
    date_opened = fields.Date(string="Opened", required=True, readonly=True)
    date_limit = fields.Date(
        string="Answer by", required=True, readonly=True, tracking=True
    )
    date_escalated = fields.Date(
        string="Late Since", readonly=True, help="Nobody had answered by the limit."
    )
    state = fields.Selection(
        [("open", "Open"), ("decided", "Decided"), ("withdrawn", "Withdrawn")],
        default="open",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    decision = fields.Selection(DECISIONS, readonly=True, tracking=True)
    decision_note = fields.Text(string="Answer", readonly=True)
    date_decided = fields.Date(string="Decided on", readonly=True)
    user_decided_id = fields.Many2one("res.users", string="Decided by", readonly=True)

    _open_by_limit = models.Index("(date_limit) WHERE state = 'open'")

    @api.depends("contract_id.name", "category_id.name")
    def _compute_display_name(self):
        for dispute in self:
            # Its name is no secret of the contract's.
            contract = dispute.sudo().contract_id
            dispute.display_name = f"{dispute.category_id.name} · {contract.name}"

    # === ACTIONS === #

    def action_decide(self, decision, note, is_mailed=True):
        """Answer the dispute; the dunning goes on.

        :param decision: accepted, partly or rejected
        :param note: what the buyer is told, required
        :param is_mailed: whether the buyer gets the answer by e-mail; without an
            address the collection officer is asked to tell it
        :raises AccessError: unless its owner or who collects the contract calls
        """
        self.ensure_one()
        self._check_may_answer()
        note = str(note or "").strip()
        if decision not in list(dict(DECISIONS)) or not note:
            raise UserError(
                self.env._(
                    "Dispute %(dispute)s: choose a decision and write the answer that "
                    "the buyer gets.",
                    dispute=self.display_name,
                )
            )
        # The right was checked; facts are written by nobody's hand.
        own = self.sudo()
        own._set_decided(decision, note)
        if is_mailed:
            own._mail_answer()
        return True

    def action_withdraw(self, reason):
        """The buyer has taken the dispute back, or it was opened by mistake."""
        self.ensure_one()
        self._check_may_answer()
        reason = str(reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the dispute is withdrawn."))
        # The right was checked; facts are written by nobody's hand.
        self.sudo()._set_withdrawn(reason)
        return True

    def action_hand_over(self, user, date_limit=None):
        """Give the dispute to somebody else to answer.

        :param user: `res.users` record or id
        :param date_limit: last day to answer; none: it stays
        """
        self.ensure_one()
        self._check_may_answer()
        user = self.contract_id._read_record("res.users", user)
        # Groups and companies of a colleague are asked, not shown.
        self.contract_id.sudo()._check_dispute_owner(user)
        # Facts that follow from what the caller may do; nobody writes them.
        dispute = self.sudo()
        limit = dispute.contract_id._read_dispute_limit(date_limit)
        dispute._write_facts(user_id=user.id, date_limit=limit or dispute.date_limit)
        dispute._tell_owner()
        return True

    # === BUSINESS === #

    def _check_may_answer(self):
        self.check_access("read")
        if self.env.su or self.user_id == self.env.user:
            return
        if not self.env.user.has_group("realestate_collection.group_officer"):
            raise AccessError(
                self.env._(
                    "Dispute %(dispute)s is answered by %(user)s or a collection "
                    "officer.",
                    dispute=self.display_name,
                    user=self.user_id.name or "-",
                )
            )

    def _tell_owner(self):
        """One activity of the owner, due on the last day to answer."""
        for dispute in self:
            kind = "realestate_collection.mail_activity_type_dispute"
            dispute.activity_unlink([kind])
            dispute.with_context(mail_activity_quick_update=True).activity_schedule(
                kind,
                dispute.date_limit,
                note=dispute.text,
                user_id=(dispute.user_id or dispute.contract_id._get_collector()).id,
            )

    def _set_decided(self, decision, note):
        moved = self._update_state(
            "decided",
            decision=decision,
            decision_note=note,
            date_decided=self.company_id._realestate_today(),
            user_decided_id=self.env.uid,
        )
        label = dict(self._fields["decision"]._description_selection(self.env))
        moved._end_dispute(f"{label[decision]}: {note}")

    def _set_withdrawn(self, reason):
        moved = self._update_state(
            "withdrawn",
            decision_note=reason,
            date_decided=self.company_id._realestate_today(),
            user_decided_id=self.env.uid,
        )
        moved._end_dispute(self.env._("Dispute withdrawn: %(reason)s", reason=reason))

    def _end_dispute(self, text):
        """Let the dunning go on and tell the officer who has to collect now."""
        for dispute in self:
            holds = self.env["realestate.dunning.hold"].search(
                [("res_model", "=", self._name), ("res_id", "=", dispute.id)]
            )
            holds._end(reason=text)
            dispute.activity_unlink(
                ["realestate_collection.mail_activity_type_dispute"]
            )
            dispute.contract_id._schedule_once(
                "realestate_collection.mail_activity_type_dispute_decided",
                note=f"{dispute.display_name}: {text}",
            )
        self.contract_id._refresh_cases()

    # === CRON === #

    @api.model
    def _chase(self, company):
        """Send disputes up that nobody has answered in time: once each, to the leader
        of the team and, as a reminder, to the owner."""
        today = company._realestate_today()
        # The job looks after everybody.
        late = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                ("date_limit", "<", today),
                ("date_escalated", "=", False),
            ]
        )
        for dispute in late:
            dispute._write_facts(date_escalated=today)
            leader = (
                dispute.case_id._get_leader() or dispute.contract_id._get_collector()
            )
            dispute.with_context(mail_activity_quick_update=True).activity_schedule(
                "realestate_collection.mail_activity_type_dispute_late",
                today,
                note=self.env._(
                    "%(user)s has not answered by %(date)s.",
                    user=dispute.user_id.name or "-",
                    date=fields.Date.to_string(dispute.date_limit),
                ),
                user_id=leader.id or self.env.uid,
            )
        return late
