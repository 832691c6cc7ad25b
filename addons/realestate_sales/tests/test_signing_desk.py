from datetime import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .signing_common import SigningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestSigningDesk(SigningCommon):
    """The hours of a desk and what is free of them."""

    def test_free_times_leave_out_what_is_booked(self):
        free = self.desk.with_user(self.officer).get_free_slots(
            "2026-03-04", "2026-03-04"
        )
        self.assertEqual(len(free), 7)
        self._create_signing()
        free = self.desk.get_free_slots("2026-03-04", "2026-03-04")
        self.assertEqual(len(free), 6)
        self.assertEqual(
            free[0],
            {
                "start": datetime(2026, 3, 4, 2),
                "stop": datetime(2026, 3, 4, 3),
                "left": 1,
            },
        )
        late = self.desk.get_free_slots(
            "2026-03-04", "2026-03-04", earliest="2026-03-04 06:00:00"
        )
        self.assertEqual(len(late), 3)

    def test_what_was_missed_or_cancelled_is_free_again(self):
        signing = self._create_signing()
        signing.action_cancel("Ill")
        self.assertEqual(len(self.desk.get_free_slots("2026-03-04", "2026-03-04")), 7)

    def test_days_are_asked_for_in_order_and_few(self):
        for first, last in (
            ("2026-03-05", "2026-03-04"),
            ("2026-01-01", "2026-12-31"),
            ("soon", "2026-03-04"),
            (False, False),
            (5, 6),
        ):
            with self.subTest(first=first), self.assertRaises(UserError):
                self.desk.get_free_slots(first, last)
        for moment in ("soon", 5, ["x"], {"a": 1}):
            with self.subTest(moment=moment), self.assertRaises(UserError):
                self.desk.get_free_slots("2026-03-04", "2026-03-04", earliest=moment)

    def test_hours_that_overlap_are_refused(self):
        with self._refused(ValidationError, "overlap"):
            self.desk.hours_ids = [
                Command.create({"weekday": "0", "hour_from": 11, "hour_to": 14})
            ]

    def test_who_sees_a_buyer_s_name_or_not_the_chair_is_taken(self):
        self.project.member_ids = self.supervisor
        self._create_signing()
        free = self.desk.with_user(self.officer).get_free_slots(
            "2026-03-04", "2026-03-04"
        )
        self.assertEqual(len(free), 6)
        with self.assertRaises(AccessError):
            self.desk.with_user(self.plain).get_free_slots("2026-03-04", "2026-03-04")

    def test_a_day_is_that_of_the_desk(self):
        with freeze_time("2026-03-03 17:00:00"):
            self._create_signing()
            self.assertEqual(self.desk.today_count, 1)
        with freeze_time("2026-03-03 15:00:00"):
            self.desk.invalidate_recordset()
            self.assertEqual(self.desk.today_count, 0)

    def test_the_address_is_the_company_s_where_there_is_none(self):
        self.company.partner_id.write({"street": "1 Mabini Street", "city": "Manila"})
        self.assertIn("1 Mabini Street", self.desk._get_address())
        self.desk.address = "Gallery\nGround floor"
        self.assertEqual(self.desk._get_address(), "Gallery, Ground floor")
