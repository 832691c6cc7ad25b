from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RealestateSalesCommon
from .test_approval import ApprovalCase

REFUSED = "a contract supervisor or a sales manager has to approve"


@tagged("post_install", "-at_install")
class TestFloorApproval(RealestateSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.units.price_floor = 950000

    def _create_below(self, price=900000, user=None):
        """A draft reservation by ``user`` below the floor price."""
        reservation = self._create_reservation(confirmed=False, fee=0)
        reservation.price = price
        return reservation.with_user(user or self.env.user)

    def _approve(self, record, user=None, reason="Launch week"):
        return record.with_user(user or self.supervisor).action_approve_floor(reason)

    def test_price_at_the_floor_needs_no_approval(self):
        for price in (950000, 1000000):
            reservation = self._create_below(price)
            self.assertFalse(reservation.is_below_floor)
            reservation.action_confirm()
            self.assertEqual(reservation.state, "confirmed")
            reservation.action_cancel("next")

    def test_unit_without_a_floor_price_needs_no_approval(self):
        self.unit.price_floor = 0
        self._create_below(1).action_confirm()

    def test_nobody_confirms_below_the_floor_without_approval(self):
        for user in (self.agent, self.officer, self.supervisor, self.manager):
            with self.subTest(user=user.login):
                reservation = self._create_below(user=user)
                with self.assertRaisesRegex(UserError, REFUSED):
                    reservation.action_confirm()
                self.assertEqual(reservation.state, "draft")
                reservation.action_cancel("next")

    def test_refusal_names_the_unit_and_both_prices(self):
        with self.assertRaisesRegex(UserError, "T1-101.*900,000.00.*950,000.00"):
            self._create_below().action_confirm()

    def test_agents_and_officers_do_not_approve(self):
        reservation = self._create_below()
        for user in (self.agent, self.officer):
            with self.assertRaisesRegex(AccessError, "Only a contract supervisor or a"):
                self._approve(reservation, user)
        self.assertFalse(reservation.is_floor_approved)

    def test_supervisor_and_manager_approve_and_are_remembered(self):
        for user in (self.supervisor, self.manager):
            reservation = self._create_below()
            self._approve(reservation, user, reason="  Launch week ")
            self.assertTrue(reservation.is_floor_approved)
            self.assertEqual(reservation.floor_user_id, user)
            self.assertEqual(reservation.floor_reason, "Launch week")
            self.assertTrue(reservation.date_floor_approved)
            self.assertIn("Launch week", reservation.message_ids[0].body)
            reservation.with_user(self.agent).action_confirm()
            self.assertEqual(reservation.state, "confirmed")
            reservation.action_cancel("next")

    def test_approval_needs_a_reason(self):
        reservation = self._create_below()
        for reason in (None, "", "  ", 7):
            with self.assertRaisesRegex(UserError, "the reason is kept"):
                self._approve(reservation, reason=reason)

    def test_there_must_be_something_to_approve(self):
        reservation = self._create_below(1000000)
        with self.assertRaisesRegex(UserError, "asks for no approval"):
            self._approve(reservation)
        reservation.price = 900000
        self._approve(reservation)
        with self.assertRaisesRegex(UserError, "asks for no approval"):
            self._approve(reservation)

    def test_change_of_the_price_makes_the_approval_void(self):
        for price in (899999, 900001):
            reservation = self._create_below()
            self._approve(reservation)
            reservation.price = price
            self.assertFalse(reservation.floor_user_id)
            self.assertFalse(reservation.floor_reason)
            reservation.price = 900000
            with self.assertRaisesRegex(UserError, REFUSED):
                reservation.action_confirm()
            reservation.action_cancel("next")

    def test_same_price_written_again_keeps_the_approval(self):
        reservation = self._create_below()
        self._approve(reservation)
        reservation.write({"price": 900000, "fee": 10})
        self.assertTrue(reservation.is_floor_approved)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_approval_is_not_forged(self):
        reservation = self._create_below()
        values = {
            "res_model": reservation._name,
            "res_id": reservation.id,
            "kind": "floor",
            "state": "approved",
            "fingerprint": reservation._get_fingerprint("floor"),
        }
        manager = reservation.with_user(self.manager)
        for attack in (
            lambda: manager.env["realestate.approval"].create(values),
            lambda: manager.write({"approval_ids": [Command.create(values)]}),
            lambda: manager.create(
                {
                    "unit_id": self.units[2].id,
                    "partner_id": self.buyer.id,
                    "approval_ids": [Command.create(values)],
                }
            ),
        ):
            with self.assertRaises(UserError):
                attack()
        manager.write({"floor_user_id": self.manager.id, "floor_reason": "x"})
        reservation.invalidate_recordset()
        with self.assertRaisesRegex(UserError, REFUSED):
            manager.action_confirm()

    def test_button_asks_for_the_reason(self):
        reservation = self._create_below()
        wizard = self.env["realestate.approval.reason"].with_user(self.supervisor)
        values = {
            "purpose": "approve",
            "kind": "floor",
            "res_model": reservation._name,
            "res_id": reservation.id,
            "reason": "Launch week",
        }
        with self.assertRaises(AccessError):
            wizard.with_user(self.officer).create(values).action_decide()
        form = wizard.create(values)
        self.assertEqual(form.subject, reservation.name)
        form.action_decide()
        self.assertEqual(reservation.floor_user_id, self.supervisor)

    def test_reason_is_asked_for_what_needs_approval_only(self):
        wizard = self.env["realestate.approval.reason"].with_user(self.manager)
        for model in ("res.users", "realestate.unit", "no.such.model", False):
            with self.subTest(model=model), self.assertRaises(UserError):
                wizard.create(
                    {
                        "purpose": "approve",
                        "kind": "floor",
                        "res_model": model,
                        "res_id": 1,
                        "reason": "x",
                    }
                ).action_decide()

    def test_supervisors_are_asked_and_one_decides(self):
        reservation = self._create_below(user=self.agent)
        for reason in (None, " ", 7):
            with self.assertRaisesRegex(UserError, "the reason is kept"):
                reservation.action_request_floor(reason)
        reservation.action_request_floor("A returning buyer")
        self.assertTrue(reservation.is_floor_pending)
        approval = reservation.sudo().approval_ids
        self.assertEqual(approval.reason_requested, "A returning buyer")
        self.assertEqual(approval.percent, 5.26)
        asked = self.supervisor | self.manager
        self.assertEqual(approval._get_approvers() & asked, asked)
        self.assertLessEqual(asked, reservation.sudo().activity_ids.user_id)
        with self.assertRaises(AccessError):
            approval.with_user(self.officer).action_approve()
        with self.assertRaisesRegex(UserError, REFUSED):
            reservation.action_confirm()
        approval.with_user(self.supervisor).action_approve("Fine")
        self.assertFalse(reservation.sudo().activity_ids)
        reservation.action_confirm()
        self.assertEqual(reservation.state, "confirmed")

    def test_refused_price_may_be_asked_for_again(self):
        reservation = self._create_below(user=self.agent)
        reservation.action_request_floor("Please")
        approval = reservation.sudo().approval_ids
        approval.with_user(self.supervisor).action_refuse("Too low")
        self.assertFalse(reservation.is_floor_pending)
        self.assertEqual(reservation.state, "draft")
        with self.assertRaisesRegex(UserError, REFUSED):
            reservation.action_confirm()
        reservation.action_request_floor("A little more?")
        self.assertTrue(reservation.is_floor_pending)

    def test_another_buyer_needs_another_approval(self):
        reservation = self._create_below()
        self._approve(reservation)
        reservation.partner_id = self._create_partner(name="Nephew")
        self.assertFalse(reservation.is_floor_approved)
        reservation.partner_id = self.buyer
        self.assertFalse(reservation.is_floor_approved)

    def test_what_is_asked_is_void_once_the_reservation_ends(self):
        reservation = self._create_below(user=self.agent)
        reservation.action_request_floor("Please")
        reservation.action_cancel("The buyer withdrew")
        self.assertEqual(reservation.sudo().approval_ids.state, "void")
        self.assertFalse(reservation.sudo().activity_ids)


@tagged("post_install", "-at_install")
class TestContractFloorApproval(RealestateSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.units.price_floor = 950000

    def _create_below(self, price=900000, **values):
        return self._create_contract(
            line_ids=[
                Command.create({"unit_id": self.units[0].id, "price": price}),
                Command.create({"unit_id": self.units[1].id}),
            ],
            **values,
        )

    def test_contract_below_the_floor_is_not_reviewed(self):
        contract = self._create_below()
        self.assertTrue(contract.needs_floor_approval)
        with self.assertRaisesRegex(UserError, f"T1-101.*{REFUSED}"):
            contract.with_user(self.officer).action_submit()
        self.assertEqual(contract.state, "draft")

    def test_approval_lets_it_pass_and_is_kept_at_the_line(self):
        contract = self._create_below()
        with self.assertRaisesRegex(AccessError, "Only a contract supervisor or a"):
            contract.with_user(self.officer).action_approve_floor("Please")
        contract.with_user(self.supervisor).action_approve_floor("Two homes at once")
        below, other = contract.line_ids
        self.assertEqual(below.floor_user_id, self.supervisor)
        self.assertEqual(below.floor_reason, "Two homes at once")
        self.assertFalse(other.floor_user_id)
        self.assertFalse(contract.needs_floor_approval)
        self.assertIn("Two homes at once", contract.message_ids[0].body)
        self._walk(contract, "active")
        self.assertEqual(contract.state, "active")

    def test_new_price_or_unit_needs_a_new_approval(self):
        contract = self._create_below()
        changes = ({"price": 800000}, {"unit_id": self.units[2].id})
        for change in changes:
            contract.action_approve_floor("Two homes at once")
            contract.line_ids[0].write(change)
            self.assertTrue(contract.needs_floor_approval)
            self.assertFalse(contract.line_ids[0].floor_user_id)

    def test_nothing_to_approve_is_said(self):
        contract = self._create_below(960000)
        with self.assertRaisesRegex(UserError, "asks for no approval"):
            contract.action_approve_floor("Why not")

    def test_approval_of_the_reservation_comes_along(self):
        reservation = self._create_reservation(confirmed=False)
        reservation.price = 900000
        reservation.with_user(self.manager).action_approve_floor("Staff")
        reservation.action_confirm()
        contract = reservation.action_convert()
        line = contract.line_ids
        self.assertEqual(line.floor_user_id, self.manager)
        self.assertEqual(line.floor_reason, "Staff")
        self.assertEqual(line.date_floor_approved, reservation.date_floor_approved)
        contract.action_submit()
        self.assertEqual(contract.state, "review")

    def test_copy_of_an_approved_price_is_not_approved(self):
        contract = self._create_below()
        contract.action_approve_floor("Two homes at once")
        copied = contract.line_ids[0].copy_data()[0]
        self.assertFalse({"floor_user_id", "floor_reason"} & copied.keys())

    def test_buyer_learns_nothing_of_floor_prices(self):
        contract = self._create_below()
        contract.action_approve_floor("Two homes at once")
        self._walk(contract, "approved")
        portal = self._create_user("portal", "base.group_portal")
        portal.partner_id = self.buyer
        line = contract.line_ids[0].with_user(portal)
        self.assertEqual(line.read(["price"])[0]["price"], 900000)
        for name in ("is_below_floor", "floor_reason", "floor_user_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                line.read([name])
        with self.assertRaises(AccessError):
            contract.with_user(portal).action_approve_floor("Because")

    def test_approval_of_the_reservation_is_for_its_buyer_and_price(self):
        reservation = self._create_reservation(confirmed=False)
        reservation.price = 900000
        reservation.with_user(self.manager).action_approve_floor("Staff")
        reservation.action_confirm()
        contract = reservation.action_convert()
        nephew = self._create_partner(name="Nephew")
        contract.partner_id = nephew
        self.assertTrue(contract.needs_floor_approval)
        contract.partner_id = self.buyer
        self.assertFalse(contract.needs_floor_approval)
        contract.line_ids.price = 899999.99
        self.assertTrue(contract.needs_floor_approval)

    def test_two_kinds_on_one_contract_do_not_meddle(self):
        contract = self._create_below()
        contract.with_user(self.officer).action_request_floor("Two homes at once")
        asked = contract.approval_ids
        self.assertEqual(asked.kind, "floor")
        asked.with_user(self.supervisor).action_approve()
        self.env["realestate.approval.tier"].create(
            {
                "name": "Lawyer",
                "kind": "contract",
                "company_id": self.company.id,
                "user_ids": [Command.set(self.lawyer.ids)],
            }
        )
        contract.with_user(self.officer).action_submit()
        self.assertEqual(contract.activity_ids.user_id, self.lawyer)
        contract.action_draft()
        self.assertEqual(asked.state, "approved")
        self.assertFalse(contract.activity_ids)
        contract.line_ids[0].unlink()
        self.assertEqual(asked.state, "void")


@tagged("post_install", "-at_install")
class TestFloorTiers(ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.units.price_floor = 950000
        (cls.first | cls.second).write({"kind": "floor", "amount_from": 0})
        cls.first.percent_from = 2
        cls.second.percent_from = 10

    def _reserve(self, price):
        reservation = self._create_reservation(confirmed=False, fee=0)
        reservation.price = price
        return reservation.with_user(self.agent)

    def test_how_far_below_the_floor_says_who_decides(self):
        nobody = self.env["realestate.approval.tier"]
        for price, tiers in (
            (931100, nobody),
            (931000, self.first),
            (855100, self.first),
            (855000, self.first | self.second),
        ):
            reservation = self._reserve(price)
            with self.subTest(price=price):
                reservation.action_request_floor("Please")
                self.assertEqual(reservation.sudo().approval_ids.tier_id, tiers)
                self.assertEqual(reservation.is_floor_by_tiers, bool(tiers))
            reservation.action_cancel("next")

    def test_where_tiers_decide_the_supervisor_does_not(self):
        reservation = self._reserve(900000)
        with self.assertRaisesRegex(UserError, "is approved by “Lawyer”"):
            reservation.with_user(self.supervisor).action_approve_floor("Mine")
        reservation.action_request_floor("Please")
        approval = reservation.sudo().approval_ids
        with self.assertRaises(AccessError):
            approval.with_user(self.supervisor).action_approve()
        approval.with_user(self.lawyer).action_approve()
        self.assertTrue(reservation.is_floor_approved)
        self.assertEqual(reservation.floor_reason, "Please")
        reservation.action_confirm()

    def test_below_the_first_tier_the_supervisor_approves(self):
        reservation = self._reserve(940000)
        reservation.with_user(self.supervisor).action_approve_floor("Little")
        self.assertTrue(reservation.is_floor_approved)
