from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

APPROVAL_STATES = [
    ("pending", "To Decide"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("void", "Void"),
]


class RealestateApproval(models.Model):
    """One step's decision on one record, as it was when it was asked for.

    The step is a tier or, where none applies, the group that the kind's own rule
    names. Nobody has the right to write an approval: its own methods do. It is about
    the facts it was asked for: once these have changed it approves nothing.
    """

    _name = "realestate.approval"
    _description = "Approval"
    _inherit = ["realestate.state.mixin"]
    _order = "date_requested desc, sequence, id"

    _fact_fields = frozenset(
        {
            "date_decided",
            "date_escalated",
            "is_substitute",
            "reason",
            "reminded",
            "user_decided_id",
        }
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
    kind = fields.Selection(selection="_get_kinds", required=True, readonly=True)
    tier_id = fields.Many2one(
        "realestate.approval.tier", readonly=True, index=True, ondelete="restrict"
    )
    group_id = fields.Many2one(
        "res.groups",
        string="Approver Group",
        readonly=True,
        help="Who decides where no tier applies.",
    )
    step = fields.Char(compute="_compute_step")
    sequence = fields.Integer(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)
    percent = fields.Float(digits=(5, 2), readonly=True)
    fingerprint = fields.Char(readonly=True, help="SHA-256 of what is to be approved.")
    state = fields.Selection(
        APPROVAL_STATES, default="pending", required=True, readonly=True, index=True
    )
    date_requested = fields.Datetime(readonly=True)
    user_requested_id = fields.Many2one(
        "res.users", string="Requested by", readonly=True
    )
    reason_requested = fields.Text(string="Asked Because", readonly=True)
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

    @api.model
    def _get_kinds(self):
        # The tiers have the list of kinds, which each concern adds its own to.
        tiers = self.env["realestate.approval.tier"]
        return tiers._fields["kind"]._description_selection(self.env)

    @api.depends("tier_id.name", "group_id.name")
    def _compute_step(self):
        # Its name is told to everybody who may see the approval.
        for approval in self.sudo():
            approval.step = approval.tier_id.name or approval.group_id.name

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
