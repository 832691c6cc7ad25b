from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.realestate_sales.models.collision import collide


class RealestateApprovalTier(models.Model):
    # Each kind in the file of its concern.
    _inherit = "realestate.approval.tier"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[("bad_debt", "Bad Debt")], ondelete={"bad_debt": "cascade"}
    )


class RealestateDebtProposal(models.Model):
    """What is approved of a proposal, and how it is carried out."""

    # A file for each concern keeps them short.
    _inherit = "realestate.debt.proposal"  # pylint: disable=consider-merging-classes-inherited

    # === APPROVAL === #

    def _get_approval_facts(self, kind):
        if kind != "bad_debt":
            return super()._get_approval_facts(kind)
        return {
            "contract": self.contract_id.id,
            "amount": self.amount,
            "kind": self.kind,
            "given_up": self.amount_given_up,
            "rate": self.rate,
            "ways": [
                [one.kind, one.recovery, one.cost, one.months]
                for one in self.option_ids.sorted("kind")
            ],
        }

    def _get_approval_measure(self, kind):
        if kind != "bad_debt":
            return super()._get_approval_measure(kind)
        return self.amount, round(self.loss_percent, 2)

    def _get_approval_summary(self, kind):
        if kind != "bad_debt":
            return super()._get_approval_summary(kind)
        money = self.currency_id.format
        labels = dict(self._fields["kind"]._description_selection(self.env))
        rows = [
            ("contract", self.env._("Contract"), self.contract_id.name),
            ("buyer", self.env._("Buyer"), self.partner_id.name),
            ("amount", self.env._("Debt"), money(self.amount)),
            ("kind", self.env._("Proposed"), labels.get(self.kind)),
            ("reason", self.env._("Reason"), self.reason or ""),
        ]
        if self.kind == "write_off":
            label = self.env._("To Write Off")
            rows.append(("given_up", label, money(self.amount_given_up)))
        for one in self.option_ids:
            text = self.env._(
                "%(recovery).0f %% within %(months)s months: worth %(amount)s today",
                recovery=one.recovery,
                months=one.months,
                amount=money(one.amount_present),
            )
            rows.append((f"way {one.kind}", labels[one.kind], text))
        return rows

    def _set_approved(self):
        result = super()._set_approved()
        for proposal in self.filtered(lambda one: one.kind == "write_off"):
            proposal._tell_user(
                self.env._("Carry it out: %(name)s", name=proposal.name),
                self.env._("A collection manager or an accountant writes it off."),
            )
        return result

    # === EXECUTION === #

    def action_execute(self):
        """Carry out what was approved, once.

        :return: an action that opens what came of it
        :raises UserError: when it is not approved as it is, or cannot be done
        :raises AccessError: to write off, unless a manager or an accountant does
        """
        self.ensure_one()
        self._check_may_execute()
        # What follows is the system's to write; the rights were checked.
        own = self.sudo()
        collide(own)
        if own.state == "executed":
            return own._open_result()
        if own.state != "approved":
            raise UserError(own._state_move_message("executed"))
        own._check_is_approved()
        result = getattr(own, f"_execute_{own.kind}")()
        own._update_state(
            "executed",
            date_executed=own.company_id._realestate_today(),
            user_executed_id=self.env.uid,
            **result,
        )
        # The next proposal of this contract may begin at once.
        own.flush_recordset()
        own._log_execution()
        return self._open_result()

    def _check_may_execute(self):
        self.check_access("read")
        if self.kind == "write_off":
            self.env["realestate.contract"]._check_may_write_off()
        else:
            self._check_officer()

    def _execute_restructure(self):
        """A draft of new dates; it is approved and offered on its own."""
        chosen = self._get_chosen()
        today = self.company_id._realestate_today()
        arrangement = self.env["realestate.arrangement"].create(
            {
                "contract_id": self.contract_id.id,
                "date": today,
                "date_first": today + relativedelta(months=1),
                "part_count": max(min(chosen.months, 120), 1),
                "reason": self.reason,
                "user_id": self.user_id.id,
            }
        )
        return {"arrangement_id": arrangement.id}

    def _execute_write_off(self):
        reason = self.env._(
            "%(proposal)s: %(reason)s", proposal=self.name, reason=self.reason.strip()
        )
        move = self.contract_id._write_off(self.amount_given_up, None, reason)
        return {"move_id": move.id}

    def _execute_cancel(self):
        """A package for the manager: the last notice goes out only then."""
        packages = self.env["realestate.cancellation.package"]
        package = packages.search(
            [
                ("contract_id", "=", self.contract_id.id),
                ("state", "in", ("draft", "submitted", "approved")),
            ],
            limit=1,
        )
        if not package:
            package = packages.create(
                {"contract_id": self.contract_id.id, "user_id": self.user_id.id}
            )
        return {"package_id": package.id}

    def _execute_legal(self):
        return self._hand_over(self.env._("Prepare legal action"))

    def _execute_agency(self):
        return self._hand_over(self.env._("Hand the debt to an agency"))

    def _hand_over(self, summary):
        """Others go on: no notices of ours meanwhile, and somebody has the task."""
        self.contract_id._hold_dunning(
            "legal",
            self.env._("%(proposal)s: %(what)s", proposal=self.name, what=summary),
            origin=self,
        )
        self.contract_id._refresh_cases()
        self._tell_user(summary, self.reason)
        return {}

    def _log_execution(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        self.contract_id._message_log(
            body=self.env._(
                "Bad-debt proposal %(name)s carried out: %(kind)s.",
                name=self.name,
                kind=labels[self.kind],
            )
        )

    def _open_result(self):
        """What came of the proposal, on the screen."""
        self.ensure_one()
        # Facts that follow from what the caller may do; nobody writes them.
        own = self.sudo()
        record = own.arrangement_id or own.package_id or own.move_id or own
        return record.with_env(self.env).get_formview_action()

    def action_open_result(self):
        """Open what came of the proposal."""
        return self._open_result()
