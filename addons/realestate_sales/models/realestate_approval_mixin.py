from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

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

    # The kind that the record's own Approve button is about; none: any.
    _approval_kind = None

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
            if self._approval_kind:
                pending = pending.filtered(lambda a: a.kind == self._approval_kind)
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

    def _get_approval_summary(self, kind):
        """What is approved, for the eye: rows of key, label and text in the language of
        the context. The same thing has the same key whenever it is asked for."""
        return []

    def _summary_date(self, day):
        """``day`` as the reader of a summary writes it; empty for none."""
        return format_date(self.env, day) if day else ""

    def _get_approval_group(self, kind):
        """The group that decides where no tier applies; none: nobody is asked."""
        return self.env["res.groups"]

    def _request_by_reason(self, kind, reason):
        """Ask for an approval of ``kind``; the rights are the kind's to check."""
        raise NotImplementedError(kind)

    def _approve_by_reason(self, kind, reason):
        """Approve by the kind's own rule; the rights are the kind's to check."""
        raise NotImplementedError(kind)

    def _on_approved(self, kind):
        """The last tier has approved."""

    def _on_refused(self, kind, reason):
        """A tier has refused."""

    # === BUSINESS === #

    def _get_fingerprint(self, kind):
        self.ensure_one()
        return fingerprint(self._get_approval_facts(kind))

    def _request_approval(self, kind, reason=None):
        """Ask the tiers that these records need, in place of what was asked before;
        where none applies, the group that the kind's own rule names, if any.

        :param reason: text why it is asked for, kept with each approval
        """
        # Approvals and tiers are written and read by the system alone.
        own = self.sudo()
        own._void_approvals(kind)
        approvals = own.env["realestate.approval"]
        asking = own.env["realestate.approval.tier"]._get_companies(kind)
        for record in own:
            group = record._get_approval_group(kind)
            if record.company_id not in asking and not group:
                continue
            measure = record._measure_approval(kind)
            tiers = record._choose_tiers(kind, *measure)
            steps = [approvals._prepare_step_values(tier) for tier in tiers]
            if group and not steps:
                steps = [approvals._prepare_step_values(group=group)]
            if steps:
                values = approvals._prepare_values(record, kind, *measure)
                is_text = isinstance(reason, str)
                values["reason_requested"] = is_text and reason.strip()
                asked = approvals.create([{**values, **step} for step in steps])
                asked._check_decidable_by_others()
                record._tell_approvers(asked[:1])

    def _approve_by_rule(self, kind, reason):
        """Approve where no tier applies. The caller has checked that the user may.

        What the group was asked for is decided; else it is written down at once.
        """
        for record in self:
            # Approvals are written by nobody's hand, tiers not read by everybody.
            own = record.sudo()
            measure = own._measure_approval(kind)
            tiers = own._choose_tiers(kind, *measure)
            if tiers:
                raise UserError(own._approval_tiers_message(tiers))
            own._void_approvals(kind)
            approvals = own.env["realestate.approval"]
            group = own._get_approval_group(kind)
            approval = approvals.create(
                {
                    **approvals._prepare_values(own, kind, *measure),
                    **approvals._prepare_step_values(group=group),
                }
            )
            approval._write_decision("approved", reason)

    def _choose_tiers(self, kind, amount, percent):
        """The tiers that this record needs, in their order.

        :param amount: float in the company's currency
        """
        return self.env["realestate.approval.tier"]._choose(
            kind, self.company_id, self._get_approval_project(), amount, percent
        )

    def _measure_approval(self, kind):
        """Amount in the company's currency and percentage."""
        self.ensure_one()
        amount, percent = self._get_approval_measure(kind)
        company = self.company_id
        today = fields.Date.context_today(self)
        amount = self.currency_id._convert(amount, company.currency_id, company, today)
        return amount, percent

    def _approval_tiers_message(self, tiers):
        self.ensure_one()
        return self.env._(
            "%(document)s is approved by %(tiers)s: ask for their approval first.",
            document=self.display_name,
            tiers=", ".join(f"“{tier.name}”" for tier in tiers),
        )

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

    def _void_outdated(self, kind):
        """What was asked or approved of something else counts no longer, even if the
        record becomes again what it was."""
        # Approvals are written by nobody's hand.
        for record in self.sudo():
            asked = set(record._get_approvals(kind).mapped("fingerprint"))
            if asked and asked != {record._get_fingerprint(kind)}:
                record._void_approvals(kind)

    # === TELLING === #

    def _tell_approvers(self, approval):
        """Tell those whose turn it is."""
        if approval:
            approval._tell(approval._get_approvers() - approval.user_requested_id)

    def _log_approval(self, approval):
        """Keep the decision in the record's history and ask the next tier."""
        texts = {
            "approved": self.env._("“%(tier)s” approved", tier=approval.step),
            "refused": self.env._("“%(tier)s” refused", tier=approval.step),
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
