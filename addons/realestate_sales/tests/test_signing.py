from datetime import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .signing_common import SigningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestSigning(SigningCommon):
    """An appointment from planned to signed, missed or cancelled."""

    # === MADE === #

    def test_the_officer_makes_it_from_the_contract(self):
        action = self.contract.with_user(self.officer).action_open_signing()
        form = Form(
            self.env["realestate.signing"]
            .with_user(self.officer)
            .with_context(**action["context"])
        )
        form.date_start = datetime(2026, 3, 4, 1)
        signing = form.save()
        self.assertRecordValues(
            signing,
            [
                {
                    "state": "planned",
                    "contract_id": self.contract.id,
                    "partner_id": self.buyer.id,
                    "project_id": self.project.id,
                    "desk_id": self.desk.id,
                    "user_id": self.officer.id,
                    "date_stop": datetime(2026, 3, 4, 2),
                    "unit_names": "T1-101",
                }
            ],
        )
        self.assertEqual(self.contract.signing_id, signing)
        self.assertEqual(self.contract.date_signing, datetime(2026, 3, 4, 1))

    def test_one_contract_may_be_named_alone(self):
        signing = self.env["realestate.signing"].create(
            {
                "contract_id": self.contract.id,
                "desk_id": self.desk.id,
                "date_start": "2026-03-04 01:00:00",
            }
        )
        self.assertEqual(signing.contract_ids, self.contract)

    def test_several_contracts_of_a_buyer_are_signed_together(self):
        second = self._create_contract(self.units[1], state="approved")
        signing = self._create_signing(self.contract | second)
        self.assertEqual(signing.unit_names, "T1-101, T1-102")
        for contract in self.contract | second:
            self.assertEqual(contract.signing_id, signing)

    def test_contracts_of_different_buyers_are_not(self):
        other = self._create_partner(name="Other")
        second = self._create_contract(
            self.units[1], state="approved", partner_id=other.id
        )
        with self._refused(ValidationError, "different main buyers"):
            self._create_signing(self.contract | second)
        with self._refused(ValidationError, "choose one"):
            self._create_signing(contract_ids=[Command.clear()])

    def test_a_contract_has_one_appointment_that_stands(self):
        signing = self._create_signing()
        with self._refused(ValidationError, "2026-03-04 09:00 already"):
            self._create_signing(start="2026-03-05 01:00:00")
        signing.action_cancel("Ill")
        again = self._create_signing(start="2026-03-05 01:00:00")
        self.assertEqual(self.contract.signing_id, again)

    def test_a_cancelled_contract_gets_no_appointment(self):
        self.contract.action_cancel("The loan was refused")
        with self._refused(UserError, "nobody signs it"):
            self._create_signing()

    def test_a_desk_signs_its_own_projects(self):
        other = self._create_project(name="West", code="WEST")
        self.desk.project_ids = other
        with self._refused(ValidationError, "not signed at desk Main Desk"):
            self._create_signing()
        self.desk.project_ids = other | self.project
        self.assertTrue(self._create_signing())

    def test_a_closed_desk_takes_nobody(self):
        for start in (
            "2026-03-04 00:30:00",  # before 09:00
            "2026-03-04 03:30:00",  # into the pause
            "2026-03-04 04:00:00",  # the pause
            "2026-03-07 01:00:00",  # Saturday
        ):
            with self.subTest(start=start), self._refused(UserError, "closed"):
                self._create_signing(start=start)
        self.desk.closed_ids = [
            Command.create(
                {"date_from": "2026-03-04", "date_to": "2026-03-04", "reason": "Feast"}
            )
        ]
        with self._refused(UserError, "Main Desk is closed"):
            self._create_signing()

    def test_a_full_desk_takes_nobody(self):
        self._create_signing()
        second = self._create_contract(self.units[1], state="approved")
        for start in ("2026-03-04 01:00:00", "2026-03-04 01:59:00"):
            with (
                self.subTest(start=start),
                self._refused(UserError, "fully booked"),
            ):
                self._create_signing(second, start=start)
        self.assertTrue(self._create_signing(second, start="2026-03-04 02:00:00"))
        self.desk.capacity = 2
        third = self._create_contract(self.units[2], state="approved")
        self.assertTrue(self._create_signing(third, start="2026-03-04 01:30:00"))

    # === MOVED === #

    def test_a_move_keeps_where_it_was(self):
        signing = self._create_signing()
        signing.action_confirm()
        signing.with_user(self.officer).action_reschedule(
            "2026-03-05 05:00:00", "The buyer travels"
        )
        self.assertRecordValues(
            signing,
            [
                {
                    "state": "planned",
                    "date_start": datetime(2026, 3, 5, 5),
                    "date_stop": datetime(2026, 3, 5, 6),
                    "date_confirmed": False,
                    "move_count": 1,
                }
            ],
        )
        self.assertRecordValues(
            signing.move_ids,
            [
                {
                    "date_before": datetime(2026, 3, 4, 1),
                    "date_after": datetime(2026, 3, 5, 5),
                    "state_before": "confirmed",
                    "reason": "The buyer travels",
                    "user_id": self.officer.id,
                    "by_buyer": False,
                }
            ],
        )

    def test_dragging_in_the_calendar_is_a_move(self):
        signing = self._create_signing()
        signing.with_user(self.officer).write(
            {"date_start": "2026-03-04 05:00:00", "date_stop": "2026-03-04 06:30:00"}
        )
        self.assertEqual(signing.move_count, 1)
        self.assertEqual(signing.date_stop, datetime(2026, 3, 4, 6, 30))
        with self._refused(UserError, "closed"):
            signing.write({"date_start": "2026-03-08 05:00:00"})

    def test_making_it_longer_is_no_move_but_needs_the_room(self):
        signing = self._create_signing()
        second = self._create_contract(self.units[1], state="approved")
        self._create_signing(second, start="2026-03-04 02:30:00")
        signing.write({"date_stop": "2026-03-04 02:30:00"})
        self.assertEqual(signing.move_count, 0)
        with self._refused(UserError, "fully booked"):
            signing.write({"date_stop": "2026-03-04 02:31:00"})

    def test_its_own_chair_is_free_for_it(self):
        signing = self._create_signing()
        signing.action_reschedule("2026-03-04 01:30:00", "Half an hour later")
        self.assertEqual(signing.date_start, datetime(2026, 3, 4, 1, 30))

    def test_a_move_needs_a_reason_and_a_time(self):
        signing = self._create_signing()
        for reason in ("", " ", None, 5, ["x"]):
            with (
                self.subTest(reason=reason),
                self._refused(UserError, "Say why"),
            ):
                signing.action_reschedule("2026-03-05 01:00:00", reason)
        for desk in ("x", ["x"], {"a": 1}, -1, True, 999999999, 1.5):
            with self.subTest(desk=desk), self._refused(UserError, "no signing desk"):
                signing.action_reschedule("2026-03-05 01:00:00", "Nearer", desk)
        for moment in ("soon", False, 5, {}, ["x"]):
            with self.subTest(moment=moment), self.assertRaises(UserError):
                signing.action_reschedule(moment, "x")

    def test_the_wizard_proposes_the_next_free_time(self):
        signing = self._create_signing()
        wizard = Form(
            self.env["realestate.signing.reschedule"].with_context(
                default_signing_id=signing.id
            )
        )
        # 16:00 in Manila: the last slot of the day.
        self.assertEqual(wizard.date_start, datetime(2026, 3, 2, 8))
        self.assertIn("2026-03-03 09:00", wizard.free_text)
        wizard.reason = "Sooner"
        wizard.save().action_reschedule()
        self.assertEqual(signing.date_start, datetime(2026, 3, 2, 8))

    # === OVER === #

    def test_signing_at_the_desk_signs_the_contracts_of_the_day(self):
        second = self._create_contract(self.units[1], state="approved")
        signing = self._create_signing(self.contract | second)
        with self._refused(UserError, "when it has happened"):
            signing.action_done()
        with freeze_time("2026-03-05 08:00:00"):
            signing.with_user(self.officer).action_done()
        self.assertEqual(signing.state, "done")
        for contract in self.contract | second:
            self.assertEqual(contract.state, "signed")
            self.assertEqual(str(contract.date_signed), "2026-03-04")
        signing.action_done()

    def test_what_is_missing_keeps_the_contracts_from_being_signed(self):
        signing = self._create_signing()
        self.patch(
            type(self.contract),
            "_get_step_problems",
            lambda self, step: ["no passport"],
        )
        with (
            freeze_time("2026-03-04 02:00:00"),
            self._refused(UserError, "no passport"),
        ):
            signing.action_done()
        self.assertEqual(signing.state, "planned")

    def test_a_contract_signed_elsewhere_closes_its_appointment(self):
        second = self._create_contract(self.units[1], state="approved")
        signing = self._create_signing(self.contract | second)
        self.contract.action_sign()
        self.assertEqual(signing.state, "planned")
        second.action_sign()
        self.assertEqual(signing.state, "done")

    def test_a_cancelled_contract_frees_its_chair(self):
        signing = self._create_signing()
        self.contract.action_cancel("The loan was refused")
        self.assertEqual(signing.state, "cancelled")
        second = self._create_contract(self.units[1], state="approved")
        self.assertTrue(self._create_signing(second))

    def test_nobody_came(self):
        signing = self._create_signing()
        with self._refused(UserError, "still to come"):
            signing.action_no_show()
        with freeze_time("2026-03-04 02:00:00"):
            signing.with_user(self.officer).action_no_show()
            self.assertEqual(signing.state, "no_show")
            self.assertEqual(signing.no_show_count, 1)
            self.assertEqual(signing.activity_ids.user_id, self.officer)
            signing.action_reschedule("2026-03-05 01:00:00", "Called, comes tomorrow")
        self.assertEqual(signing.state, "planned")
        self.assertEqual(signing.move_ids.state_before, "no_show")
        self.assertFalse(signing.activity_ids)

    def test_the_job_marks_what_nobody_closed(self):
        signing = self._create_signing()
        cron = self.env.ref("realestate_sales.ir_cron_signing_no_show")
        with freeze_time("2026-03-05 01:59:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(signing.state, "planned")
        with freeze_time("2026-03-05 02:01:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(signing.state, "no_show")
        self.contract.action_sign()
        self.assertEqual(signing.state, "done")

    def test_what_is_over_does_not_move(self):
        signing = self._create_signing()
        with self._refused(UserError, "Say why"):
            signing.action_cancel()
        signing.action_cancel("Ill")
        self.assertEqual(signing.cancel_reason, "Ill")
        with self._refused(UserError, "make another one"):
            signing.action_reschedule("2026-03-05 01:00:00", "Better")
        with self._refused(UserError, "contracts stay"):
            signing.contract_ids = self._create_contract(
                self.units[1], state="approved"
            )
        with self._refused(UserError, "its history stays"):
            signing.unlink()

    # === RIGHTS === #

    def test_nobody_forges_an_appointment(self):
        signing = self._create_signing()
        for vals in (
            {"state": "done"},
            {"state": "done", "date_start": "2026-03-05 01:00:00"},
            {"date_confirmed": "2026-03-01 00:00:00"},
            {"date_invited": "2026-03-01 00:00:00", "desk_id": self.desk.id},
            {"no_show_count": 0},
            {"contract_id": self.contract.id},
            {"company_id": self.company.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                signing.with_user(self.manager).with_context(install_mode=True).write(
                    vals
                )
        for user in (self.plain, self.agent, self.lawyer):
            for action in ("action_confirm", "action_done", "action_no_show"):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    getattr(signing.with_user(user), action)()
            with self.assertRaises(AccessError):
                signing.with_user(user).action_reschedule("2026-03-05 01:00:00", "x")
            with self.assertRaises(AccessError):
                signing.with_user(user).action_cancel("x")
        self.assertEqual(signing.state, "planned")

    def test_agents_see_their_buyers_and_the_desk_its_projects(self):
        signing = self._create_signing()

        def seen(user):
            return bool(signing.with_user(user).search([("id", "=", signing.id)]))

        self.assertFalse(seen(self.agent))
        self.contract.user_id = self.agent
        self.assertTrue(seen(self.agent))
        self.assertTrue(seen(self.officer))
        self.assertTrue(seen(self.leader))
        self.project.member_ids = self.supervisor
        # Who receives the buyers sees them.
        self.assertTrue(seen(self.officer))
        signing.user_id = self.supervisor
        self.assertFalse(seen(self.officer))
        self.assertTrue(seen(self.supervisor))

    def test_two_companies_never_share_a_desk(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_desk(name="Foreign Desk", company_id=other.id)
        with self.assertRaises(UserError):
            self._create_signing(desk_id=foreign.id)
        signing = self._create_signing()
        stranger = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        for records in (signing, self.desk, self.desk.hours_ids):
            as_foreign = records.with_user(stranger).with_context(
                allowed_company_ids=other.ids
            )
            with self.subTest(model=records._name):
                self.assertFalse(as_foreign.search([("id", "in", records.ids)]))
