from decimal import Decimal

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError

from odoo.addons.realestate_sales.models.collision import hold_still
from odoo.addons.realestate_sales.tools import money

from ..tools import allocation


class RealestateContract(models.Model):
    """Money in: payments of a contract, and what they settle."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    # === ACTIONS === #

    def register_payment(
        self, amount, journal, date, memo="", external_ref=None, payer=None
    ):
        """Book money received for this contract and settle what is open with it, oldest
        first (the company may set another order). What is left over stays the
        contract's credit and settles its next invoices.

        :param amount: in the contract's currency, above zero
        :param journal: bank or cash `account.journal`, or its id; None: the project's
        :param date: calendar date the money came, not in the future; None: today
        :param memo: what the bank says; default the contract's number
        :param external_ref: the payer's or bank's own number. Given again it returns
            the first payment and books nothing.
        :param payer: `res.partner` who paid, or its id; default the buyer
        :return: the posted `account.payment`
        :raises UserError: naming record, field and way out; nothing is booked then
        :raises AccessError: unless a collection officer or an accountant calls
        """
        self.ensure_one()
        return self._register_payments(
            [
                {
                    "contract": self,
                    "amount": amount,
                    "journal": journal,
                    "date": date,
                    "memo": memo,
                    "external_ref": external_ref,
                    "payer": payer,
                }
            ]
        )

    @api.model
    def _register_payments(self, values_list):
        """Book many payments as one batch: see :meth:`register_payment`.

        :param values_list: its parameters as dicts, with the ``contract`` they are for
        :return: one `account.payment` per dict, in order; all are booked, or none
        """
        self._check_may_collect()
        contracts = self.browse(values["contract"].id for values in values_list)
        contracts.check_access("read")
        # A period that is closed at this moment is closed before or after.
        hold_still(contracts.company_id)
        reader = self.env["realestate.payment.request"]
        requests = [reader._read_request(values) for values in values_list]
        booked = self._find_booked(requests)
        new = self._list_new(requests, booked)
        if new:
            created = self._book(new)
            keys = [self._request_key(number, request) for number, request in new]
            booked.update(zip(keys, created, strict=True))
            created.realestate_contract_id._settle_credit()
        payments = self.env["account.payment"]
        for number, request in enumerate(requests):
            payments += booked[self._request_key(number, request)].with_env(self.env)
        return payments

    # === BUSINESS === #

    @api.model
    def _check_may_collect(self):
        if not self.env.su and not self.env.user.has_groups(
            "realestate_collection.group_officer,account.group_account_invoice"
        ):
            raise AccessError(
                self.env._("Only collection officers and accountants book payments.")
            )

    @api.model
    def _request_key(self, number, request):
        """What makes a payment the same one: its reference in the company."""
        if request.external_ref:
            return request.contract.company_id.id, request.external_ref
        return number

    @api.model
    def _find_booked(self, requests):
        """Earlier payments with the references asked for, checked to be the same."""
        wanted = [request for request in requests if request.external_ref]
        # A reference is the company's, also of contracts the caller does not see.
        payments = self.env["account.payment"].sudo()
        found = wanted and payments.search(
            [
                ("realestate_external_ref", "in", [r.external_ref for r in wanted]),
                ("company_id", "in", [r.contract.company_id.id for r in wanted]),
            ]
        )
        booked = {}
        for payment in found or payments:
            key = payment.company_id.id, payment.realestate_external_ref
            booked[key] = payment
        for request in wanted:
            payment = booked.get(self._request_key(None, request))
            if payment:
                self._check_same(request, payment)
        return booked

    @api.model
    def _check_same(self, request, payment):
        """Refuse a reference that stands for other money, or for money taken back."""
        amount = money.to_money(payment.amount, payment.currency_id.decimal_places)
        same = (
            payment.realestate_contract_id == request.contract.sudo()
            and payment.currency_id == request.contract.currency_id
            and amount == request.amount
        )
        if same and payment.state != "canceled":
            return
        raise UserError(
            self.env._(
                "Payment of contract %(contract)s: the external reference “%(ref)s” is "
                "that of payment %(payment)s (%(amount)s, contract %(other)s, "
                "%(state)s). If this is other money, give it another reference.",
                contract=request.contract.name,
                ref=request.external_ref,
                payment=payment.display_name,
                amount=payment.currency_id.format(payment.amount),
                other=payment.realestate_contract_id.name or "-",
                state=dict(payment._fields["state"]._description_selection(self.env))[
                    payment.state
                ],
            )
        )

    @api.model
    def _list_new(self, requests, booked):
        """The requests to book with their place: each reference once."""
        new, seen = [], {}
        for number, request in enumerate(requests):
            key = self._request_key(number, request)
            first = seen.get(key)
            if first and (first.contract, first.amount) != (
                request.contract,
                request.amount,
            ):
                raise UserError(
                    self.env._(
                        "The external reference “%(ref)s” stands for two different "
                        "payments, of contract %(first)s and of contract %(second)s. "
                        "Give one of them another reference.",
                        ref=request.external_ref,
                        first=first.contract.name,
                        second=request.contract.name,
                    )
                )
            if key not in booked and not first:
                new.append((number, request))
            seen[key] = request
        return new

    @api.model
    def _book(self, numbered):
        """Create and post the payments of ``numbered`` requests."""
        requests = [request for _number, request in numbered]
        # The caller's right to collect was checked; the entries are accounting's.
        payments = (
            self.env["account.payment"]
            .sudo()
            .with_context(**self.env["realestate.installment"]._quiet())
        )
        values = [
            request.contract.sudo()._prepare_payment_values(request)
            for request in requests
        ]
        try:
            with self.env.cr.savepoint():
                created = payments.create(values)
                created.flush_recordset(["realestate_external_ref"])
        except UniqueViolation as error:
            # Booked by a transaction this one cannot see: tried again, it will.
            raise ConcurrencyError(
                self.env._("A payment with one of these references is being booked.")
            ) from error
        created.action_post()
        return created

    def _prepare_payment_values(self, request):
        """Values of the payment; the buyer's receivable is settled whoever paid."""
        self.ensure_one()
        payer = request.payer
        return {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": self.partner_id.commercial_partner_id.id,
            "destination_account_id": self._get_receivable_account().id,
            "amount": float(request.amount),
            "currency_id": self.currency_id.id,
            "journal_id": request.journal.id,
            "company_id": self.company_id.id,
            "date": request.date,
            "memo": request.memo,
            "realestate_contract_id": self.id,
            "realestate_external_ref": request.external_ref or False,
            "realestate_payer_id": payer.id if payer != self.partner_id else False,
        }

    def _get_receivable_account(self):
        """The account the buyer's invoices are open on."""
        self.ensure_one()
        partner = self.partner_id.commercial_partner_id.with_company(self.company_id)
        return partner.property_account_receivable_id

    # === SETTLING === #

    def _settle_credit(self):
        """Let the credit of the contracts settle what is open, as one plan."""
        contracts = self.sudo()
        in_need = contracts._filter_settleable()
        if not in_need:
            return
        lines = in_need._get_open_lines()
        plan = []
        for (contract, _account), group in lines.grouped(
            lambda line: (line.realestate_contract_id, line.account_id)
        ).items():
            plan += contract._plan_settling(group)
        quiet = self.env["realestate.installment"]._quiet()
        self.env["account.move.line"].sudo().with_context(**quiet)._reconcile_plan(plan)

    def _filter_settleable(self):
        """Those that have both something open and credit."""
        return self.browse(
            contract
            for contract, (due, credit) in self._get_balances().items()
            if due and credit
        )

    def _plan_settling(self, lines):
        """Steps of a reconciliation: the dues that get money, by rank, with the credit.

        :param lines: open lines of the contract on one account
        """
        self.ensure_one()
        credits = lines.filtered(lambda line: line.amount_residual_currency < 0)
        order = self.company_id.realestate_payment_order
        dues = [self._to_due(line) for line in lines - credits]
        available = -sum((self._to_exact(line) for line in credits), Decimal(0))
        parts = allocation.allocate(available, dues, order).parts
        steps = {}
        for part in parts:
            rank = allocation.rank(part.key.move_id._realestate_due_kind(), order)
            steps[rank] = steps.get(rank, credits) | part.key
        return [steps[rank] for rank in sorted(steps)]

    def _to_due(self, line):
        return allocation.Due(
            key=line,
            date_due=line.date_maturity or line.date,
            residual=self._to_exact(line),
            kind=line.move_id._realestate_due_kind(),
        )

    @api.model
    def _to_exact(self, line):
        return money.to_money(
            line.amount_residual_currency, line.currency_id.decimal_places
        )
