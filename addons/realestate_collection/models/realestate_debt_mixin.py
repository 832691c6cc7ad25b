from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

MANAGERS = "realestate_collection.group_manager"


class RealestateDebtMixin(models.AbstractModel):
    """Papers about one buyer's debt that somebody else approves.

    A heir names its kind of approval in ``_approval_kind`` and has the states
    ``draft``, ``submitted`` and ``approved``. Where no tier applies, a collection
    manager decides, and not who asked.
    """

    _name = "realestate.debt.mixin"
    _description = "Decision About a Debt"
    _inherit = [
        "realestate.state.mixin",
        "realestate.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    contract_id = fields.Many2one(
        "realestate.contract",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', 'in', ('active', 'completed'))]",
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="contract_id.partner_id", string="Buyer", store=True, index=True
    )
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        tracking=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            numbers = self.env["ir.sequence"].with_company(record.company_id)
            # Who may write papers down need not read their numbering.
            record._write_facts(name=numbers.sudo().next_by_code(self._name))
        return records

    def write(self, vals):
        if self._get_term_fields() & vals.keys():
            self._check_is_draft()
        return super().write(vals)

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"name"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_is_draft()

    # === HOOKS === #

    @api.model
    def _get_term_fields(self):
        """What is approved, and so stays once it is asked for."""
        return {"contract_id"}

    def _get_problems(self):
        """What keeps the record from being submitted, as sentences."""
        self.ensure_one()
        return []

    def _get_approval_group(self, kind):
        if kind != self._approval_kind:
            return super()._get_approval_group(kind)
        return self.env.ref(MANAGERS)

    def _on_approved(self, kind):
        result = super()._on_approved(kind)
        if kind == self._approval_kind:
            # Who approves need not be allowed to write; the state is the approval's.
            self.sudo()._set_approved()
        return result

    def _on_refused(self, kind, reason):
        result = super()._on_refused(kind, reason)
        if kind == self._approval_kind:
            # As above: refused it is a draft again.
            own = self.sudo()
            own._update_state("draft")
            own._tell_user(self.env._("Not approved: %(name)s", name=self.name), reason)
        return result

    def _set_approved(self):
        self._update_state("approved")
        self._tell_user(self.env._("Approved: %(name)s", name=self.name))

    # === ACTIONS === #

    def action_submit(self, reason=None):
        """Ask for the approval.

        :param reason: text kept with what is asked, may be empty
        :raises UserError: naming everything that is missing
        """
        self.check_access("write")
        for record in self:
            record._check_complete()
            record._update_state("submitted")
            record._request_approval(self._approval_kind, reason)
        return True

    def action_approve(self, reason=None):
        """Approve, for whom it is the turn.

        :raises AccessError: for who may not decide, the requester among them
        """
        for approval in self._get_turn():
            approval.action_approve(reason)
        return True

    def action_refuse(self, reason=None):
        """Refuse, saying why.

        :param reason: text kept with the decision; required
        """
        for approval in self._get_turn():
            approval.action_refuse(reason)
        return True

    def action_draft(self):
        """Back to draft: what was asked for or approved counts no longer."""
        return self._leave_approval("draft")

    def action_cancel(self):
        """Follow it no further; what waits for it goes on waiting."""
        return self._leave_approval("cancelled")

    def action_open_contract(self):
        """Open the contract that the debt is of."""
        self.ensure_one()
        return self.contract_id.get_formview_action()

    def _request_by_reason(self, kind, reason):
        if kind != self._approval_kind:
            return super()._request_by_reason(kind, reason)
        return self.action_submit(reason)

    def _approve_by_reason(self, kind, reason):
        if kind != self._approval_kind:
            return super()._approve_by_reason(kind, reason)
        return self.action_approve(reason)

    # === BUSINESS === #

    def _leave_approval(self, state):
        self.check_access("write")
        self._update_state(state)
        # Approvals are written by nobody's hand.
        self.sudo()._void_approvals(self._approval_kind)
        return True

    def _get_turn(self):
        """The approval of each record that is decided next, by the user's own
        rights."""
        turns = self.env["realestate.approval"]
        for record in self:
            pending = record._get_approvals(self._approval_kind).filtered(
                lambda approval: approval.state == "pending"
            )
            if not pending:
                raise UserError(
                    self.env._(
                        "%(record)s waits for no approval.", record=record.display_name
                    )
                )
            turns |= pending[:1].sudo(False)
        return turns

    def _check_complete(self):
        self.ensure_one()
        problems = self._get_problems()
        if problems:
            raise UserError(
                self.env._(
                    "%(record)s is not complete:\n%(problems)s",
                    record=self.display_name,
                    problems="\n".join(f"• {problem}" for problem in problems),
                )
            )

    def _check_is_draft(self):
        for record in self:
            if record.state != "draft":
                raise UserError(
                    self.env._(
                        "%(record)s is “%(state)s”: its terms stay. Set it back to "
                        "draft to change them.",
                        record=record.display_name,
                        state=record._state_label(record.state),
                    )
                )

    def _check_is_approved(self):
        """Refuse what was changed since, or never approved."""
        for record in self:
            if not record._is_approved(self._approval_kind):
                raise UserError(
                    self.env._(
                        "%(record)s is not approved as it is now: ask for it again.",
                        record=record.display_name,
                    )
                )

    @api.model
    def _check_officer(self):
        """The buttons are the collection's."""
        if not self.env.su and not self.env.user.has_group(
            "realestate_collection.group_officer"
        ):
            raise AccessError(
                self.env._("Only collection officers deal with doubtful debts.")
            )

    def _tell_user(self, summary, note=False):
        """An activity for who is responsible.

        :param note: plain text, which may come from the buyer
        """
        for record in self:
            user = record.user_id or record.contract_id._get_collector()
            record.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id or self.env.uid,
                summary=summary,
                note=note and plaintext2html(note),
            )
