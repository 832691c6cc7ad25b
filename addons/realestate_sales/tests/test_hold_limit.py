from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestHoldLimit(RealestateSalesCommon):
    """How many units one may hold, and how long."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.limits = cls.env["realestate.hold.limit"]
        cls.limit = cls._limit(role="agent", hold_count=2, hold_hours=24)

    @classmethod
    def _limit(cls, **values):
        return cls.limits.create({"company_id": cls.company.id, **values})

    def _hold(self, number, user=None, until=None):
        self.units[number].with_user(user or self.agent).action_hold(until)

    def test_the_limit_of_units_is_kept(self):
        self._hold(0)
        self._hold(1)
        with self.assertRaisesRegex(UserError, "you hold 2 units and may hold 2"):
            self._hold(2)
        self.units[0].with_user(self.agent).action_release()
        self._hold(2)

    def test_several_at_once_count_too(self):
        with self.assertRaisesRegex(UserError, "may hold 2"), self.env.cr.savepoint():
            self.units[:3].with_user(self.agent).action_hold()
        self.units.invalidate_recordset()
        self.assertEqual(set(self.units.mapped("state")), {"available"})

    def test_holds_that_ran_out_do_not_count(self):
        self._hold(0, until="2026-03-02 09:00:00")
        self._hold(1)
        with freeze_time("2026-03-02 09:00:00"):
            self._hold(2)
        self.assertEqual(self.units[2].live_claim_id.user_id, self.agent)

    def test_the_limit_of_hours_is_kept(self):
        with self.assertRaisesRegex(UserError, "for 24 hours at most"):
            self._hold(0, until="2026-03-03 08:00:01")
        self._hold(0, until="2026-03-03 08:00:00")

    def test_the_company_s_duration_is_cut_to_the_limit(self):
        self.company.realestate_hold_hours = 100
        self._hold(0)
        left = self.units[0].live_claim_id.expires_at - fields.Datetime.now()
        self.assertEqual(left.total_seconds(), 24 * 3600)

    def test_the_highest_role_counts_and_a_person_before_it(self):
        self._hold(0, self.officer, "2026-03-20 08:00:00")
        self._limit(role="officer", hold_count=1, hold_hours=0)
        with self.assertRaisesRegex(UserError, "may hold 1"):
            self._hold(1, self.officer)
        self._limit(user_id=self.officer.id, hold_count=0, hold_hours=0)
        self._hold(1, self.officer)

    def test_one_limit_for_each_role_and_person(self):
        for values in (
            {"role": "agent"},
            {"role": "officer", "user_id": self.agent.id},
            {"role": False},
            {"role": "manager", "hold_count": -1},
        ):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._limit(**values)

    def test_managers_set_limits_and_agents_do_not(self):
        self.limit.with_user(self.manager).hold_count = 5
        with self.assertRaises(AccessError):
            self.limit.with_user(self.agent).hold_count = 9
        with self.assertRaises(AccessError):
            self.limit.with_user(self.officer).read(["hold_count"])

    def test_an_offer_of_the_waiting_list_does_not_count(self):
        self._hold(0)
        self._hold(1)
        self.units[2].with_user(self.officer).action_hold()
        self.units[2].with_user(self.agent).action_join_queue()
        self.units[2].with_user(self.officer).action_release()
        self.assertEqual(self.units[2].live_claim_id.user_id, self.agent)
