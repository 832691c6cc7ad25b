from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestPaymentPlanShape(RealestateSalesCommon):
    """Plans that are not even: rounded, stepped, seasonal, bearing interest."""

    def _plan(self, **values):
        rounding = {
            key: values.pop(key)
            for key in ("rounding_unit", "remainder")
            if key in values
        }
        line = {
            "name": "Monthly",
            "amount_type": "balance",
            "offset_months": 1,
            "count": 12,
            **values,
        }
        return self._create_plan([line], name="Shaped", **rounding)

    def _amounts(self, plan, price=1200000, currency=None):
        lines = plan.preview(price, currency or self.currency, "2026-01-31")
        return [amount for *_rest, amount in lines]

    def _season(self, **weights):
        return self.env["realestate.payment.season"].create(
            {"name": "Harvest", **weights}
        )

    def test_parts_are_whole_thousands(self):
        dong = self._activate_currency("VND")
        amounts = self._amounts(self._plan(rounding_unit=1000), 1000000123, dong)
        self.assertEqual(set(amounts[:-1]), {83333000})
        self.assertEqual(sum(map(Decimal, amounts)), 1000000123)
        first = self._plan(rounding_unit=1000, remainder="first")
        self.assertEqual(self._amounts(first, 1000000123, dong)[1], 83333000)

    def test_rounding_finer_than_the_currency_is_explained(self):
        dong = self._activate_currency("VND")
        with self.assertRaisesRegex(UserError, "use a multiple of 1"):
            self._amounts(self._plan(rounding_unit=0.5), 1000, dong)

    def test_steps_rise(self):
        amounts = self._amounts(self._plan(step_percent=50, step_every=6), 1500)
        self.assertEqual(amounts, [100] * 6 + [150] * 6)

    def test_season_says_in_which_months_parts_are_due(self):
        season = self._season(may=1, november=2)
        plan = self._plan(season_id=season.id)
        lines = plan.preview(300, self.currency, "2026-01-31")
        self.assertEqual(
            [(day.month, amount) for _no, _kind, day, amount in lines],
            [(5, 100), (11, 200)],
        )

    def test_season_without_a_month_or_below_zero_is_refused(self):
        for weights in ({}, {"may": 1, "june": -1}):
            with self.assertRaisesRegex(ValidationError, "Season Harvest"):
                self._season(**weights)

    def test_interest_comes_on_top_of_the_price(self):
        plan = self._plan(interest_rate=12)
        self.assertEqual(sum(map(Decimal, map(str, self._amounts(plan)))), 1200000)
        interest = plan.preview_interest(1200000, self.currency, "2026-01-31")
        self.assertEqual(interest[:2], [12000, 11053.81])

    def test_contract_keeps_price_and_interest_apart(self):
        plan = self._plan(interest_rate=12)
        contract = self._create_contract(plan_id=plan.id, date_contract="2026-01-31")
        price = contract.amount_total
        parts = contract.installment_ids
        self.assertEqual(
            self.currency.compare_amounts(sum(parts.mapped("amount")), price), 0
        )
        self.assertGreater(contract.amount_interest, 0)
        self.assertEqual(
            self.currency.compare_amounts(
                contract.amount_unbilled, price + contract.amount_interest
            ),
            0,
        )
        self.assertEqual(len(set(parts[:-1].mapped("amount_due"))), 1, "annuity")
        contract.action_submit()
        contract.action_approve()
        self.assertTrue(contract._is_schedule_exact())

    def test_interest_only_parts_stand_in_the_schedule(self):
        plan = self._plan(interest_rate=12, grace_parts=3)
        parts = self._create_contract(plan_id=plan.id).installment_ids
        self.assertEqual(parts[:3].mapped("amount"), [0, 0, 0])
        self.assertEqual(len(set(parts[:3].mapped("amount_due"))), 1)
        self.assertGreater(parts[0].amount_due, 0)

    def test_interest_before_a_milestone_is_refused_with_the_way_out(self):
        plan = self._plan(interest_rate=12, trigger="milestone", milestone_code="TOP")
        with self.assertRaisesRegex(UserError, "Shaped: Line Monthly: .* months after"):
            self._amounts(plan)

    def test_leap_day_costs_a_day_more(self):
        plan = self._plan(
            interest_rate=36.5, day_count="act/365", count=1, offset_months=1
        )
        for year, days in ((2027, 28), (2028, 29)):
            start = date(year, 1, 31)
            interest = plan.preview_interest(100000, self.currency, start)
            self.assertEqual(interest, [100 * days], year)

    def test_preview_tells_interest_and_what_is_paid_in_all(self):
        preview = Form(
            self.env["realestate.payment.plan.preview"].with_context(
                default_plan_id=self._plan(interest_rate=12).id
            )
        )
        preview.unit_id = self.unit
        preview.price = 1200000
        record = preview.save()
        interest = record.currency_id.round(
            sum(record.line_ids.mapped("amount_interest"))
        )
        self.assertEqual(record.amount_interest, interest)
        self.assertEqual(record.amount_to_pay, 1200000 + interest)
        self.assertGreater(interest, 0)

    def test_season_of_another_company_is_refused(self):
        other = self._create_company("Elsewhere", self.currency)
        season = self._season(may=1, company_id=other.id)
        plan = self._plan()
        plan.company_id = self.company
        with self.assertRaises(UserError):
            plan.line_ids.season_id = season
