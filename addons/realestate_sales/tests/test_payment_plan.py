from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..models.plan_messages import PLAN_MESSAGES
from ..tools import plan as pure_plan
from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestPaymentPlan(RealestateSalesCommon):
    def _total(self, lines):
        return sum(Decimal(str(amount)) for *_rest, amount in lines)

    def test_preview_is_exact_in_currencies_of_0_2_and_3_decimals(self):
        for name, price in (
            ("VND", 3999999999),
            ("PHP", 999999.97),
            ("KWD", 99999.997),
        ):
            currency = self._activate_currency(name)
            lines = self.plan.preview(price, currency, date(2026, 1, 31))
            self.assertEqual(self._total(lines), Decimal(str(price)), name)
            self.assertEqual(len(lines), 16)

    def test_month_series_keeps_the_day_or_takes_the_last(self):
        lines = self.plan.preview(1000000, self.currency, "2026-01-31")
        self.assertEqual(
            [day for _seq, _kind, day, _amount in lines][:3],
            [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)],
        )

    def test_leap_day_start(self):
        plan = self._create_plan(
            [
                {
                    "name": "Year",
                    "amount_type": "balance",
                    "count": 5,
                    "interval_months": 12,
                }
            ]
        )
        lines = plan.preview(1000, self.currency, date(2028, 2, 29))
        self.assertEqual(
            [day for _seq, _kind, day, _amount in lines],
            [
                date(2028, 2, 29),
                date(2029, 2, 28),
                date(2030, 2, 28),
                date(2031, 2, 28),
                date(2032, 2, 29),
            ],
        )

    def test_reservation_fee_is_taken_off_the_first_parts(self):
        lines = self.plan.preview(
            1000000, self.currency, date(2026, 1, 31), reservation_fee=60000
        )
        self.assertEqual(lines[0], (1, "reservation", date(2026, 1, 31), 60000))
        self.assertEqual([line[3] for line in lines[1:3]], [40000, 50000])
        self.assertEqual(lines[1][2], date(2026, 3, 31))
        self.assertEqual(self._total(lines), 1000000)

    def test_preview_writes_nothing(self):
        before = self.env["realestate.installment"].search_count([])
        self.plan.preview(1000000, self.currency, date(2026, 1, 31))
        self.assertEqual(self.env["realestate.installment"].search_count([]), before)

    def test_currency_may_be_named_by_code_or_id(self):
        by_code = self.plan.preview(1000, "php", "2026-01-31")
        by_id = self.plan.preview(1000, self.currency.id, "2026-01-31")
        self.assertEqual(by_code, by_id)

    def test_bad_input_is_refused_with_a_sentence(self):
        cases = [
            ((0, self.currency, "2026-01-31"), "price"),
            ((-5, self.currency, "2026-01-31"), "price"),
            (("much", self.currency, "2026-01-31"), "“much” is no amount"),
            ((True, self.currency, "2026-01-31"), "“True” is no amount"),
            ((float("nan"), self.currency, "2026-01-31"), "no amount of money"),
            ((float("inf"), self.currency, "2026-01-31"), "no amount of money"),
            ((1000, "XXX", "2026-01-31"), "“XXX” is unknown"),
            ((1000, self.currency, "31/31/2026"), "is no date"),
            ((1000, self.currency, None), "is no date"),
        ]
        for args, message in cases:
            with self.subTest(args=args), self.assertRaisesRegex(UserError, message):
                self.plan.preview(*args)

    def test_plan_that_does_not_come_to_the_price_says_by_how_much(self):
        plan = self._create_plan([{"name": "Half", "value": 50}])
        with self.assertRaisesRegex(UserError, "20 % down: The lines come to 500"):
            plan.preview(1000, self.currency, date(2026, 1, 31))

    def test_line_needs_what_its_trigger_needs(self):
        for trigger in ("date", "milestone"):
            with self.assertRaisesRegex(ValidationError, "Plan line X"):
                self._create_plan([{"name": "X", "trigger": trigger}])

    def test_messages_are_those_of_the_pure_module(self):
        self.assertEqual(
            {code: message._source for code, message in PLAN_MESSAGES.items()},
            pure_plan.MESSAGES,
        )

    def test_preview_form_shows_the_schedule(self):
        form = Form(
            self.env["realestate.payment.plan.preview"]
            .with_user(self.agent)
            .with_context(default_plan_id=self.plan.id, default_unit_id=self.unit.id)
        )
        self.assertEqual(form.price, 1000000)
        preview = form.save()
        self.assertEqual(len(preview.line_ids), 16)
        self.assertAlmostEqual(sum(preview.line_ids.mapped("amount")), 1000000)
