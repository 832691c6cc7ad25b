from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningBlock(DunningCommon):
    """A level may stop what else the buyer does here; money lifts it."""

    def setUp(self):
        super().setUp()
        self.level = self.levels[5]

    def _dun(self, **values):
        self.level.write(values)
        notice = self._create_notice()
        self._send()
        self.assertEqual(notice.state, "sent")
        return notice

    def _reserve(self, partner=None):
        return self.units[1].action_reserve(partner or self.buyer, self.plan, 0)

    def test_a_buyer_in_arrears_reserves_nothing_more(self):
        notice = self._dun(block_reservation=True)
        with self.assertSays(UserError, "is overdue"):
            self._reserve()
        stranger = self._create_partner(name="Stranger")
        self.assertTrue(self._reserve(stranger))
        with self.assertSays(UserError, notice.contract_id.name):
            self.units[1].live_claim_id.origin.partner_id = self.buyer

    def test_money_lifts_the_block(self):
        notice = self._dun(block_reservation=True)
        self._pay(notice.contract_id, 200000)
        self.assertTrue(self._reserve())

    def test_a_notice_about_older_arrears_stops_nothing(self):
        notice = self._dun(block_reservation=True)
        self._pay(notice.contract_id, 200000)
        with freeze_time("2026-04-07 04:00:00"):
            self.installments.bill_due()
            self.assertTrue(notice.contract_id.amount_overdue)
            self.assertTrue(self._reserve())

    def test_a_level_without_blocks_stops_nothing(self):
        self._dun()
        self.assertTrue(self._reserve())

    def test_a_block_binds_as_soon_as_the_level_says_so(self):
        self._dun()
        self._reserve()
        self.level.block_reservation = True
        with self.assertSays(UserError, "is overdue"):
            self.units[2].action_reserve(self.buyer, self.plan, 0)
        self.level.block_reservation = False
        self.assertTrue(self.units[2].action_reserve(self.buyer, self.plan, 0))

    def test_a_notice_that_came_back_stops_nothing(self):
        notice = self._dun(block_reservation=True)
        notice.contract_id._message_receive_bounce("maria@example.com", self.buyer)
        self.assertTrue(self._reserve())

    def test_the_buyer_s_other_contract_takes_no_further_step(self):
        other = self._create_contract(self.units[1], state="approved")
        notice = self._dun(block_steps=True)
        with self.assertSays(UserError, "It goes on once the arrears are paid"):
            other.action_sign()
        self._pay(notice.contract_id, 200000)
        other.action_sign()
        self.assertEqual(other.state, "signed")

    def test_a_new_contract_of_a_buyer_in_arrears_is_not_submitted(self):
        other = self._create_contract(self.units[1])
        self._dun(block_reservation=True)
        problems = " ".join(other._get_problems())
        self.assertIn("is overdue", problems)
