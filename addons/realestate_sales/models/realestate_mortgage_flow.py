import math
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.mortgage import STAGES
from .given import given_records
from .realestate_mortgage import FACT_OF

OFFICERS = "realestate_sales.group_loan_officer,realestate_sales.group_supervisor"


class RealestateMortgage(models.Model):
    """The steps of a mortgage. Each is written once, on its day, by its button."""

    # A file for each concern keeps them short.
    _inherit = "realestate.mortgage"  # pylint: disable=consider-merging-classes-inherited

    # === ACTIONS === #

    def action_complete_documents(self, date=None):
        """The bank has all the papers it wants: they are accepted or waived.

        :param date: calendar date, default today; so for each of the steps below
        """
        self._check_is_loan_officer()
        for mortgage in self.filtered(lambda one: one.stage == "documents"):
            mortgage._check_papers_there()
        return self._pass("documents", date)

    def action_visit(self, date=None):
        """The buyer has been at the bank."""
        return self._pass("appointment", date)

    def action_notarize(self, date=None):
        """The papers are notarized."""
        return self._pass("notary", date)

    def action_submit(self, date=None):
        """The bank has the application: from here on its terms stay."""
        return self._pass("submission", date)

    def action_approve(self, date=None, amount=None, reference=None):
        """The bank lends.

        :param amount: what it lends, if it is less than it was asked for
        :param reference: the bank's file number
        """
        self._check_is_loan_officer()
        for mortgage in self.filtered(lambda one: one.stage == "bank"):
            approved = mortgage._read_amount(amount)
            values = {"amount_approved": approved}
            if reference:
                mortgage.reference = reference
            mortgage._pass("bank", date, **values)
        self._check_passed("bank")
        return True

    def action_seal(self, date=None):
        """The loan contract is sealed."""
        return self._pass("contract", date)

    def action_register(self, date=None, number=None):
        """The mortgage is registered: the bank may release its money."""
        if number:
            self.registration_number = number
        return self._pass("registration", date)

    def action_return_papers(self, date=None, box=None):
        """The loan papers are back, and archived.

        :param box: `realestate.archive.box` they lie in, or its id
        """
        found = given_records(self.env, "realestate.archive.box", box or [])
        return self._pass("papers", date, box_id=found[:1].id)

    def action_refuse(self, reason=None, way_out=None, date=None):
        """The bank does not lend: the buyer's balance is the buyer's again.

        :param reason: what the bank says; required
        :param way_out: "bank", "plan" or "cancel": what comes instead; required
        """
        self._check_is_loan_officer()
        reason = self._read_reason(reason)
        if way_out not in dict(self._fields["way_out"].selection):
            raise UserError(
                self.env._(
                    "Say what comes instead of the refused loan: another bank, another "
                    "payment plan, or the cancellation of the contract."
                )
            )
        self._end("refused", date, refuse_reason=reason, way_out=way_out)
        return True

    def action_cancel(self, reason=None):
        """End the mortgage without a decision of the bank.

        :param reason: text kept with the record; required
        """
        self._check_is_loan_officer()
        self._end("cancelled", None, cancel_reason=self._read_reason(reason))
        return True

    def action_change_amount(self, amount, reason=None):
        """The bank lends another amount than it has approved.

        :param amount: in the contract's currency, not less than it has released
        :param reason: text kept with the record; required
        """
        self.ensure_one()
        self._check_is_loan_officer()
        reason = self._read_reason(reason)
        if not self.date_approved or self.is_ended:
            self._refuse_step("bank")
        before = self.currency_id.format(self.amount_approved)
        self._write_facts(amount_approved=self._read_amount(amount))
        self._message_log(
            body=self.env._(
                "The bank lends %(after)s instead of %(before)s: %(reason)s",
                after=self.currency_id.format(self.amount_approved),
                before=before,
                reason=reason,
            )
        )
        self._after_step()
        return True

    def action_step_back(self):
        """Take the last step back; who took it and when stays in the history."""
        self._check_is_loan_officer()
        for mortgage in self:
            stage = mortgage._get_last_step()
            if not stage or mortgage.date_cancelled:
                mortgage._refuse_step("documents")
            day = mortgage[FACT_OF[stage]]
            mortgage._write_facts(**mortgage._prepare_step_back(stage))
            mortgage._sync_documents()
            mortgage._after_step()
            mortgage._message_log(
                body=self.env._(
                    "“%(fact)s” of %(day)s was taken back.",
                    fact=self._fields[FACT_OF[stage]]._description_string(self.env),
                    day=day,
                )
            )
        return True

    def action_other_bank(self):
        """Take up a mortgage with another bank instead of the refused one."""
        self.ensure_one()
        if not self.date_refused:
            self._refuse_step("refused")
        self.contract_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Another Bank"),
            "res_model": "realestate.mortgage.restart",
            "view_mode": "form",
            "target": "new",
            "context": {"default_mortgage_id": self.id},
        }

    def action_open_contract(self):
        """Open the contract, where it is paid otherwise or cancelled."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "realestate.contract",
            "res_id": self.contract_id.id,
            "view_mode": "form",
        }

    # === TRANSITIONS === #

    def _pass(self, stage, date, **values):
        """Pass ``stage``; those that have passed it already are left alone."""
        self._check_is_loan_officer()
        fact = FACT_OF[stage]
        for mortgage in self.filtered(lambda one: not one[fact]):
            if mortgage.stage != stage:
                mortgage._refuse_step(stage)
            mortgage._write_facts(**{fact: mortgage._read_day(date), **values})
            mortgage._after_step()
        return True

    def _end(self, stage, date, **values):
        fact = FACT_OF[stage]
        for mortgage in self.filtered(lambda one: not one[fact]):
            if mortgage.is_ended or (mortgage.amount_released and stage == "refused"):
                mortgage._refuse_step(stage)
            mortgage._write_facts(**{fact: mortgage._read_day(date), **values})
            mortgage._sync_documents()
            mortgage._after_step()

    def _check_passed(self, stage):
        for mortgage in self.filtered(lambda one: not one[FACT_OF[stage]]):
            mortgage._refuse_step(stage)

    def _refuse_step(self, stage):
        fact = self._fields[FACT_OF[stage]]
        raise UserError(
            self.env._(
                "Mortgage %(mortgage)s waits for “%(stage)s”: “%(fact)s” is not "
                "possible now.",
                mortgage=self.name,
                stage=self._get_stage_label(),
                fact=fact._description_string(self.env),
            )
        )

    def _get_last_step(self):
        """The stage passed last by a button; money is no button."""
        if self.date_refused:
            return "refused"
        passed = [one for one in STAGES if one != "release" and self[FACT_OF[one]]]
        return passed[-1] if passed else None

    def _prepare_step_back(self, stage):
        values = {FACT_OF[stage]: False}
        if stage == "bank":
            values["amount_approved"] = 0
        elif stage == "papers":
            values["box_id"] = False
        elif stage == "refused":
            values |= {"refuse_reason": False, "way_out": False}
        return values

    # === BUSINESS === #

    def _restart(self, **values):
        """A new mortgage of the same borrower, instead of this refused one."""
        self.ensure_one()
        self._check_is_loan_officer()
        if not self.date_refused:
            self._refuse_step("refused")
        own = self.sudo()  # income is no concern of everybody who restarts
        mortgage = self.create(
            {
                "contract_id": self.contract_id.id,
                "partner_id": self.partner_id.id,
                "user_id": self.user_id.id,
                "is_married": self.is_married,
                "is_self_employed": self.is_self_employed,
                "is_foreigner": self.is_foreigner,
                "income": own.income,
                "debts": own.debts,
                **values,
            }
        )
        mortgage._write_facts(origin_id=self.id)
        own.activity_unlink(["realestate_sales.mail_activity_mortgage_refused"])
        return mortgage

    def _check_is_loan_officer(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_groups(OFFICERS):
            raise AccessError(
                self.env._("Only loan officers and supervisors carry mortgages on.")
            )

    def _read_day(self, date):
        """The calendar date of a step that has happened; default today."""
        today = fields.Date.context_today(self)
        try:
            day = fields.Date.to_date(date) or today
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("“%(date)s” is no date. Write it as 2026-12-31.", date=date)
            ) from error
        if not self.date_stage <= day <= today:
            raise UserError(
                self.env._(
                    "Mortgage %(mortgage)s: %(date)s cannot be. The step before was on "
                    "%(since)s, and what is still to come is recorded when it has "
                    "happened.",
                    mortgage=self.name,
                    date=day,
                    since=self.date_stage,
                )
            )
        return day

    def _read_reason(self, reason):
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why: the reason is kept."))
        return reason.strip()

    def _read_amount(self, amount):
        """What the bank lends: a number up to the price; default what it was asked
        for."""
        if amount is None or amount is False:
            return self.amount
        is_number = isinstance(amount, int | float | Decimal) and amount is not True
        is_number = is_number and math.isfinite(amount)
        value = self.currency_id.round(float(amount)) if is_number else -1
        compare = self.currency_id.compare_amounts
        least = self.amount_released
        if not (value > 0 and compare(value, least) >= 0) or (
            compare(value, self.price) > 0
        ):
            raise UserError(
                self.env._(
                    "Mortgage %(mortgage)s: the bank lends more than 0, at least the "
                    "%(released)s it has released and at most the price %(price)s, not "
                    "“%(amount)s”.",
                    mortgage=self.name,
                    released=self.currency_id.format(least),
                    price=self.currency_id.format(self.price),
                    amount=amount,
                )
            )
        return value
