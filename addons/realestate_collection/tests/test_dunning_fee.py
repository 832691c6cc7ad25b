from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningFee(DunningCommon):
    """A level may cost a fee: once for each notice that was delivered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fee = cls._create_fee_type()
        cls.level = cls.ladder.level_ids.filtered(lambda one: one.days == 5)
        cls.level.fee_type_id = cls.fee

    @classmethod
    def _create_fee_type(cls, **values):
        return cls.env["realestate.fee.type"].create(
            {
                "name": "Dunning fee",
                "code": "DUN",
                "company_id": cls.company.id,
                "ownership": "own",
                "formula": "fixed",
                "rate": 500,
                "currency_id": cls.currency.id,
                "is_automatic": False,
                **values,
            }
        )

    def test_a_delivered_notice_is_charged_once(self):
        notice = self._create_notice()
        contract = notice.contract_id
        self.assertFalse(contract.fee_ids, "not before it is delivered")
        self._send()
        charged = notice.fee_ids
        self.assertEqual((charged.amount, charged.move_id.state), (500, "posted"))
        self.assertEqual(contract.amount_receivable, 200500)
        self.assertBooksAgree(contract)
        notice._follow_deliveries()
        notice._charge_fee()
        self.assertEqual(len(contract.fee_ids), 1)

    def test_each_notice_has_its_own_fee(self):
        self.level.repeat_days = 3
        notice = self._create_notice()
        self._send()
        with freeze_time("2026-03-13 04:00:00"):
            second = self._run().notice_ids
            self._send()
        self.assertEqual(second.level_id, notice.level_id)
        self.assertEqual(sum(notice.contract_id.fee_ids.mapped("amount")), 1000)
        self.assertBooksAgree(notice.contract_id)

    def test_what_came_back_costs_nothing(self):
        notice = self._create_notice()
        self._send()
        contract = notice.contract_id
        contract._message_receive_bounce("maria@example.com", self.buyer)
        self.assertTrue(notice.fee_ids.is_void)
        self.assertEqual(contract.amount_receivable, 200000)
        self.assertBooksAgree(contract)

    def test_what_was_called_off_costs_nothing(self):
        notice = self._create_notice()
        self._pay(notice.contract_id, 200000)
        self._send()
        self.assertFalse(notice.contract_id.fee_ids)

    def test_the_letter_says_what_it_costs(self):
        notice = self._create_notice()
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "realestate_collection.report_dunning_letter", notice.ids
        )
        self.assertIn("costs a fee of", html.decode())
        self.assertIn("500.00", html.decode())

    def test_a_fee_that_cannot_be_charged_is_told_and_stops_no_notice(self):
        notice = self._create_notice()
        fees = type(self.env["realestate.contract.fee"])
        with patch.object(fees, "_create_entry", side_effect=UserError("No journal.")):
            self.assertEqual(len(self._send()), 1)
        self.assertEqual(notice.state, "sent")
        self.assertIn("No journal.", notice.contract_id.activity_ids.note)

    def test_money_held_for_others_is_no_fee_of_a_notice(self):
        held = self._create_fee_type(code="HELD", ownership="behalf")
        with self.assertSays(UserError, "no fee for notices"):
            self.level.fee_type_id = held

    def test_nobody_ties_a_fee_to_a_notice_by_hand(self):
        notice = self._create_notice()
        values = {
            "contract_id": notice.contract_id.id,
            "type_id": self.fee.id,
            "notice_id": notice.id,
        }
        fees = self.env["realestate.contract.fee"].with_user(self.officer)
        with self.assertRaises(UserError):
            fees.create(values)
        self._send()
        with self.assertRaises(UserError):
            notice.fee_ids.with_user(self.officer).write({"notice_id": False})
