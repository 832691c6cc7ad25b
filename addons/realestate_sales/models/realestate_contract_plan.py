from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_amount

from ..tools.plan_deviation import deferred_percent
from ..tools.schedule import due_date


class RealestateApprovalTier(models.Model):
    # Each kind in the file of its concern.
    _inherit = "realestate.approval.tier"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[("plan", "Own Payment Plan")], ondelete={"plan": "cascade"}
    )


class RealestateContract(models.Model):
    """A payment plan of the contract's own: made from a standard one, approved by a
    manager or the tiers there are.
    """

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    is_plan_own = fields.Boolean(
        string="Own Plan", compute="_compute_is_plan_own", groups="base.group_user"
    )
    is_plan_approved = fields.Boolean(
        string="Own Plan Approved",
        compute="_compute_is_plan_approved",
        groups="base.group_user",
    )
    is_plan_mine = fields.Boolean(
        string="Own Plan Mine to Approve",
        compute="_compute_is_plan_approved",
        groups="base.group_user",
    )
    plan_deferred = fields.Float(
        string="Paid Later (%)",
        digits=(6, 2),
        compute="_compute_plan_deferred",
        groups="base.group_user",
        help="So much of the price, at the worst moment, is due later than by the "
        "standard plan.",
    )

    @api.depends("plan_id.contract_id")
    def _compute_is_plan_own(self):
        for contract in self:
            plan = contract.plan_id
            contract.is_plan_own = bool(plan) and plan.contract_id == contract._origin

    @api.depends("state", "approval_ids.state", "plan_id")
    @api.depends_context("uid")
    def _compute_is_plan_approved(self):
        for contract in self:
            contract.is_plan_approved = contract._is_approved("plan")
            contract.is_plan_mine = contract.state == "review" and any(
                approval._is_decidable_by(self.env.user)
                for approval in contract._get_approvals("plan")
            )

    @api.depends("plan_id", "amount_total", "installment_ids.date_due")
    def _compute_plan_deferred(self):
        for contract in self:
            contract.plan_deferred = contract._get_plan_deferred()

    # === ACTIONS === #

    def action_own_plan(self):
        """Open the plan of this contract alone, made from the chosen one at first."""
        self.ensure_one()
        if not self.is_plan_own:
            self._make_own_plan()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payment plan of %(contract)s", contract=self.name),
            "res_model": "realestate.payment.plan",
            "res_id": self.plan_id.id,
            "view_mode": "form",
            "views": [
                (
                    self.env.ref(
                        "realestate_sales.realestate_payment_plan_view_form_own"
                    ).id,
                    "form",
                )
            ],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_standard_plan(self):
        """Go back to the standard plan; the contract's own is deleted."""
        self.check_access("write")
        for contract in self.filtered("is_plan_own"):
            own = contract.plan_id
            contract.plan_id = own.standard_id
            # Plans are the manager's to delete; this one was the contract's.
            own.sudo().unlink()
        return True

    def action_submit(self):
        """Hand the draft to review, and ask for the approval of a plan of its own."""
        drafts = self.filtered(lambda contract: contract.state == "draft")
        result = super().action_submit()
        drafts.filtered("is_plan_own")._request_approval("plan")
        return result

    def action_draft(self):
        """Send contracts back to their officers; their approvals are void."""
        result = super().action_draft()
        # Approvals are written by nobody's hand.
        self.sudo()._void_approvals("plan")
        return result

    def action_approve_plan(self):
        """Approve the contract's own plan, as a manager or by the tiers for it."""
        for contract in self:
            pending = contract._get_approvals("plan").filtered(
                lambda approval: approval.state == "pending"
            )
            if contract.state != "review" or not pending:
                raise UserError(
                    self.env._(
                        "Contract %(contract)s does not wait for an approval of its "
                        "payment plan.",
                        contract=contract.name,
                    )
                )
            # The decision is the user's own: the approval checks who that is.
            pending[:1].sudo(False).action_approve()
        return True

    # === BUSINESS === #

    def _make_own_plan(self):
        """Copy the chosen plan for this contract alone, and take it."""
        self.ensure_one()
        self.check_access("write")
        self._check_terms_open()
        standard = self.plan_id
        if not standard:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: choose the standard plan that comes "
                    "nearest, then change it for this contract.",
                    contract=self.name,
                )
            )
        # Standard plans are the manager's to make; this one is the contract's.
        own = standard.sudo().copy(
            {
                "name": f"{standard.name} – {self.name}",
                "company_id": self.company_id.id,
                "project_ids": [Command.set(self.project_id.ids)],
            }
        )
        own._write_facts(
            contract_id=self.id, standard_id=(standard.standard_id or standard).id
        )
        self.write({"plan_id": own.id})

    def _get_problems(self):
        problems = super()._get_problems()
        owner = self.sudo().plan_id.contract_id
        if owner and owner != self:
            problems.append(
                self.env._(
                    "Payment plan “%(plan)s” was made for another contract: choose a "
                    "standard one and change it for this contract.",
                    plan=self.plan_id.name,
                )
            )
        waits = self.state == "review" and self.is_plan_own
        if waits and not self._is_approved("plan"):
            problems.append(
                self.env._(
                    "Its payment plan was made for it alone: “%(approvers)s” has to "
                    "approve the plan first.",
                    approvers=", ".join(self._get_approvals("plan").mapped("step")),
                )
            )
        return problems

    def _get_plan_deferred(self):
        """How much of the price is due later than by the standard plan, in percent."""
        self.ensure_one()
        # Whoever sees the contract may know how its plan departs from the standard.
        own = self.sudo().plan_id
        if not own.standard_id or self.currency_id.is_zero(self.amount_total):
            return 0
        try:
            schedules = [
                self._get_dues(plan) for plan in (own.standard_id, own) if plan
            ]
        except UserError:
            # The plan is being changed, or the price does not fit it.
            return 0
        price = Decimal(str(self.amount_total))
        return float(deferred_percent(price, *schedules))

    def _get_dues(self, plan):
        """Due days and amounts of the price by ``plan``; milestones that are not
        reached count as planned."""
        items = plan._build_schedule(
            self.amount_total,
            self.currency_id,
            self.date_start or self.date_contract,
            reservation_fee=self.reservation_fee,
            date_reservation=self.reservation_id.date_reservation,
        )
        return [
            (item.date_due or self._get_planned_day(item), item.amount)
            for item in items
        ]

    def _get_planned_day(self, item):
        milestone = self._get_milestone(item.milestone)
        reached = milestone._get_due_date(item)
        if reached or not milestone.date_planned:
            return reached or None
        return due_date(milestone.date_planned, item.offset_months, item.offset_days)

    # === HOOKS === #

    def _get_approval_group(self, kind):
        if kind == "plan":
            return self.env.ref("realestate_sales.group_manager")
        return super()._get_approval_group(kind)

    def _get_approval_facts(self, kind):
        if kind != "plan":
            return super()._get_approval_facts(kind)
        return {
            "buyer": self.partner_id.id,
            "price": self.amount_total,
            "standard": self.plan_id.standard_id.id,
            "instalments": [
                [part.sequence, part.kind, part.date_due or None, part.amount_due]
                for part in self.installment_ids.sorted("sequence")
            ],
        }

    def _get_approval_measure(self, kind):
        if kind != "plan":
            return super()._get_approval_measure(kind)
        return self.amount_total, self._get_plan_deferred()

    def _get_approval_summary(self, kind):
        if kind != "plan":
            return super()._get_approval_summary(kind)
        own = self.plan_id
        currency = self.currency_id
        return [
            ("buyer", self.env._("Buyer"), self.partner_id.name),
            ("price", self.env._("Price"), currency.format(self.amount_total)),
            ("standard", self.env._("Standard plan"), own.standard_id.name),
            *(
                (f"line {number}", line.name, line._get_text(currency))
                for number, line in enumerate(own.line_ids, start=1)
            ),
            (
                "interest",
                self.env._("Interest"),
                format_amount(self.env, self.amount_interest, currency),
            ),
            (
                "deferred",
                self.env._("Paid later than by the standard"),
                self.env._(
                    "%(percent).2f %% of the price", percent=self._get_plan_deferred()
                ),
            ),
            *self._get_schedule_summary(),
        ]

    def _on_refused(self, kind, reason):
        if kind == "plan":
            # Sending back is what a refusal means.
            self.sudo()._update_state("draft")
            self.sudo()._void_approvals("contract")
            self.sudo()._void_approvals("terms")
        return super()._on_refused(kind, reason)
