from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .collision import collide

APPROVAL_STATES = [
    ("pending", "To Decide"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("void", "Void"),
]


class RealestateApproval(models.Model):
    """One tier's decision on one record, as it was when it was asked for.

    Nobody has the right to write one: its own methods do. It is about the facts it was
    asked for: once these have changed it approves nothing.
    """

    _name = "realestate.approval"
    _description = "Approval"
    _inherit = ["realestate.state.mixin"]
    _order = "date_requested desc, sequence, id"

    _fact_fields = frozenset(
        {"user_decided_id", "date_decided", "is_substitute", "reason"}
    )
    _state_moves = {
        "approved": {"pending"},
        "refused": {"pending"},
        "void": {"pending", "approved"},
    }

    name = fields.Char(string="Subject", readonly=True)
    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field="res_model", required=True, readonly=True
    )
    tier_id = fields.Many2one(
        "realestate.approval.tier", required=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(related="tier_id.kind", store=True)
    sequence = fields.Integer(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)
    percent = fields.Float(string="Discount (%)", digits=(5, 2), readonly=True)
    fingerprint = fields.Char(readonly=True, help="SHA-256 of what is to be approved.")
    state = fields.Selection(
        APPROVAL_STATES, default="pending", required=True, readonly=True, index=True
    )
    date_requested = fields.Datetime(readonly=True)
    user_requested_id = fields.Many2one(
        "res.users", string="Requested by", readonly=True
    )
    date_deadline = fields.Date(string="Decide by", readonly=True)
    date_decided = fields.Datetime(string="Decided on", readonly=True)
    user_decided_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    is_substitute = fields.Boolean(
        string="As Substitute", readonly=True, help="Decided for somebody who is away."
    )
    reason = fields.Text(readonly=True)
    is_overdue = fields.Boolean(compute="_compute_is_overdue")
    is_mine = fields.Boolean(
        string="Mine to Decide", compute="_compute_is_mine", search="_search_is_mine"
    )

    # The turn of a record's tiers; and what is open.
    _document = models.Index("(res_model, res_id, state)")

    @api.depends("state", "date_deadline")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for approval in self:
            approval.is_overdue = (
                approval.state == "pending"
                and bool(approval.date_deadline)
                and approval.date_deadline < today
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for approval in self:
            approval.is_mine = approval._is_decidable_by(self.env.user)

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        # What is pending is short; whom it may be decided by is not in a column.
        pending = self.search([("state", "=", "pending")])
        mine = pending.filtered("is_mine").ids
        return Domain("id", "in" if True in value else "not in", mine)

    # === ACTIONS === #

    def action_approve(self, reason=None):
        """Approve; the last tier's approval is what the document waited for.

        :param reason: text kept with the decision, may be empty
        :raises AccessError: for who may not decide, the requester among them
        :raises UserError: out of turn, or when the document has changed meanwhile
        """
        for approval in self:
            approval._decide("approved", reason)
            document = approval._get_document()
            if document._is_approved(approval.kind):
                document._on_approved(approval.kind)
        return True

    def action_refuse(self, reason):
        """Refuse, saying why; the other tiers need not decide any more.

        :param reason: text kept with the decision; required
        """
        for approval in self:
            if not isinstance(reason, str) or not reason.strip():
                raise UserError(
                    self.env._(
                        "Say why %(document)s is refused: the reason is kept.",
                        document=approval.name,
                    )
                )
            approval._decide("refused", reason)
            document = approval._get_document()
            # The others' approvals are not the decider's to write.
            document.sudo()._void_approvals(approval.kind)
            document._on_refused(approval.kind, reason.strip())
        return True

    def action_open_document(self):
        """Show what is to be approved."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    def _get_document(self):
        """The record that waits, for the user who decides: they must see it."""
        self.ensure_one()
        document = self.env[self.res_model].browse(self.res_id)
        document.check_access("read")
        return document

    def _is_decidable_by(self, user):
        self.ensure_one()
        if self.state != "pending" or user == self.user_requested_id:
            return False
        # Who belongs to a group is not everybody's to read.
        return user in self.sudo().tier_id._get_approvers() and not self._get_before()

    def _get_before(self):
        """What has to be decided before this one."""
        # Other tiers' approvals need not be this user's to see.
        return self.sudo().search(
            [
                ("res_model", "=", self.res_model),
                ("res_id", "=", self.res_id),
                ("kind", "=", self.kind),
                ("state", "=", "pending"),
                ("sequence", "<", self.sequence),
            ]
        )

    def _decide(self, state, reason):
        self.ensure_one()
        self.check_access("read")
        if self.state == state and self.user_decided_id == self.env.user:
            return
        self._check_decidable()
        # Approvals are written by nobody's hand, and groups not read by everybody: this
        # method is the door.
        own = self.sudo()
        # Two tiers of the same turn must not each take the other for undecided.
        collide(own._get_document())
        regular = own.tier_id.user_ids | own.tier_id.group_id.all_user_ids
        own._update_state(
            state,
            user_decided_id=self.env.uid,
            date_decided=fields.Datetime.now(),
            is_substitute=self.env.user not in regular,
            reason=reason.strip() if isinstance(reason, str) else False,
        )
        own._get_document()._log_approval(own)

    def _check_decidable(self):
        # Collection and accounting approve without reading tiers or every fact.
        own = self.sudo()
        if self.state != "pending":
            raise UserError(
                self.env._(
                    "%(document)s: “%(tier)s” is “%(state)s” already and not to be "
                    "decided any more.",
                    document=self.name,
                    tier=own.tier_id.name,
                    state=self._state_label(self.state),
                )
            )
        self._check_approver()
        before = self._get_before()
        if before:
            raise UserError(
                self.env._(
                    "%(document)s: “%(before)s” decides first.",
                    document=self.name,
                    before=before[:1].tier_id.name,
                )
            )
        self._get_document()
        if self.fingerprint != own._get_document()._get_fingerprint(self.kind):
            raise UserError(
                self.env._(
                    "%(document)s has changed since the approval was asked for: it has "
                    "to be asked for again.",
                    document=self.name,
                )
            )

    def _check_approver(self):
        # Who belongs to a group is not everybody's to read.
        tier = self.sudo().tier_id
        if self.env.user == self.user_requested_id:
            raise AccessError(
                self.env._(
                    "%(document)s: who asks for an approval does not give it. Another "
                    "approver of “%(tier)s” decides.",
                    document=self.name,
                    tier=tier.name,
                )
            )
        if self.env.user not in tier._get_approvers():
            raise AccessError(
                self.env._(
                    "%(document)s: you are no approver of “%(tier)s”.",
                    document=self.name,
                    tier=tier.name,
                )
            )

    def _close_activities(self):
        """Nobody needs to be reminded of these any more."""
        # The approvers' activities are not the decider's to remove.
        self.env["mail.activity"].sudo().search(
            [("realestate_approval_id", "in", self.ids)]
        ).unlink()

    @api.model
    def _prepare_values(self, document, tier, amount, percent, kind):
        today = fields.Date.context_today(self)
        return {
            "name": document.display_name,
            "res_model": document._name,
            "res_id": document.id,
            "tier_id": tier.id,
            "sequence": tier.sequence,
            "company_id": document.company_id.id,
            "currency_id": document.company_id.currency_id.id,
            "amount": amount,
            "percent": percent,
            "fingerprint": document._get_fingerprint(kind),
            "date_requested": fields.Datetime.now(),
            "user_requested_id": self.env.uid,
            "date_deadline": today + timedelta(days=tier.days),
        }
