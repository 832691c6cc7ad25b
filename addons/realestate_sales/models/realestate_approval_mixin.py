from markupsafe import Markup

from odoo import api, fields, models

from ..tools.approval import fingerprint


class RealestateApprovalMixin(models.AbstractModel):
    """Records that need the approval of tiers before they go on.

    A heir has ``company_id``, ``currency_id``, chatter and activities. It says for each
    kind of approval what is approved (:meth:`_get_approval_facts`), how much it is
    about (:meth:`_get_approval_measure`) and what follows (:meth:`_on_approved`,
    :meth:`_on_refused`). It asks by :meth:`_request_approval` and goes on when
    :meth:`_is_approved`.

    Each concern adds its kind in its own file: to the tier's ``kind`` by
    ``selection_add``, and to the hooks for its kind alone, handing others on to
    ``super()``.
    """

    _name = "realestate.approval.mixin"
    _description = "Needs Approval"

    approval_ids = fields.One2many(
        "realestate.approval", "res_id", string="Approvals", groups="base.group_user"
    )

    is_approval_pending = fields.Boolean(
        compute="_compute_is_approval_mine", groups="base.group_user"
    )
    is_approval_mine = fields.Boolean(
        string="Mine to Approve",
        compute="_compute_is_approval_mine",
        groups="base.group_user",
    )

    @api.depends("approval_ids.state")
    @api.depends_context("uid")
    def _compute_is_approval_mine(self):
        for record in self:
            # Whoever may see the record may know whether it waits.
            pending = record.sudo().approval_ids.filtered(
                lambda approval: approval.state == "pending"
            )
            record.is_approval_pending = bool(pending)
            record.is_approval_mine = any(
                approval._is_decidable_by(self.env.user) for approval in pending
            )

    # === HOOKS === #

    def _get_approval_facts(self, kind):
        """What is approved, as names and plain values: text, numbers, dates, lists."""
        raise NotImplementedError(kind)

    def _get_approval_measure(self, kind):
        """How much it is about: amount in the record's currency, percentage."""
        raise NotImplementedError(kind)

    def _on_approved(self, kind):
        """The last tier has approved."""

    def _on_refused(self, kind, reason):
        """A tier has refused."""

    # === BUSINESS === #

    def _get_fingerprint(self, kind):
        self.ensure_one()
        return fingerprint(self._get_approval_facts(kind))

    def _request_approval(self, kind):
        """Ask the tiers that these records need, in place of what was asked before."""
        # Approvals and tiers are written and read by the system alone.
        own = self.sudo()
        own._void_approvals(kind)
        tiers = own.env["realestate.approval.tier"]
        asking = tiers._get_companies(kind)
        for record in own.filtered(lambda one: one.company_id in asking):
            amount, percent = record._get_approval_measure(kind)
            amount = record.currency_id._convert(
                amount,
                record.company_id.currency_id,
                record.company_id,
                fields.Date.context_today(self),
            )
            chosen = tiers._choose(
                kind, record.company_id, record._get_approval_project(), amount, percent
            )
            approvals = record.env["realestate.approval"]
            approvals = approvals.create(
                [
                    approvals._prepare_values(record, tier, amount, percent, kind)
                    for tier in chosen
                ]
            )
            record._tell_approvers(approvals[:1])

    def _get_approval_project(self):
        return self.project_id

    def _get_approvals(self, kind=None):
        """Approvals that were asked for and are not refused or void, in order."""
        self.ensure_one()
        # Whoever may see the record may know whether it is approved.
        return (
            self.sudo()
            .approval_ids.filtered(
                lambda approval: (
                    kind in (None, approval.kind)
                    and approval.state in ("pending", "approved")
                )
            )
            .sorted("sequence")
        )

    def _is_approved(self, kind):
        """Whether every tier that was asked has approved what the record is now."""
        approvals = self._get_approvals(kind)
        if not approvals or set(approvals.mapped("state")) != {"approved"}:
            return False
        now = self.sudo()._get_fingerprint(kind)
        return set(approvals.mapped("fingerprint")) == {now}

    def _void_approvals(self, kind=None):
        """What was asked or approved before counts no longer: of one kind or of all."""
        for record in self:
            approvals = record._get_approvals(kind)
            if approvals:
                approvals._update_state("void")
                approvals._close_activities()

    # === TELLING === #

    def _tell_approvers(self, approval):
        """Give the approvers an activity and a mail whose link asks for a login."""
        if not approval:
            return
        approvers = approval.tier_id._get_approvers() - approval.user_requested_id
        summary = self.env._(
            "%(tier)s: %(document)s", tier=approval.tier_id.name, document=approval.name
        )
        for user in approvers:
            self.activity_schedule(
                "realestate_sales.mail_activity_approval",
                date_deadline=approval.date_deadline,
                user_id=user.id,
                summary=summary,
                realestate_approval_id=approval.id,
            )
        self.message_notify(
            partner_ids=approvers.partner_id.ids,
            subject=summary,
            body=self._get_approval_message(approval),
        )

    def _get_approval_message(self, approval):
        return self.env._(
            "%(user)s asks for your approval of %(document)s: %(amount)s. Decide by "
            "%(date)s.",
            user=approval.user_requested_id.name,
            document=approval.name,
            amount=approval.currency_id.format(approval.amount),
            date=fields.Date.to_string(approval.date_deadline),
        )

    def _log_approval(self, approval):
        """Keep the decision in the record's history and ask the next tier."""
        texts = {
            "approved": self.env._("“%(tier)s” approved", tier=approval.tier_id.name),
            "refused": self.env._("“%(tier)s” refused", tier=approval.tier_id.name),
        }
        body = Markup("<p>%s</p><p>%s</p>") % (
            texts[approval.state],
            approval.reason or "",
        )
        self.message_post(body=body, author_id=approval.user_decided_id.partner_id.id)
        approval._close_activities()
        if approval.state == "approved":
            pending = self._get_approvals(approval.kind)
            self._tell_approvers(pending.filtered(lambda a: a.state == "pending")[:1])
