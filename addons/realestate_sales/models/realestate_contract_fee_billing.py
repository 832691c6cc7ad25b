import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..tools import fee

_logger = logging.getLogger(__name__)

#: States of a contract in which its fees are charged.
RUNNING = ("signed", "sealed", "active", "completed")
#: Fees invoiced between two commits of the job.
BATCH = 100


class RealestateContractFee(models.Model):
    """Charging fees: an invoice each, or money of the price set aside."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract.fee"  # pylint: disable=consider-merging-classes-inherited

    # === ACTIONS === #

    def action_invoice(self):
        """Charge these fees now, due or not; a fee inside the price is set aside of
        what the buyer has paid.

        :raises UserError: naming the first that cannot be charged, and the way out
        :raises AccessError: unless a contract officer or an accountant calls
        """
        self._check_may_bill()
        for record in self:
            if record.formula == fee.LOAN and not record._has_standing_move():
                record.sudo()._take_terms()
            problem = record._get_billing_problem()
            if problem:
                raise UserError(
                    self.env._(
                        "%(fee)s: %(problem)s",
                        fee=record.display_name,
                        problem=problem,
                    )
                )
        # Rights were checked; the entries are accounting's.
        self.sudo()._charge()
        return True

    def action_open_invoice(self):
        """Open the entry that charged this fee."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    def _check_may_bill(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_groups(
            "realestate_sales.group_officer,account.group_account_invoice"
        ):
            raise AccessError(
                self.env._("Only contract officers and accountants invoice fees.")
            )

    def _get_billing_problem(self):
        """Why this fee cannot be charged now, as a sentence; False where it can."""
        self.ensure_one()
        record = self.sudo()  # the reason is told to whoever may charge
        if record.contract_id.state not in RUNNING or record.is_void:
            return self.env._("the contract is not signed yet, or it has ended.")
        if record._has_standing_move():
            return self.env._("it is invoiced already.")
        if record.currency_id.is_zero(record.amount):
            return self.env._("it comes to nothing.")
        if record.payer == "seller" or (record.in_price and record.ownership == "own"):
            return self.env._("it is not charged to the buyer.")
        if record.in_price and record._get_unused_payments() < record.amount:
            return self.env._(
                "it is inside the price, and the buyer has not paid enough of the "
                "price yet to set it aside."
            )
        return False

    def _get_unused_payments(self):
        """What the buyer has paid of the price and is not set aside yet."""
        contract = self.contract_id
        aside = contract.fee_ids.filtered(lambda one: one.in_price)
        rest = contract.amount_paid - sum(aside.mapped("amount_billed"))
        return self.currency_id.round(rest)

    def _charge(self):
        for record in self:
            # Two who charge at once write the same row: one of them is told to wait.
            move = record._create_entry()
            record._write_facts(
                move_id=move.id,
                account_id=record._get_liability().id,
                problem=False,
            )
            move._post(soft=False)

    def _get_liability(self):
        accounts = self.env["account.account"]
        if self.ownership == "own":
            return accounts
        return self.type_id._get_liability_account(self.company_id)

    def _create_entry(self):
        self.ensure_one()
        moves = self.env["account.move"].with_company(self.company_id)
        prepare = self._prepare_entry if self.in_price else self._prepare_invoice
        return moves.create(
            {**prepare(), "realestate_contract_id": self.contract_id.id}
        )

    def _get_label(self):
        """Text of the entries, in the buyer's language."""
        lang = self.partner_id.lang or self.env.lang
        kind = self.type_id.with_context(lang=lang)
        return f"{kind.name} ({self.contract_id.name})"

    def _prepare_invoice(self):
        """Values of the customer invoice of this fee."""
        project, label = self.project_id, self._get_label()
        product = self.type_id._get_product()
        line = project._prepare_charge_values(product, label, self.amount)
        if self.ownership == "behalf":
            line["account_id"] = self._get_liability().id
            # What is passed on is no turnover.
            line["tax_ids"] = [Command.clear()]
        else:
            # Income, by the product's set-up.
            del line["account_id"]
        today = fields.Date.context_today(self)
        due = self.date_due or today
        values = project._prepare_invoice_values(
            self.partner_id, min(due, today), due, [line]
        )
        return {**values, "ref": label}

    def _prepare_entry(self):
        """Values of the entry that takes the fee out of the buyer's advances."""
        project, label = self.project_id, self._get_label()
        date = fields.Date.context_today(self)
        sides = (
            (project._get_advance_account(), self.amount),
            (self._get_liability(), -self.amount),
        )
        return {
            "move_type": "entry",
            "journal_id": self._get_general_journal().id,
            "date": date,
            "ref": label,
            "line_ids": [
                Command.create(
                    {
                        "name": label,
                        "account_id": account.id,
                        "partner_id": self.partner_id.commercial_partner_id.id,
                        "currency_id": self.currency_id.id,
                        "amount_currency": amount,
                    }
                )
                for account, amount in sides
            ],
        }

    def _get_general_journal(self):
        journals = self.env["account.journal"]
        journal = journals.search(
            [
                *journals._check_company_domain(self.company_id),
                ("type", "=", "general"),
            ],
            limit=1,
        )
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no journal of the type Miscellaneous: accounting "
                    "makes one.",
                    company=self.company_id.name,
                )
            )
        return journal

    def _take_back(self, reason):
        """Undo the entries: a credit note of an invoice, a reversal of what was set
        aside. What was held is matched, so that nothing stays open on the account."""
        for record in self.filtered(lambda one: one._has_standing_move()):
            move = record.move_id
            move._realestate_credit(reason)
            held = (move | move.reversal_move_ids).line_ids.filtered(
                lambda line, account=record.account_id: (
                    line.account_id == account and account.reconcile
                )
            )
            held.filtered(lambda line: not line.reconciled).reconcile()

    # === BY ITSELF === #

    def _charge_each(self):
        """Charge each for itself; what fails is written beside it and stops nobody."""
        for record in self:
            if record.formula == fee.LOAN:
                # The loan became known, or another one, since the contract was made.
                record._take_terms()
            problem = record._get_billing_problem()
            waits = record.in_price or record.currency_id.is_zero(record.amount)
            if not problem:
                problem = record._try_to_charge()
            elif waits:
                # For the buyer's money or the loan, which is nobody's failure.
                problem = False
            if problem != (record.problem or False):
                record._write_facts(problem=problem)

    def _try_to_charge(self):
        try:
            with self.env.cr.savepoint():
                self._charge()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except UserError as error:
            return str(error)
        except Exception as error:  # reported where people look
            _logger.exception("Charging %s failed", self.display_name)
            return str(error)
        return False

    @api.model
    def _get_due_domain(self, date):
        """Fees that are charged on ``date``: due, or inside the price."""
        charged = Domain("ownership", "=", "behalf") | Domain("in_price", "=", False)
        amount = Domain("amount", ">", 0) | Domain("formula", "=", fee.LOAN)
        return (
            Domain("move_id", "=", False)
            & Domain("is_void", "=", False)
            & Domain("payer", "=", "buyer")
            & amount
            & Domain("date_due", "<=", date)
            & Domain("contract_id.state", "in", RUNNING)
            & charged
        )

    @api.model
    def _cron_charge(self):
        """Charge what is due, batch by batch, each committed."""
        due = self.search(self._get_due_domain(fields.Date.context_today(self)))
        for start in range(0, len(due), BATCH):
            batch = due[start : start + BATCH].try_lock_for_update(
                allow_referencing=True
            )
            batch.invalidate_recordset(["move_id", "amount"])
            batch.filtered(lambda one: not one.move_id)._charge_each()
            left = max(len(due) - start - BATCH, 0)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=left):
                return
