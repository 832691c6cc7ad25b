from datetime import datetime

from odoo.tests import freeze_time, tagged

from .test_papers import PapersCase


@tagged("post_install", "-at_install")
class TestReservationPaper(PapersCase):
    def test_it_names_unit_price_fee_and_plan(self):
        text = self._read(self._create_reservation(fee=20000))
        for part in (
            "Test Developer",
            "Maria Buyer",
            "T1-101",
            "1,000,000.00",
            "20,000.00",
            "Twenty Thousand",
            "20 % down",
            "Down Payment",
        ):
            self.assertIn(part, text)

    def test_it_says_until_when_by_the_seller_s_clock(self):
        self.company.partner_id.tz = "Asia/Manila"
        with freeze_time("2026-03-01 10:00:00"):
            reservation = self._create_reservation(
                confirmed=False, date_expiry=datetime(2026, 3, 15, 20, 30)
            )
        self.assertIn(
            "Mar 16, 2026, 4:30 AM (Asia/Manila)",
            self._get_sheet(reservation)["expiry"].replace("\u202f", " "),
        )

    def test_it_says_whether_the_fee_is_paid(self):
        reservation = self._create_reservation(fee=20000)
        self.assertIn("To be paid by", self._get_sheet(reservation)["fee_status"])
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=reservation.move_id.ids
        ).create({})._create_payments()
        self.assertEqual(
            self._get_sheet(reservation)["fee_status"],
            f"Paid, invoice {reservation.move_id.name}",
        )

    def test_an_agent_prints_without_accounting_rights(self):
        reservation = self._create_reservation(fee=20000)
        self.assertTrue(self._print(reservation, self.agent).startswith(b"%PDF"))

    def test_without_a_fee_there_is_nothing_to_pay(self):
        text = self._read(self._create_reservation(fee=0))
        self.assertIn("No reservation fee is asked for", text)
        self.assertNotIn("is part of the price", text)

    def test_without_a_plan_there_is_no_schedule(self):
        reservation = self.env["realestate.reservation"].create(
            {"unit_id": self.unit.id, "partner_id": self.buyer.id}
        )
        self.assertEqual(self._get_sheet(reservation)["totals"], [])
        self.assertNotIn("How the price would be paid", self._read(reservation))

    def test_milestones_are_named(self):
        plan = self._create_milestone_plan()
        reservation = self.unit.action_reserve(self.buyer, plan, 0)
        dues = [part["first"] for part in self._get_sheet(reservation)["totals"]]
        self.assertIn("30 days after: Topping out", dues)

    def test_papers_that_bind_nobody_say_so(self):
        reservation = self._create_reservation(confirmed=False)
        self.assertEqual(self._get_watermark(reservation), "DRAFT")
        reservation.action_confirm()
        self.assertFalse(self._get_watermark(reservation))
        reservation.action_cancel("Changed their mind")
        self.assertEqual(self._get_watermark(reservation), "CANCELLED")

    def test_it_speaks_the_buyer_s_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.buyer.lang = "zh_CN"
        text = self._read(self._create_reservation(fee=20000)).replace(" ", "")
        self.assertIn("菲律宾比索贰万元整", text)
