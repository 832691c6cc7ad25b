from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import money
from ..tools.plan import PlanError
from ..tools.schedule import build_schedule
from .plan_messages import PLAN_MESSAGES


class RealestatePaymentPlan(models.Model):
    """How a price is paid: a template from which every schedule is computed."""

    _name = "realestate.payment.plan"
    _description = "Payment Plan"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char()
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    note = fields.Text(translate=True, help="Shown to staff who choose the plan.")
    company_id = fields.Many2one("res.company", index=True)
    project_ids = fields.Many2many(
        "realestate.project", help="Empty: offered in every project."
    )
    line_ids = fields.One2many("realestate.payment.plan.line", "plan_id", copy=True)

    # === BUSINESS === #

    def preview(self, price, currency, date_start, **options):
        """The schedule of a price, without writing anything.

        :param price: amount in ``currency``, above zero
        :param currency: `res.currency` record, id or ISO code
        :param date_start: calendar date the plan starts on (or its text)
        :param options: ``reservation_fee`` (amount taken off the first instalments),
            ``date_reservation`` (its due date, default ``date_start``)
        :return: list of (sequence, kind, date_due or False, amount); the amounts come
            to the price exactly. Interest comes on top: see :meth:`preview_interest`
        :raises UserError: when the plan does not come to the price
        """
        items = self._build_schedule(
            price, self._get_currency(currency), date_start, **options
        )
        return [
            (item.sequence, item.kind, item.date_due or False, float(item.amount))
            for item in items
        ]

    def preview_interest(self, price, currency, date_start, **options):
        """The interest of each part that :meth:`preview` returns, in its order."""
        items = self._build_schedule(
            price, self._get_currency(currency), date_start, **options
        )
        return [float(item.interest) for item in items]

    def _build_schedule(
        self, price, currency, date_start, reservation_fee=0, date_reservation=None
    ):
        """Like :meth:`preview`, as :class:`..tools.schedule.ScheduleItem` objects."""
        self.ensure_one()
        decimals = currency.decimal_places
        date_start = self._get_date(date_start)
        try:
            return build_schedule(
                self._get_amount(price, decimals, self.env._("price")),
                [line._to_plan_line() for line in self.line_ids],
                date_start,
                decimals,
                reservation_fee=self._get_amount(
                    reservation_fee or 0, decimals, self.env._("reservation fee")
                ),
                date_reservation=self._get_date(date_reservation or date_start),
                fee_name=self.env._("Reservation fee"),
                **self._get_rounding(currency),
            )
        except PlanError as error:
            raise UserError(self._plan_error_message(error)) from error

    def _plan_error_message(self, error):
        text = str(PLAN_MESSAGES[error.code]) % error.params
        return self.env._(
            "Payment plan %(plan)s: %(text)s", plan=self.display_name, text=text
        )

    def _get_amount(self, value, decimals, label):
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise UserError(
                self.env._(
                    "The %(label)s “%(value)s” is no amount. Give a number.",
                    label=label,
                    value=value,
                )
            )
        try:
            return money.to_money(value, decimals)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "The %(label)s %(value)s is no amount of money. Correct it.",
                    label=label,
                    value=value,
                )
            ) from error

    def _get_date(self, value):
        try:
            day = fields.Date.to_date(value)
        except (TypeError, ValueError):
            day = None
        if not day:
            raise UserError(
                self.env._(
                    "“%(value)s” is no date. Write the start of the plan as "
                    "2026-12-31.",
                    value=value,
                )
            )
        return day

    def _get_currency(self, currency):
        currencies = self.env["res.currency"]
        if isinstance(currency, str):
            found = currencies.search([("name", "=", currency.upper())])
        elif isinstance(currency, models.BaseModel | int) and currency is not True:
            found = currencies.browse(int(currency)).exists()
        else:
            found = currencies
        if not found:
            raise UserError(
                self.env._(
                    "The currency “%(currency)s” is unknown or not active. Activate it "
                    "in Accounting → Currencies.",
                    currency=currency,
                )
            )
        return found
