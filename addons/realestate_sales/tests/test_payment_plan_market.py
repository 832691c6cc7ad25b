from collections import defaultdict

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RealestateSalesCommon

MARKETS = ("ph", "in", "ae_du", "vn", "cn", "my")


@tagged("post_install", "-at_install")
class TestPaymentPlanMarket(RealestateSalesCommon):
    """The ready plans of six markets, and where they are offered."""

    def _ready(self, market):
        return self.env["realestate.payment.plan"].search(
            [("jurisdiction_id", "=", self._jurisdiction(market).id)]
        )

    def _jurisdiction(self, market):
        return self.env.ref(f"realestate_sales.jurisdiction_{market}")

    def _plan(self, name):
        return self.env.ref(f"realestate_sales.plan_{name}")

    def _shares(self, plan):
        """Percent of the price by kind of trigger or milestone, in order."""
        schedule = plan._build_schedule(1000000, self.currency, self._today)
        shares = defaultdict(float)
        for item in schedule:
            shares[item.milestone or "dated"] += float(item.amount) / 10000
        return dict(shares)

    _today = "2026-01-31"

    def test_every_market_has_plans_and_each_comes_to_the_price(self):
        for market in MARKETS:
            plans = self._ready(market)
            self.assertGreaterEqual(len(plans), 2, market)
            for plan in plans:
                with self.subTest(plan=plan.name):
                    for code, price in (("PHP", 1234567.89), ("VND", 3999999000)):
                        currency = self._activate_currency(code)
                        lines = plan.preview(price, currency, self._today)
                        total = sum(amount for *_rest, amount in lines)
                        self.assertEqual(currency.compare_amounts(total, price), 0)

    def test_schedule_h_bills_its_twelve_stages(self):
        # Housing Development Regulations 1989, Third Schedule, on 500,000.
        lines = self._plan("my_schedule_h").preview(
            500000, self._activate_currency("MYR"), self._today
        )
        self.assertEqual(
            [amount for *_rest, amount in lines],
            [50000, 50000, 75000, 50000, 50000, 50000, 25000, 12500, 12500]
            + [87500, 12500, 25000],
        )

    def test_plans_of_vietnam_keep_the_caps(self):
        # Law 29/2023/QH15, article 25.
        for name, before_handover in (("standard", 70), ("foreign", 50)):
            shares = self._shares(self._plan(f"vn_{name}"))
            self.assertLessEqual(shares["dated"], before_handover)
            self.assertEqual(shares["CERTIFICATE"], 5)
            schedule = self._plan(f"vn_{name}").preview(
                4000000000, self._activate_currency("VND"), self._today
            )
            deposit, signing = (amount for *_rest, amount in schedule[:2])
            self.assertLessEqual(deposit, 200000000)
            self.assertLessEqual(deposit + signing, 1200000000)

    def test_plans_of_india_ask_ten_percent_before_the_agreement(self):
        for plan in self._ready("in"):
            first = plan.preview(8000000, self.currency, self._today)[0]
            self.assertEqual(first[3], 800000)

    def test_plans_of_china_keep_the_earnest_money_below_a_fifth(self):
        for plan in self._ready("cn"):
            first = plan.preview(2000000, self.currency, self._today)[0]
            self.assertLessEqual(first[3], 400000)

    def test_in_house_financing_bears_interest(self):
        interest = self._plan("ph_inhouse").preview_interest(
            3600000, self.currency, self._today
        )
        self.assertEqual(len(interest), 1 + 12 + 120)
        self.assertEqual(interest[:13], [0] * 13)
        # 80 % of 3,600,000 at 16 % for one month.
        self.assertEqual(interest[13], 38400)

    # === WHERE THEY ARE OFFERED === #

    def test_a_project_is_offered_the_plans_of_its_law(self):
        self.project.jurisdiction_id = self._jurisdiction("my")
        offered = self.env["realestate.payment.plan"]._get_offered(self.project)
        self.assertLessEqual(self._ready("my") | self.plan, offered)
        self.assertFalse(offered & self._ready("vn"))

    def test_a_contract_with_a_plan_from_elsewhere_is_not_reviewed(self):
        self.project.jurisdiction_id = self._jurisdiction("ph")
        contract = self._create_contract(plan_id=self._plan("vn_completed").id)
        with self.assertRaisesRegex(UserError, "not offered in project East"):
            contract.action_submit()
        contract.plan_id = self._plan("ph_spot")
        contract.action_submit()
        self.assertEqual(contract.state, "review")

    def test_a_plan_of_other_projects_is_not_reviewed(self):
        other = self._create_project(name="West", code="WEST")
        self.plan.project_ids = other
        contract = self._create_contract()
        with self.assertRaisesRegex(UserError, "not offered in project East"):
            contract.action_submit()

    # === MILESTONES === #

    def test_the_milestones_of_the_plans_are_added_once(self):
        self.project.jurisdiction_id = self._jurisdiction("my")
        self.env["realestate.milestone"].create(
            {"name": "Frame", "code": "FRAME", "project_id": self.project.id}
        )
        action = self.project.with_user(self.manager).action_add_plan_milestones()
        self.assertIn("Drains", action["params"]["message"])
        codes = self.project.milestone_ids.mapped("code")
        self.assertEqual(len(codes), len(set(codes)))
        self.assertLessEqual({"FRAME", "ROOF", "POSSESSION", "TITLE"}, set(codes))
        self.project.action_add_plan_milestones()
        self.assertEqual(self.project.milestone_ids.mapped("code"), codes)
        contract = self._create_contract(plan_id=self._plan("my_schedule_h").id)
        contract.action_submit()
        self.assertEqual(contract.state, "review")

    def test_officers_add_no_milestones_of_plans(self):
        with self.assertRaises(AccessError):
            self.project.with_user(self.officer).action_add_plan_milestones()
