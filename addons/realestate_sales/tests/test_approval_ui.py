from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .test_approval import ApprovalCase
from .test_review import ReviewCase


class DecideCase(ReviewCase, ApprovalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second.active = False
        cls.contract = cls._create_contract()
        cls.contract.user_id = cls.officer


@tagged("post_install", "-at_install")
class TestDecideUi(HttpCase, DecideCase):
    def _tour(self, name, user, path=None):
        path = path or f"/odoo/realestate.contract/{self.contract.id}"
        self.start_tour(path, name, login=user.login)

    def test_a_contract_goes_through_review_and_tiers(self):
        contract = self.contract
        self._tour("realestate_hand_in", self.officer)
        self.assertEqual((contract.state, contract.amount_total), ("review", 950000))
        self.assertEqual(contract.user_submitted_id, self.officer)
        self._tour("realestate_review_wrong", self.checker)
        self.assertEqual(contract.state, "draft")
        bodies = " ".join(contract.message_ids.mapped("body"))
        self.assertIn("Nobody promised five", bodies)
        contract.with_user(self.officer).action_give_discount(percent=0)
        contract.with_user(self.officer).action_submit()
        self._tour("realestate_review_right", self.checker)
        self.assertEqual(set(contract.review_ids.mapped("state")), {"ok"})
        self._tour("realestate_decide", self.lawyer, "/odoo/my-approvals")
        self.assertEqual(contract.state, "approved")
        self.assertEqual(contract.user_approved_id, self.lawyer)


@tagged("post_install", "-at_install")
class TestDecidePhone(HttpCase, ApprovalCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_approvals_are_refused_on_a_phone(self):
        self.units.price_floor = 950000
        reservation = self._create_reservation(confirmed=False, fee=0)
        reservation.price = 900000
        self.first.write({"kind": "floor", "user_ids": [Command.set(self.lawyer.ids)]})
        self.second.active = False
        reservation.with_user(self.agent).action_request_floor("Please")
        reservation.approval_ids._write_facts(name="T1-101")
        self.start_tour(
            "/odoo/my-approvals", "realestate_refuse_on_phone", login=self.lawyer.login
        )
        approval = reservation.approval_ids
        self.assertEqual((approval.state, approval.reason), ("refused", "Too much"))
        self.assertFalse(reservation.is_floor_pending)
