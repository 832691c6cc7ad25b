from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import RealestateSalesCommon
from .test_approval import ApprovalCase


class DiscountCase(RealestateSalesCommon):
    @classmethod
    def _create_reason(cls, name="Returning buyer", **values):
        return cls.env["realestate.discount.reason"].create({"name": name, **values})

    @classmethod
    def _create_lines(cls, *values, **contract_values):
        """A draft whose units have ``values`` each."""
        return cls._create_contract(
            line_ids=[
                Command.create({"unit_id": unit.id, **vals})
                for unit, vals in zip(cls.units, values, strict=False)
            ],
            **contract_values,
        )

    def _assert_line(self, line, price, amount, percent, price_list=1000000):
        self.assertRecordValues(
            line,
            [
                {
                    "price_list": price_list,
                    "discount_percent": percent,
                    "discount_amount": amount,
                    "price": price,
                }
            ],
        )
        self.assertEqual(line.contract_id.amount_total, line.contract_id.amount_total)


@tagged("post_install", "-at_install")
class TestDiscount(DiscountCase):
    def test_price_and_discount_agree_whichever_is_given(self):
        for values, price, amount, percent in (
            ({}, 1000000, 0, 0),
            ({"discount_percent": 5}, 950000, 50000, 5),
            ({"discount_amount": 333333.33}, 666666.67, 333333.33, 33.3333),
            ({"price": 900000}, 900000, 100000, 10),
            ({"price": 1100000}, 1100000, 0, 0),
            ({"price": 0}, 0, 1000000, 100),
        ):
            with self.subTest(values=values):
                contract = self._create_lines(values)
                self._assert_line(contract.line_ids, price, amount, percent)
                self.assertEqual(contract.amount_total, price)
                contract.unlink()

    def test_writing_one_settles_the_others_and_the_schedule(self):
        line = self._create_lines({}).line_ids
        for values, price, amount, percent in (
            ({"discount_percent": 10}, 900000, 100000, 10),
            ({"discount_amount": 50000}, 950000, 50000, 5),
            ({"price": 875000}, 875000, 125000, 12.5),
            ({"discount_amount": 0}, 1000000, 0, 0),
            ({"price": 1000001}, 1000001, 0, 0),
            ({"discount_percent": 0}, 1000000, 0, 0),
            ({"price": 900000, "discount_percent": 1}, 900000, 100000, 10),
        ):
            with self.subTest(values=values):
                line.with_user(self.officer).write(values)
                self._assert_line(line, price, amount, percent)
                contract = line.contract_id
                self.assertEqual(contract.amount_total, price)
                self.assertTrue(contract._is_schedule_exact())

    def test_the_form_shows_the_price_at_once(self):
        contract = self._create_lines({})
        with Form(contract) as form, form.line_ids.edit(0) as line:
            line.discount_percent = 5
            self.assertEqual(line.price, 950000)
            line.discount_amount = 60000
            self.assertEqual(line.price, 940000)
        self._assert_line(contract.line_ids, 940000, 60000, 6)
        with Form(contract) as form, form.line_ids.edit(0) as line:
            line.price = 930000
        self._assert_line(contract.line_ids, 930000, 70000, 7)

    def test_another_unit_keeps_the_percentage(self):
        self.units[2].price_list = 2000000
        line = self._create_lines({"discount_percent": 10}).line_ids
        line.unit_id = self.units[2]
        self._assert_line(line, 1800000, 200000, 10, price_list=2000000)
        line.write({"unit_id": self.units[3].id, "price": 700000})
        self._assert_line(line, 700000, 300000, 30)

    def test_a_discount_is_between_nothing_and_the_list_price(self):
        line = self._create_lines({}).line_ids
        for values in (
            {"discount_percent": -1},
            {"discount_percent": 100.01},
            {"discount_amount": -0.01},
            {"discount_amount": 1000000.01},
            {"discount_amount": "much"},
            {"discount_percent": float("nan")},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                line.write(values)
        self._assert_line(line, 1000000, 0, 0)

    def test_list_prices_are_facts_of_the_day(self):
        contract = self._create_lines({})
        for vals in ({"price_list": 1}, {"price_list": 2000000}):
            with self.assertRaisesRegex(UserError, "cannot be set by hand"):
                contract.line_ids.write(vals)
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            self._create_lines({"price_list": 900000, "unit_id": self.units[1].id})

    def test_contracts_of_before_stay_as_they_are(self):
        contract = self._create_lines({"price": 900000}, state="approved")
        # As if the discount had never been written down.
        contract.line_ids._write({"discount_amount": 0, "discount_percent": 0})
        contract.line_ids.invalidate_recordset()
        self.assertEqual(contract.line_ids.price, 900000)
        self.assertFalse(contract._get_problems())
        contract.with_user(self.officer).read()
        with Form(contract.with_user(self.officer)) as form:
            form.user_id = self.officer
        self.assertEqual((contract.amount_total, contract.amount_discount), (900000, 0))
        contract.action_sign()

    def test_a_total_is_spread_exactly(self):
        self.units[1].price_list = 333333.33
        self.units[2].price_list = 0.01
        contract = self._create_lines({}, {}, {})
        reason = self._create_reason()
        contract.with_user(self.officer).action_give_discount(
            amount=100000, reason_id=reason.id, note="Second home"
        )
        lines = contract.line_ids
        self.assertEqual(lines.mapped("discount_amount"), [75000, 25000, 0])
        self.assertEqual(contract.amount_total, 1233333.34)
        self.assertEqual(contract.amount_discount, 100000)
        self.assertEqual(lines[:2].discount_reason_id, reason)
        self.assertFalse(lines[2].discount_reason_id, "nothing was given there")
        contract.action_give_discount(percent=100)
        self.assertEqual(contract.amount_total, 0)
        contract.action_give_discount(percent=0)
        self.assertEqual(contract.amount_total, 1333333.34)
        self.assertFalse(lines.discount_reason_id)

    def test_a_total_that_cannot_be_is_refused(self):
        contract = self._create_lines({}, {})
        for values in (
            {"amount": -1},
            {"amount": 2000000.01},
            {"percent": 101},
            {"amount": "x"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                contract.action_give_discount(**values)
        with self.assertRaises(AccessError):
            contract.with_user(self.agent).action_give_discount(percent=1)
        self._walk(contract, "review")
        with self.assertRaisesRegex(UserError, "Send it back to draft"):
            contract.action_give_discount(percent=1)

    def test_currencies_without_and_with_three_decimals(self):
        for code, listed, off, price in (
            ("JPY", 1000001, 33333, 966668),
            ("KWD", 1000.001, 33.333, 966.668),
        ):
            currency = self._activate_currency(code)
            project = self._create_project(
                name=code, code=code, currency_id=currency.id
            )
            building = self._create_building(project, code=code)
            unit = self._create_units(1, building=building, price_list=listed)
            contract = self._create_contract(unit)
            contract.line_ids.discount_percent = 3.3333
            with self.subTest(currency=code):
                self.assertEqual(contract.line_ids.discount_amount, off)
                self.assertEqual(contract.amount_total, price)

    def test_button_spreads_what_is_asked(self):
        contract = self._create_lines({}, {})
        wizard = self.env["realestate.contract.give.discount"].with_user(self.officer)
        form = Form(wizard.with_context(default_contract_id=contract.id))
        self.assertEqual(form.amount_list, 2000000)
        form.percent = 2
        form.save().action_give()
        self.assertEqual(contract.amount_discount, 40000)

    def test_totals_by_kind_are_shown_for_several_units(self):
        self.units[1].write({"kind": "parking", "price_list": 100000})
        contract = self._create_lines({"discount_percent": 10}, {})
        rows = contract._get_unit_totals()
        self.assertEqual(
            [(r["kind"], r["count"], r["discount"], r["price"]) for r in rows],
            [("Home", 1, 100000, 900000), ("Parking", 1, 0, 100000)],
        )
        self.assertIn("Parking", contract.unit_totals)
        self.assertFalse(self._create_contract(self.units[2]).unit_totals)

    def test_once_reasons_exist_a_discount_names_one(self):
        contract = self._create_lines({"discount_percent": 1})
        contract.action_submit()
        contract.action_draft()
        other = self._create_company("Other Developer", self.currency)
        self._create_reason(company_id=other.id)
        contract.action_submit()
        contract.action_draft()
        reason = self._create_reason()
        with self.assertRaisesRegex(UserError, "Say why unit T1-101 has a discount"):
            contract.action_submit()
        contract.line_ids.discount_reason_id = reason
        contract.action_submit()
        self.assertEqual(contract.state, "review")

    def test_the_paper_shows_how_the_price_came_about(self):
        paper = self.env["report.realestate_sales.report_contract"]
        contract = self._create_lines({}, {})
        self.assertEqual(paper._get_sheet(contract)["discounts"], [])
        contract.line_ids[0].write(
            {
                "discount_percent": 5,
                "discount_reason_id": self._create_reason().id,
            }
        )
        rows = paper._get_sheet(contract)["discounts"]
        self.assertEqual([row["price"] for row in rows], [950000, 1000000])
        self.assertEqual((rows[0]["percent"], rows[1]["percent"]), ("5%", ""))
        self.assertEqual(rows[0]["reason"], "Returning buyer")
        html = self.env["ir.qweb"]._render(
            "realestate_sales.paper_discounts", {"sheet": paper._get_sheet(contract)}
        )
        for text in ("1,000,000.00", "50,000.00", "1,950,000.00", "Returning buyer"):
            self.assertIn(text, html)

    def test_buyers_read_prices_and_not_the_reasons(self):
        contract = self._create_lines({"discount_percent": 5}, state="approved")
        portal = self._create_user(
            "portal", "base.group_portal", partner_id=self.buyer.id
        )
        line = contract.line_ids.with_user(portal)
        self.assertEqual(line.read(["price"])[0]["price"], 950000)
        with self.assertRaises(AccessError):
            line.read(["discount_reason_id"])
        with self.assertRaises(AccessError):
            line.write({"discount_percent": 50})


@tagged("post_install", "-at_install")
class TestDiscountApproval(ApprovalCase, DiscountCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.first | cls.second).write({"kind": "discount", "amount_from": 0})
        cls.first.percent_from = 3
        cls.second.percent_from = 10
        cls.reason = cls._create_reason(percent_free=2)

    def _discount(self, percent, reason=True):
        return self._create_lines(
            {
                "discount_percent": percent,
                "discount_reason_id": self.reason.id if reason else False,
            }
        ).with_user(self.officer)

    def test_tiers_are_asked_before_the_review(self):
        for percent, tiers in (
            (2, self.env["realestate.approval.tier"]),
            (2.5, self.env["realestate.approval.tier"]),
            (3, self.first),
            (10, self.first | self.second),
        ):
            contract = self._discount(percent)
            with self.subTest(percent=percent):
                self.assertEqual(contract.needs_discount_approval, bool(tiers))
                if tiers:
                    with self.assertRaisesRegex(UserError, "are approved by “Lawyer”"):
                        contract.action_submit()
                    contract.action_request_discount("A returning buyer")
                    asked = contract.sudo().approval_ids
                    self.assertEqual(asked.tier_id, tiers)
                    self.assertEqual(asked[0].amount, percent * 10000)
                    self.assertIn("Returning buyer", asked[0].summary)
                    for approval, user in zip(
                        asked, (self.lawyer, self.director), strict=False
                    ):
                        approval.with_user(user).action_approve()
                contract.action_submit()
                self.assertEqual(contract.state, "review")
            contract.sudo().action_cancel("next")

    def test_more_discount_or_another_buyer_is_asked_for_anew(self):
        contract = self._discount(5)
        for change in (
            lambda: contract.line_ids.write({"discount_percent": 5.01}),
            lambda: contract.line_ids.write({"price": 949000}),
            lambda: contract.line_ids.write(
                {"discount_reason_id": self._create_reason("Staff").id}
            ),
            lambda: contract.write(
                {"partner_id": self._create_partner(name="Nephew").id}
            ),
        ):
            contract.action_request_discount("Please")
            pending = contract.sudo().approval_ids.filtered(
                lambda one: one.state == "pending"
            )
            pending.with_user(self.lawyer).action_approve()
            self.assertFalse(contract.needs_discount_approval)
            change()
            self.assertTrue(contract.needs_discount_approval)
            self.assertEqual(pending.state, "void")

    def test_a_price_that_stays_keeps_its_approval(self):
        contract = self._discount(5)
        contract.action_request_discount("Please")
        contract.sudo().approval_ids.with_user(self.lawyer).action_approve()
        contract.line_ids.write({"price": 950000, "description": "Corner"})
        contract.action_submit()
        self.assertEqual(contract.state, "review")

    def test_without_tiers_who_approves_the_contract_approves_it(self):
        (self.first | self.second).active = False
        contract = self._discount(50)
        self.assertFalse(contract.needs_discount_approval)
        contract.action_submit()
        contract.with_user(self.supervisor).action_approve()
        self.assertEqual(contract.state, "approved")

    def test_nobody_asks_for_nothing_or_without_a_reason(self):
        contract = self._discount(1)
        with self.assertRaisesRegex(UserError, "asks for no approval of its discounts"):
            contract.action_request_discount("Please")
        contract.line_ids.discount_percent = 9
        for reason in (None, " ", 3):
            with self.assertRaisesRegex(UserError, "the reason is kept"):
                contract.action_request_discount(reason)

    def test_it_is_not_forged(self):
        contract = self._discount(9)
        contract.action_request_discount("Please")
        approval = contract.sudo().approval_ids
        for attack in (
            lambda: approval.with_user(self.officer).action_approve(),
            lambda: approval.with_user(self.manager).action_approve(),
            lambda: contract.write(
                {"approval_ids": [Command.update(approval.id, {"state": "approved"})]}
            ),
            lambda: contract.line_ids.write(
                {"contract_id": contract.id, "price_list": 910000}
            ),
            lambda: contract.with_context(
                needs_discount_approval=False
            ).action_submit(),
        ):
            with self.assertRaises(UserError):
                attack()
        self.assertEqual((approval.state, contract.state), ("pending", "draft"))

    def test_reasons_are_set_up_by_managers(self):
        with self.assertRaises(AccessError):
            self.reason.with_user(self.supervisor).percent_free = 100
        self.reason.with_user(self.manager).percent_free = 5
        self.assertEqual(self.reason.with_user(self.officer).percent_free, 5)
