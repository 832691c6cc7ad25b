from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class RealestateContract(models.Model):
    """The way of a contract from draft to completion or cancellation."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    # === ACTIONS === #

    def action_submit(self):
        """Hand the draft to review. Its parties, units and schedule must be
        complete.
        """
        self.check_access("write")
        drafts = self.filtered(lambda c: c.state == "draft")
        drafts._refresh_schedule()
        for contract in drafts:
            contract._check_complete()
        self._update_state("review")
        return True

    def action_draft(self):
        """Send a contract in review back to its officer."""
        self.check_access("write")
        self._update_state("draft")
        return True

    def action_approve(self):
        """Approve the terms: from here on they change by amendment only."""
        self._check_is_supervisor()
        self._approve_terms()
        return True

    def action_sign(self, date=None):
        """Record the buyer's signature.

        :param date: calendar date of the signature, default today
        """
        self._check_step("sign", "approved")
        self._set_dated("signed", "date_signed", date)
        return True

    def action_seal(self, date=None):
        """Record the company's seal.

        :param date: calendar date of the seal, default today
        """
        self._check_step("seal", "signed")
        self._set_dated("sealed", "date_sealed", date)
        return True

    def action_activate(self, date=None):
        """Start the contract: its instalments are billed as they fall due.

        :param date: calendar date it starts to run, default today
        """
        self._check_step("activate", "sealed")
        moved = self._set_dated("active", "date_active", date)
        moved._action_activate()
        return True

    def action_complete(self):
        """Close a contract whose whole price is billed and paid."""
        self.check_access("write")
        for contract in self.filtered(lambda c: c.state == "active"):
            if not contract._is_paid_up():
                raise UserError(
                    self.env._(
                        "Contract %(contract)s is not paid up: %(open)s is open and "
                        "%(unbilled)s not yet invoiced.",
                        contract=contract.name,
                        open=contract.currency_id.format(contract.amount_residual),
                        unbilled=contract.currency_id.format(contract.amount_unbilled),
                    )
                )
        self._update_state("completed")
        return True

    def action_cancel(self, reason=None):
        """Cancel contracts that are not active yet: units are freed, the schedule is
        void and an invoiced fee is credited.

        :param reason: text kept with the record; required
        """
        self._check_is_supervisor()
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._("Say why the contract is cancelled: the reason is kept.")
            )
        for contract in self.filtered(lambda c: c.state == "active"):
            raise UserError(
                self.env._(
                    "Contract %(contract)s is active: it ends by an amendment that "
                    "settles the money.",
                    contract=contract.name,
                )
            )
        moved = self._update_state(
            "cancelled",
            cancel_reason=reason.strip(),
            date_cancelled=fields.Date.context_today(self),
        )
        moved._action_cancel()
        return True

    # === TRANSITIONS === #

    def _set_dated(self, state, field, date):
        self.check_access("write")
        return self._update_state(state, **{field: self._check_date(field, date)})

    def _check_date(self, field, date):
        """The calendar date of something that has happened; default today."""
        today = fields.Date.context_today(self)
        try:
            day = fields.Date.to_date(date) or today
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("“%(date)s” is no date. Write it as 2026-12-31.", date=date)
            ) from error
        if day > today:
            raise UserError(
                self.env._(
                    "%(field)s %(date)s is in the future: record it when it has "
                    "happened.",
                    field=self._fields[field]._description_string(self.env),
                    date=day,
                )
            )
        return day

    def _approve_terms(self):
        for contract in self.filtered(lambda c: c.state == "review"):
            contract._check_complete()
        self._update_state(
            "approved",
            user_approved_id=self.env.uid,
            date_approved=fields.Date.context_today(self),
        )

    # === BUSINESS === #

    def _check_is_supervisor(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_supervisor"
        ):
            raise AccessError(
                self.env._(
                    "Only a contract supervisor may approve or cancel contracts."
                )
            )

    def _check_complete(self):
        """Refuse a contract that cannot be reviewed, saying everything that is
        wrong.
        """
        self.ensure_one()
        problems = self._get_problems()
        if problems:
            raise UserError(
                self.env._(
                    "Contract %(contract)s is not complete:\n%(problems)s",
                    contract=self.name,
                    problems="\n".join(f"• {problem}" for problem in problems),
                )
            )

    def _get_problems(self):
        """What keeps the contract from review, as sentences. Others add theirs."""
        self.ensure_one()
        problems = []
        if not self.line_ids:
            problems.append(self.env._("It sells no unit: add one."))
        if not self.plan_id:
            problems.append(self.env._("It has no payment plan: choose one."))
        problems += self.buyer_ids._get_problems(self)
        if self.line_ids and self.plan_id and not self._is_schedule_exact():
            problems.append(
                self.env._(
                    "The instalments do not come to the price: compute them again."
                )
            )
        return problems

    def _check_step(self, step, state):
        """Refuse a step of the contracts in ``state``, saying everything that is
        missing.
        """
        for contract in self.filtered(lambda one: one.state == state):
            problems = contract._get_step_problems(step)
            if problems:
                raise UserError(
                    self.env._(
                        "Contract %(contract)s is not ready for it yet:\n%(problems)s",
                        contract=contract.name,
                        problems="\n".join(f"• {problem}" for problem in problems),
                    )
                )

    def _get_step_problems(self, step):
        """What keeps an approved contract from a step, as sentences with the way out.
        Others add theirs.

        :param step: "sign", "seal" or "activate"
        """
        self.ensure_one()
        return []

    def _is_paid_up(self):
        self.ensure_one()
        is_zero = self.currency_id.is_zero
        return is_zero(self.amount_residual) and is_zero(self.amount_unbilled)

    def _end_claims(self):
        origins = [f"{self._name},{contract.id}" for contract in self]
        # Claims are written by nobody's hand.
        self.env["realestate.unit.claim"].sudo().search(
            [("origin", "in", origins), ("live", "=", True)]
        )._free()

    # === HOOKS === #

    def _action_activate(self):
        """What follows activation; downstream addons extend."""

    def _action_cancel(self):
        """What follows cancellation; downstream addons extend."""
        self._end_claims()
        # Instalments and accounting entries are not the canceller's to write.
        self.sudo().installment_ids.is_void = True
        for contract in self.sudo():
            contract.installment_ids.move_id._realestate_credit(contract.cancel_reason)
