import math
from collections import namedtuple
from datetime import date as Date
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.realestate_sales.tools import money

PAYABLE_STATES = ("approved", "signed", "sealed", "active", "completed")
MEMO_LENGTH = 500
REFERENCE_LENGTH = 100

#: A payment that has been found to be sound.
PaymentRequest = namedtuple(
    "PaymentRequest", "contract amount journal date memo external_ref payer"
)


class RealestatePaymentRequest(models.AbstractModel):
    """What a payment must be before it is booked; every refusal names the record, the
    field and the way out. People, imports, the portal and banks all come through here.
    """

    _name = "realestate.payment.request"
    _description = "Check of Payments to be Booked"

    @api.model
    def _read_request(self, values):
        """Return the :class:`PaymentRequest` in ``values``, keyed like parameters of
        :meth:`realestate.contract.register_payment` plus ``contract``.

        :raises UserError: saying what is wrong
        """
        contract = values["contract"]
        self._check_contract(contract)
        journal = self._read_journal(contract, values.get("journal"))
        return PaymentRequest(
            contract=contract,
            amount=self._read_amount(contract, values.get("amount")),
            journal=journal,
            date=self._read_date(contract, journal, values.get("date")),
            memo=self._read_text(
                contract, self.env._("Memo"), values.get("memo"), MEMO_LENGTH
            )
            or contract.name,
            external_ref=self._read_text(
                contract,
                self.env._("External Reference"),
                values.get("external_ref"),
                REFERENCE_LENGTH,
            ),
            payer=self._read_payer(contract, values.get("payer")),
        )

    def _refuse(self, contract, message):
        raise UserError(
            self.env._(
                "Payment of contract %(contract)s: %(message)s",
                contract=contract.name,
                message=message,
            )
        )

    def _check_contract(self, contract):
        if contract.state not in PAYABLE_STATES:
            self._refuse(
                contract,
                self.env._(
                    "it is “%(state)s” and takes no money. Approve it first, or book "
                    "the money on the contract it belongs to.",
                    state=contract._state_label(contract.state),
                ),
            )
        if not self.env.su and contract.company_id not in self.env.companies:
            self._refuse(
                contract,
                self.env._(
                    "it belongs to %(company)s. Switch to that company.",
                    company=contract.company_id.sudo().name,
                ),
            )

    def _read_amount(self, contract, value):
        currency = contract.currency_id
        numeric = isinstance(value, int | float | Decimal) and value is not True
        if not numeric or value is False or not math.isfinite(value):
            self._refuse(
                contract,
                self.env._(
                    "the amount “%(value)s” is no number. Give it in %(currency)s.",
                    value=value,
                    currency=currency.name,
                ),
            )
        if not 0 < value <= money.MAX_AMOUNT:
            self._refuse(
                contract,
                self.env._(
                    "the amount %(value)s must be above zero and at most %(maximum)s. "
                    "A refund is an outbound payment of accounting.",
                    value=value,
                    maximum=f"{money.MAX_AMOUNT:,}",
                ),
            )
        return self._read_minor_units(contract, value)

    def _read_minor_units(self, contract, value):
        currency = contract.currency_id
        amount = money.to_money(value, currency.decimal_places)
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if amount != exact:
            self._refuse(
                contract,
                self.env._(
                    "the amount %(value)s is finer than the smallest unit of "
                    "%(currency)s, %(unit)s. Round it.",
                    value=value,
                    currency=currency.name,
                    unit=money.quantum(currency.decimal_places),
                ),
            )
        return amount

    # === JOURNAL === #

    def _read_journal(self, contract, value):
        if not value:
            return contract.project_id._get_bank_journal()
        journal = self._read_record(contract, "account.journal", value)
        message = self._journal_error_message(contract, journal)
        if message:
            self._refuse(contract, message)
        return journal

    def _journal_error_message(self, contract, journal):
        """What keeps ``journal`` from taking the money, or False."""
        name = {"journal": journal.name, "company": contract.company_id.name}
        if journal.company_id not in contract.company_id.parent_ids:
            return self.env._(
                "the journal “%(journal)s” is another company's. Choose one of "
                "%(company)s.",
                **name,
            )
        if journal.type not in ("bank", "cash"):
            return self.env._(
                "the journal “%(journal)s” is no bank or cash journal. Choose one.",
                **name,
            )
        if not journal.active:
            return self.env._(
                "the journal “%(journal)s” is archived. Restore it or choose another.",
                **name,
            )
        if journal.currency_id and journal.currency_id != contract.currency_id:
            return self.env._(
                "the journal “%(journal)s” is in %(currency)s, the contract in "
                "%(ours)s. Choose a journal of that currency, or one without a "
                "currency.",
                currency=journal.currency_id.name,
                ours=contract.currency_id.name,
                **name,
            )
        return False

    def _read_record(self, contract, model, value):
        """The record meant by ``value``, a record or an id; read for people who collect
        without being accountants."""
        records = self.env[model].sudo()
        is_record = isinstance(value, models.BaseModel) and value._name == model
        if is_record and len(value) == 1:
            return records.browse(value.id).exists() or self._refuse_missing(
                contract, records, value
            )
        if isinstance(value, int) and value is not True:
            found = records.browse(value).exists()
            if found:
                return found
        return self._refuse_missing(contract, records, value)

    def _refuse_missing(self, contract, records, value):
        self._refuse(
            contract,
            self.env._(
                "“%(value)s” is no %(model)s. Give the id of one that exists.",
                value=value,
                model=records._description,
            ),
        )

    # === DATE, PAYER, TEXT === #

    def _read_date(self, contract, journal, value):
        today = contract.company_id._realestate_today()
        if value is None or value is False:
            day = today
        elif isinstance(value, str | Date):
            day = self._parse_date(contract, value)
        else:
            day = self._parse_date(contract, str(value))
        if day > today:
            self._refuse(
                contract,
                self.env._(
                    "the date %(date)s is in the future. Book money when it has come.",
                    date=fields.Date.to_string(day),
                ),
            )
        self._check_period(contract, journal, day)
        return day

    def _parse_date(self, contract, value):
        try:
            day = fields.Date.to_date(value)
        except ValueError:
            day = None
        if not day or day.year < 1970:
            self._refuse(
                contract,
                self.env._(
                    "“%(value)s” is no date of a payment. Write it as 2026-12-31.",
                    value=value,
                ),
            )
        return day

    def _check_period(self, contract, journal, day):
        """Refuse a closed period: Odoo would move the date without a word."""
        company = contract.company_id.sudo()
        locks = company._get_violated_lock_dates(day, False, journal)
        if locks:
            self._refuse(
                contract,
                self.env._(
                    "the date %(date)s lies in a closed period of %(company)s: "
                    "%(locks)s. Give a later date, or open the period in Accounting → "
                    "Lock Dates.",
                    date=fields.Date.to_string(day),
                    company=company.name,
                    locks=company._format_lock_dates(locks),
                ),
            )

    def _read_payer(self, contract, value):
        if not value:
            return contract.partner_id.sudo()
        payer = self._read_record(contract, "res.partner", value)
        if not payer.active:
            self._refuse(
                contract,
                self.env._(
                    "the payer %(payer)s is archived. Restore the contact or choose "
                    "another one.",
                    payer=payer.name,
                ),
            )
        if payer.company_id and payer.company_id != contract.company_id:
            self._refuse(
                contract,
                self.env._(
                    "the payer %(payer)s is a contact of another company. Choose one "
                    "of %(company)s.",
                    payer=payer.name,
                    company=contract.company_id.name,
                ),
            )
        return payer

    def _read_text(self, contract, label, value, length):
        if value is None or value is False:
            return ""
        if not isinstance(value, str) or len(value) > length:
            self._refuse(
                contract,
                self.env._(
                    "%(field)s is text of at most %(length)s characters.",
                    field=label,
                    length=length,
                ),
            )
        return value.strip()
