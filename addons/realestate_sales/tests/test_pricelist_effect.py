from datetime import date, datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .pricing_common import BASE, PricingCommon


@tagged("post_install", "-at_install")
class TestPricelistEffect(PricingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()

    def _create_version(self, value, days=0, approve=True):
        """A version of ``value`` per m² effective in ``days``."""
        pricelist = self._create_pricelist(
            [{**BASE, "value": value}],
            date_effective=self.today + timedelta(days=days),
        )
        pricelist.action_compute()
        if approve:
            pricelist.action_approve()
        return pricelist

    def _run_cron(self, days=0):
        with self.enter_registry_test_mode():
            with freeze_time(fields.Datetime.now() + timedelta(days=days)):
                self.env.ref(
                    "realestate_sales.ir_cron_effective_pricelists"
                ).method_direct_trigger()
        self.env.invalidate_all()

    def test_approved_version_waits_for_its_date(self):
        pricelist = self._create_version(30000, days=3)
        self.assertEqual(pricelist.state, "approved")
        self.assertEqual(self.unit.price_list, 1000000)
        self._run_cron(days=1)
        self.assertEqual(pricelist.state, "approved")
        self._run_cron(days=3)
        self.assertEqual(pricelist.state, "effective")
        self.assertEqual(self.unit.price_list, 1500000)

    def test_after_an_outage_the_last_version_counts(self):
        current = self._create_version(25000)
        later = self._create_version(40000, days=5)
        sooner = self._create_version(30000, days=2)
        self._run_cron(days=20)
        states = [version.state for version in (current, sooner, later)]
        self.assertEqual(states, ["superseded", "superseded", "effective"])
        self.assertEqual(set(self.units.mapped("price_list")), {2000000})

    def test_running_again_changes_nothing(self):
        pricelist = self._create_version(30000)
        history = self.units.price_history_ids
        messages = pricelist.message_ids
        self._run_cron()
        self._run_cron()
        self.assertEqual(self.units.price_history_ids, history)
        self.assertEqual(pricelist.message_ids, messages)

    def test_approval_after_an_outage_keeps_the_order_of_the_dates(self):
        waiting = self._create_version(30000, days=2)
        with freeze_time(datetime.now() + timedelta(days=9)):
            newer = self._create_version(40000, days=9)
        self.assertEqual(waiting.state, "superseded")
        self.assertEqual(newer.state, "effective")
        self.assertEqual(self.unit.price_list, 2000000)

    def test_version_is_not_effective_before_the_one_that_is(self):
        self._create_version(30000)
        with self.assertRaisesRegex(UserError, "Give it a later date"):
            self._create_version(40000, days=-1)

    def test_approval_is_taken_back_before_the_date(self):
        pricelist = self._create_version(30000, days=3)
        with self.assertRaises(AccessError):
            pricelist.with_user(self.supervisor).action_draft()
        pricelist.with_user(self.manager).action_draft()
        self.assertEqual(pricelist.state, "draft")
        self.assertFalse(pricelist.user_approved_id)
        self._run_cron(days=5)
        self.assertEqual(self.unit.price_list, 1000000)

    def test_effective_version_is_not_taken_back(self):
        pricelist = self._create_version(30000)
        with self.assertRaisesRegex(UserError, "only from Approved"):
            pricelist.action_draft()

    def test_the_day_begins_by_the_clock_of_the_office(self):
        self.company.partner_id.tz = "Asia/Manila"
        with freeze_time("2030-01-01 15:00:00"):
            pricelist = self._create_pricelist(date_effective=date(2030, 1, 2))
            pricelist.action_compute()
            pricelist.action_approve()
        self.assertEqual(pricelist.state, "approved")
        with freeze_time("2030-01-01 16:30:00"):
            pricelist._make_effective()
        self.assertEqual(pricelist.state, "effective")

    def test_claimed_units_keep_their_price_and_the_list_says_why(self):
        pricelist = self._create_version(30000, approve=False)
        self.units[0].action_hold()
        self._create_reservation(self.units[1])
        self._create_contract(self.units[2])
        self.units[3].action_archive()
        pricelist.action_approve()
        self.assertEqual(self.units.mapped("price_list"), [1000000] * 4 + [1500000])
        reasons = {line.unit_id: line.skip_reason for line in pricelist.line_ids}
        self.assertEqual(
            [reasons[unit] for unit in self.units],
            ["hold", "reservation", "contract", "archived", False],
        )
        self.assertEqual(pricelist.skipped_count, 4)
        body = pricelist.message_ids[0].body
        self.assertIn("1 units priced. 4 left at the price they had (", body)
        for reason in ("Hold: 1", "Reservation: 1", "Contract: 1", "Archived: 1"):
            self.assertIn(reason, body)

    def test_claimed_unit_that_has_the_price_already_is_not_left(self):
        pricelist = self._create_version(20000, approve=False)
        pricelist.line_ids.price_floor = 0
        self.units[0].action_hold()
        pricelist.action_approve()
        self.assertEqual(pricelist.skipped_count, 0)

    def test_expired_hold_does_not_keep_the_price(self):
        pricelist = self._create_version(30000, approve=False)
        self.units[0].action_hold()
        with freeze_time(datetime.now() + timedelta(days=30)):
            pricelist.action_approve()
        self.assertEqual(self.units[0].price_list, 1500000)

    def test_unit_left_is_priced_once_it_is_free(self):
        pricelist = self._create_version(30000, approve=False)
        self.units[0].action_hold()
        self.units[1].action_hold()
        pricelist.action_approve()
        self.units[0].action_release()
        self.units[2].price_list = 1700000
        self._run_cron()
        self.assertEqual(
            self.units[:3].mapped("price_list"), [1500000, 1000000, 1700000]
        )
        self.assertEqual(pricelist.skipped_count, 1)
        self.units[1].action_release()
        with self.assertRaises(AccessError):
            pricelist.with_user(self.supervisor).action_apply_left()
        pricelist.with_user(self.manager).action_apply_left()
        self.assertEqual(self.units[1].price_list, 1500000)
        self.assertEqual(pricelist.skipped_count, 0)

    def test_price_set_by_hand_on_a_claimed_again_unit_is_not_called_left(self):
        pricelist = self._create_version(30000, approve=False)
        self.units[1].action_hold()
        pricelist.action_approve()
        self.units[0].price_list = 1700000
        self.units[0].action_hold()
        pricelist.action_apply_left()
        self.assertEqual(pricelist.skipped_count, 1)

    def test_history_tells_each_price_of_a_unit(self):
        first = self._create_version(30000)
        self.unit.with_user(self.supervisor).price_list = 1600000
        second = self._create_version(20000, days=0)
        entries = self.unit.price_history_ids.sorted("id")
        self.assertEqual(
            [(e.pricelist_id, e.price_before, e.price_list) for e in entries],
            [
                (first.browse(), 0, 1000000),
                (first, 1000000, 1500000),
                (first.browse(), 1500000, 1600000),
                (second, 1600000, 1000000),
            ],
        )
        self.assertEqual(entries[2].user_id, self.supervisor)
        self.assertEqual(entries[1].change_percent, 50)
        self.assertEqual(entries[0].change_percent, 0)

    def test_writing_the_same_price_is_no_news(self):
        self.unit.price_list = 1000000
        self.assertEqual(len(self.unit.price_history_ids), 1)

    def test_nobody_writes_the_history(self):
        entry = self.unit.price_history_ids
        history = entry.with_user(self.manager)
        with self.assertRaises(AccessError):
            history.write({"price_list": 1})
        with self.assertRaises(AccessError):
            history.unlink()
        with self.assertRaises(AccessError):
            history.create({"unit_id": self.unit.id, "date": fields.Datetime.now()})

    def test_reason_of_a_left_unit_is_not_written_by_hand(self):
        pricelist = self._create_version(30000, approve=False)
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            pricelist.line_ids[0].skip_reason = "hold"

    def test_another_company_sees_neither_rules_nor_history(self):
        pricelist = self._create_version(30000)
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        for records in (pricelist.rule_ids, self.unit.price_history_ids):
            as_foreign = records.with_user(foreign).with_context(
                allowed_company_ids=other.ids
            )
            self.assertTrue(records)
            self.assertFalse(as_foreign.search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                as_foreign.read(["display_name"])
        with self.assertRaises(AccessError):
            pricelist.with_user(foreign).action_compute()
