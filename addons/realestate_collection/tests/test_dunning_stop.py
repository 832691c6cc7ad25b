from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningStop(DunningCommon):
    """Officers stop the dunning of a buyer with a reason, and let it go on."""

    def setUp(self):
        super().setUp()
        self.contract = self._create_billed()
        self.theirs = self.contract.with_user(self.collector)

    def _open(self, operation, contracts=None):
        context = {
            "active_model": "realestate.contract",
            "active_ids": (contracts or self.contract).ids,
            "default_operation": operation,
        }
        wizards = self.env["realestate.dunning.hold.change"].with_user(self.collector)
        return Form(wizards.with_context(**context))

    def test_who_is_stopped_is_sent_nothing_until_it_is_resumed(self):
        self.theirs.stop_dunning("The buyer is in hospital")
        decision = self._decision(self._run(), self.contract)
        self.assertEqual(decision.reason_code, "held")
        self.assertIn("in hospital", decision.reason)
        self.assertEqual(self.theirs.resume_dunning("Out of hospital"), 1)
        self.assertTrue(self._run().notice_ids)
        hold = self.contract.dunning_hold_ids
        self.assertEqual(hold.reason_ended, "Out of hospital")
        self.assertEqual(hold.user_ended_id, self.collector)

    def test_stopping_again_changes_the_stop(self):
        first = self.theirs.stop_dunning("Hospital")
        again = self.theirs.stop_dunning("Still there", "2026-04-01", False)
        self.assertEqual(first, again)
        hold = self.contract.dunning_hold_ids
        self.assertEqual((hold.reason, hold.date_to), ("Still there", date(2026, 4, 1)))
        self.assertFalse(hold.with_reminders)

    def test_stopping_and_resuming_stand_in_the_contract_s_history(self):
        self.theirs.stop_dunning("Hospital", "2026-04-01")
        self.theirs.resume_dunning("Back")
        bodies = " ".join(self.contract.message_ids[:2].mapped("body"))
        for text in ("until 04/01/2026", "Hospital", "Dunning resumed", "Back"):
            self.assertIn(text, bodies)
        authors = self.contract.message_ids[:2].author_id
        self.assertEqual(authors, self.collector.partner_id)

    def test_a_promise_stays_when_dunning_is_resumed(self):
        self.contract._hold_dunning("promise", "Friday")
        self.assertEqual(self.theirs.resume_dunning(), 0)
        self.assertTrue(self.theirs.is_dunning_held)

    def test_a_stop_needs_a_reason_and_an_end_to_come(self):
        with self.assertSays(UserError, "Say why"):
            self.theirs.stop_dunning("")
        with self.assertSays(UserError, "2026-03-09, is over"):
            self.theirs.stop_dunning("Hospital", "2026-03-09")
        with self.assertSays(UserError, "is no date"):
            self.theirs.stop_dunning("Hospital", "soon")
        self.theirs.stop_dunning("Hospital", "2026-03-10")

    def test_only_collection_officers_stop_and_resume(self):
        self.contract.stop_dunning("Hospital")
        for user in (self.plain, self.agent, self.manager, self.accountant):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.contract.with_user(user).stop_dunning("Mine")
                with self.assertRaises(AccessError):
                    self.contract.with_user(user).resume_dunning()
        self.assertEqual(self.contract.dunning_hold_ids.reason, "Hospital")

    def test_many_contracts_are_stopped_and_resumed_at_once(self):
        other = self._create_billed(self.units[1])
        both = self.contract | other
        with self._open("stop", both) as form:
            form.reason = "Flood in the district"
            form.date_to = "2026-03-31"
        form.record.action_apply()
        self.assertEqual(both.dunning_hold_ids.mapped("is_live"), [True, True])
        self.assertFalse(self._run().notice_ids)
        form = self._open("resume", both | self._create_active(self.units[2]))
        self.assertEqual(form.stopped_count, 2)
        form.save().action_apply()
        self.assertEqual(len(self._run().notice_ids), 2)

    def test_the_form_of_the_contract_says_why(self):
        self.theirs.stop_dunning("Hospital")
        form = Form(self.theirs)
        self.assertIn("Hospital", form.dunning_held_text)
