from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RealestateSalesCommon


class PartiesCase(RealestateSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.brother = cls._create_partner(name="Brother Santos")

    def _create_shared(self, *shares, **values):
        return self._create_contract(
            buyer_ids=[
                Command.create(
                    {
                        "partner_id": (
                            self._create_partner(name=f"Buyer {number}").id
                            if number
                            else self.buyer.id
                        ),
                        "share": share,
                        "is_main": not number,
                    }
                )
                for number, share in enumerate(shares)
            ],
            **values,
        )


@tagged("post_install", "-at_install")
class TestShares(PartiesCase):
    def test_thirds_come_to_the_whole(self):
        contract = self._create_shared(100, 1, 1)
        with self.assertRaisesRegex(UserError, "shares come to 102.00 %"):
            contract.action_submit()
        contract.with_user(self.officer).action_split_shares()
        self.assertEqual(contract.buyer_ids.mapped("share"), [33.33, 33.33, 33.34])
        contract.action_submit()
        self.assertEqual(contract.state, "review")

    def test_a_hundredth_too_little_or_too_much_is_refused(self):
        for shares, total in (
            ((33.33, 33.33, 33.33), "99.99"),
            ((50, 50.01), "100.01"),
        ):
            contract = self._create_shared(*shares)
            with self.subTest(total=total):
                with self.assertRaisesRegex(UserError, f"shares come to {total} %"):
                    contract.action_submit()
            contract.action_cancel("next")

    def test_shares_are_split_in_drafts_only_and_by_officers(self):
        contract = self._create_shared(50, 50)
        with self.assertRaises(AccessError):
            contract.with_user(self.agent).action_split_shares()
        contract.action_submit()
        with self.assertRaisesRegex(UserError, "Send it back to draft"):
            contract.with_user(self.officer).action_split_shares()


@tagged("post_install", "-at_install")
class TestProxies(PartiesCase):
    def _name_proxy(self, contract, user=None, **values):
        contract.buyer_ids[0].with_user(user or self.officer).write(
            {
                "proxy_id": self.brother.id,
                "proxy_document": "Special power of attorney, Doc. 12",
                "proxy_date": "2026-01-05",
                **values,
            }
        )
        return contract.buyer_ids[0]

    def test_a_proxy_needs_an_authority_that_holds(self):
        today = fields.Date.context_today(self.buyer)
        contract = self._create_contract()
        for values, problem in (
            ({"proxy_document": False}, "by which authority Brother Santos acts"),
            ({"proxy_date": today + timedelta(days=1)}, "begins on .* only"),
            (
                {"proxy_date_end": today - timedelta(days=1), "proxy_date": False},
                "ended on",
            ),
        ):
            self._name_proxy(contract, proxy_date_end=False)
            self._name_proxy(contract, **values)
            with self.subTest(problem=problem):
                with self.assertRaisesRegex(UserError, problem):
                    contract.action_submit()
        self._name_proxy(contract, proxy_date_end=today)
        contract.action_submit()
        self.assertEqual(contract.state, "review")

    def test_nobody_is_their_own_proxy_and_time_runs_forward(self):
        contract = self._create_contract()
        with self.assertRaisesRegex(ValidationError, "their own proxy"):
            self._name_proxy(contract, proxy_id=self.buyer.id)
        with self.assertRaisesRegex(ValidationError, "ends before it begins"):
            self._name_proxy(contract, proxy_date_end="2026-01-04")

    def test_a_minor_is_represented_by_the_guardian(self):
        self.buyer.realestate_birth_date = date(2008, 2, 29)
        contract = self._create_contract()
        self.assertTrue(contract.buyer_ids.is_minor)
        with self.assertRaisesRegex(UserError, "under age: name the legal guardian"):
            contract.action_submit()
        self._name_proxy(contract)
        with self.assertRaisesRegex(UserError, "has to act as legal guardian"):
            contract.action_submit()
        self._name_proxy(contract, proxy_kind="guardian", proxy_document=False)
        self.brother.realestate_birth_date = fields.Date.context_today(self.buyer)
        with self.assertRaisesRegex(UserError, "Brother Santos is under age"):
            contract.action_submit()
        self.brother.realestate_birth_date = date(1980, 1, 1)
        contract.action_submit()
        self.assertEqual(contract.state, "review")

    def test_somebody_born_on_a_leap_day_comes_of_age_in_march(self):
        self.buyer.realestate_birth_date = date(2008, 2, 29)
        contract = self._create_contract()
        for day, minor in ((date(2026, 2, 28), True), (date(2026, 3, 1), False)):
            contract.date_contract = day
            self.assertEqual(contract.buyer_ids.is_minor, minor)

    def test_who_acts_may_change_until_it_is_signed(self):
        contract = self._create_contract(state="approved")
        buyer = self._name_proxy(contract)
        self.assertEqual(buyer.proxy_id, self.brother)
        with self.assertRaisesRegex(UserError, "Send it back to draft"):
            buyer.with_user(self.officer).write({"share": 50, "proxy_id": False})
        contract.action_sign()
        with self.assertRaisesRegex(UserError, "who signed for its buyers stays"):
            self._name_proxy(contract, proxy_id=False)

    def test_an_authority_that_has_run_out_does_not_sign(self):
        today = fields.Date.context_today(self.buyer)
        contract = self._create_contract(state="approved")
        self._name_proxy(contract, proxy_date_end=today - timedelta(days=1))
        with self.assertRaisesRegex(UserError, "ended on"):
            contract.action_sign()
        self._name_proxy(contract, proxy_date_end=today)
        contract.action_sign()
        self.assertEqual(contract.state, "signed")

    def test_agents_and_buyers_name_nobody(self):
        contract = self._create_contract(state="approved")
        portal = self._create_user(
            "portal", "base.group_portal", partner_id=self.buyer.id
        )
        for user in (self.agent, self.lawyer, self.plain, portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._name_proxy(contract, user)
        with self.assertRaises(AccessError):
            contract.buyer_ids.with_user(portal).read(["proxy_document"])

    def test_the_paper_names_who_signs_for_whom(self):
        paper = self.env["report.realestate_sales.report_contract"]
        contract = self._create_shared(50, 50)
        plain = paper._get_sheet(contract)["signatures"]
        self.assertFalse(plain[0].get("lines"))
        self._name_proxy(contract)
        lines = paper._get_sheet(contract)["signatures"][0]["lines"]
        self.assertEqual(lines[0], "by proxy: Brother Santos")
        self.assertEqual(lines[1], "Special power of attorney, Doc. 12 of Jan 5, 2026")
        self._name_proxy(contract, proxy_kind="guardian", proxy_document=False)
        signatures = paper._get_sheet(contract)["signatures"]
        self.assertEqual(
            signatures[0]["lines"][0], "by the legal guardian Brother Santos"
        )
        self.assertFalse(signatures[1].get("lines"))
