from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.report_weasyprint.tests.common import pdf_text

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestPlanComparison(RealestateSalesCommon):
    """Up to three plans for one price beside each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loan = cls._plan("Two years", count=24, interest_rate=12)
        cls.stages = cls._plan("At top-out", trigger="milestone", milestone_code="TOP")

    @classmethod
    def _plan(cls, name, **values):
        line = {
            "name": "Part",
            "amount_type": "balance",
            "offset_months": 1,
            **values,
        }
        return cls._create_plan([line], name=name)

    def _compare(self, plans, **values):
        form = Form(self.env["realestate.payment.plan.comparison"])
        form.unit_id = self.unit
        form.price = 1200000
        form.date_start = "2026-01-31"
        for plan in plans:
            form.plan_ids.add(plan)
        for field, value in values.items():
            form[field] = value
        return form.save()

    def test_each_plan_has_its_burden(self):
        comparison = self._compare(self.loan + self.stages)
        loan, stages = comparison.line_ids
        self.assertEqual((loan.plan_id, stages.plan_id), (self.loan, self.stages))
        self.assertGreater(loan.amount_interest, 0)
        self.assertEqual(loan.amount_total, 1200000 + loan.amount_interest)
        self.assertEqual(loan.month_count, 24)
        self.assertEqual(str(loan.date_last), "2028-01-31")
        self.assertEqual(loan.amount_typical, loan.amount_first)
        self.assertEqual(stages.amount_undated, 1200000)
        self.assertFalse(stages.date_last)

    def test_chart_shows_every_month_and_its_words(self):
        chart = self._compare(self.loan).line_ids.chart
        self.assertEqual(len(chart["bars"]), 24)
        self.assertTrue(chart["has_interest"])
        self.assertRegex(chart["bars"][0]["text"], "Feb 2026: .*56,488")
        self.assertRegex(chart["text"], "Due in 24 months")

    def test_plan_that_does_not_come_to_the_price_says_so(self):
        bad = self._plan("Half", amount_type="percent", value=50)
        lines = self._compare(bad + self.loan).line_ids
        self.assertIn("is missing", lines[0].problem)
        self.assertFalse(lines[1].problem)

    def test_four_plans_are_refused(self):
        plans = self.loan + self.stages + self.plan + self._plan("Fourth")
        with self.assertRaisesRegex(UserError, "up to 3"):
            self._compare(plans)

    def test_price_comes_from_the_unit(self):
        form = Form(self.env["realestate.payment.plan.comparison"])
        form.unit_id = self.unit
        self.assertEqual(form.price, self.unit.price_list)
        self.assertEqual(form.currency_id, self.unit.currency_id)

    def test_price_may_stand_without_a_unit(self):
        comparison = self.env["realestate.payment.plan.comparison"].create(
            {
                "plan_ids": self.loan.ids,
                "price": 500,
                "currency_id": self.currency.id,
            }
        )
        self.assertEqual(comparison.company_id, self.company)
        self.assertEqual(comparison.line_ids.plan_id, self.loan)

    def test_paper_is_in_the_buyers_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.buyer.lang = "vi_VN"
        comparison = self._compare(self.loan + self.plan, partner_id=self.buyer)
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        pdf = reports._render_qweb_pdf(
            "realestate_sales.action_report_plan_comparison", comparison.ids
        )[0]
        text = " ".join(pdf_text(pdf).split())
        self.assertIn("Two years", text)
        self.assertIn(self.buyer.name, text)
        self.assertNotIn("To pay in all", text)
        self.assertIn(self.company.name, text)
        self.assertEqual(comparison.action_print()["type"], "ir.actions.report")

    def test_agents_compare_and_plain_users_do_not(self):
        model = self.env["realestate.payment.plan.comparison"]
        self.assertTrue(model.with_user(self.agent).has_access("create"))
        self.assertFalse(model.with_user(self.plain).has_access("create"))
