from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class RealestateContract(models.Model):
    """Disputes of the buyer."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    dispute_ids = fields.One2many(
        "realestate.dispute",
        "contract_id",
        string="Disputes",
        groups="realestate_collection.group_officer",
    )

    def open_dispute(
        self, category, text, installments=None, user=None, date_limit=None
    ):
        """Take down what the buyer does not accept; the dunning waits for the answer.

        :param category: `realestate.dispute.category` record or id
        :param text: what the buyer says, required
        :param installments: `realestate.installment` records or ids of this contract;
            none: all that is overdue
        :param user: who answers, record or id; none: the category's
        :param date_limit: last day to answer; none: the category's days from today
        :return: id of the `realestate.dispute`
        :raises AccessError: unless a collection officer calls
        """
        self.ensure_one()
        self._check_may_log()
        self.check_access("read")
        category = self._read_category(category)
        text = str(text or "").strip()
        if not text:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: write down what the buyer says.",
                    contract=self.name,
                )
            )
        items = self._read_disputed(installments)
        user = self._read_record("res.users", user) or self._get_answerer(category)
        # Facts that follow from what the caller may do; nobody writes them.
        contract = self.sudo()
        contract._check_dispute_owner(user)
        limit = self._read_dispute_limit(date_limit)
        if not limit:
            today = self.company_id._realestate_today()
            limit = today + timedelta(days=category.days)
        return contract._create_dispute(category, text, items, user, limit).id

    def _create_dispute(self, category, text, items, user, limit):
        """The dispute with its hold, its activity and its case."""
        self._open_case(self.env._("Dispute: %(name)s", name=category.name))
        dispute = self.env["realestate.dispute"].create(
            {
                **self._prepare_happened_values(),
                "currency_id": self.currency_id.id,
                "user_opened_id": self.env.uid,
                "date_opened": self.company_id._realestate_today(),
                "category_id": category.id,
                "department": category.department,
                "text": text,
                "installment_ids": [Command.set(items.ids)],
                "amount": sum(items.mapped("amount_residual")),
                "user_id": user.id,
                "date_limit": limit,
            }
        )
        self._hold_dunning(
            "dispute",
            self.env._("Disputed: %(text)s", text=text[:120]),
            origin=dispute,
        )
        dispute._tell_owner()
        self._refresh_cases()
        return dispute

    # === READING === #

    def _read_record(self, model, value):
        """A record given as such or by its id; empty where there is none."""
        records = self.env[model]
        try:
            return records.browse(int(value or 0)).exists()
        except (TypeError, ValueError, OverflowError) as error:
            raise UserError(
                self.env._(
                    "“%(value)s” is no %(model)s.",
                    value=value,
                    model=records._description,
                )
            ) from error

    def _read_dispute_limit(self, value):
        limit = self._read_day(value)
        if limit and limit < self.company_id._realestate_today():
            raise UserError(self.env._("The answer cannot be due in the past."))
        return limit

    def _read_many(self, values):
        """A list of records or ids; one alone is no list."""
        if isinstance(values, list | tuple | models.BaseModel):
            return values
        raise UserError(
            self.env._(
                "Contract %(contract)s: “%(value)s” is no list of instalments.",
                contract=self.name,
                value=values,
            )
        )

    def _read_category(self, category):
        category = self._read_record("realestate.dispute.category", category)
        if not category or category.company_id - self.company_id:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: choose a category of disputes of "
                    "%(company)s.",
                    contract=self.name,
                    company=self.company_id.name,
                )
            )
        return category

    def _read_disputed(self, installments):
        # Instalments of a contract that the caller may read.
        items = self.env["realestate.installment"].sudo()
        if not installments:
            # Instalments of a contract that the caller may read.
            return self.sudo().installment_ids.filtered("is_overdue")
        for one in self._read_many(installments):
            # Instalments of a contract that the caller may read.
            items |= self._read_record(items._name, one).sudo()
        if items.contract_id - self:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: %(items)s are not its instalments.",
                    contract=self.name,
                    items=", ".join((items - self.installment_ids).mapped("name")),
                )
            )
        return items

    def _check_dispute_owner(self, user):
        """Who answers must be able to read the contract and the dispute."""
        self.ensure_one()
        if not self._may_answer(user):
            raise UserError(
                self.env._(
                    "Contract %(contract)s: %(user)s may not read it and cannot answer "
                    "a dispute about it. Choose somebody who may.",
                    contract=self.name,
                    user=user.name or self.env._("nobody"),
                )
            )

    def _may_answer(self, user):
        self.ensure_one()
        company = self.company_id
        # Names and companies of people and banks, for who sees the record.
        if not user or user.share or company not in user.sudo().company_ids:
            return False
        contract = self.with_user(user).with_context(allowed_company_ids=company.ids)
        disputes = contract.env["realestate.dispute"]
        return contract.has_access("read") and disputes.has_access("read")

    def _get_answerer(self, category):
        """Whose a dispute of the category is: a category may serve many companies."""
        self.ensure_one()
        user = category.user_id
        # Groups and companies of a colleague are asked, not shown.
        return user if self.sudo()._may_answer(user) else self.user_id
