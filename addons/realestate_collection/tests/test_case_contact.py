import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .case_common import CaseCommon
from .common import TODAY

PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 30).decode()


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCaseContact(CaseCommon):
    """A contact is one call: what was said, what comes next."""

    def _log(self, *args, user=None, **kwargs):
        contract = self.contract.with_user(user or self.collector)
        event = contract.log_contact(*args, **kwargs)
        return self.env["realestate.collection.event"].browse(event)

    def test_call_is_taken_down_and_moves_the_case(self):
        case = self._open()
        event = self._log("call", "call_back", "Is in a meeting", "call", "2026-03-11")
        self.assertEqual(event.case_id, case)
        self.assertEqual((event.kind, event.outcome), ("call", "call_back"))
        self.assertEqual((event.note, event.direction), ("Is in a meeting", "out"))
        self.assertEqual(event.user_id, self.collector)
        self.assertEqual(event.partner_id, self.buyer)
        self.assertEqual(str(case.date_next), "2026-03-11")
        self.assertEqual(case.next_action, "call")
        self.assertEqual(case.date_last_contact, event.date)
        self.assertEqual(case.stage, "working")

    def test_contract_without_a_case_can_be_called_too(self):
        self._pay(self.contract, 200000)
        event = self._log("call", "reached", "All is well")
        self.assertFalse(event.case_id)
        self.assertEqual(self.contract.event_ids, event)

    def test_next_step_is_not_in_the_past(self):
        with self.assertSays(UserError, "past"):
            self._log("call", "reached", date_next="2026-03-09")

    def test_what_cannot_be_understood_is_refused_by_name(self):
        for values, text in (
            ({"kind": "telepathy"}, "telepathy"),
            ({"kind": None}, "Kind"),
            ({"kind": "call", "outcome": "happy"}, "happy"),
            ({"kind": "call", "next_action": "run"}, "run"),
            ({"kind": "call", "date_next": "soon"}, "soon"),
            ({"kind": "call", "promise_amount": "lots"}, "lots"),
            ({"kind": "call", "colour": "red"}, "colour"),
        ):
            with self.subTest(values=values), self.assertSays(UserError, text):
                self._log(**{"outcome": None, **values})
        self.assertFalse(self.contract.event_ids)

    def test_position_is_on_this_earth(self):
        for place in ({"latitude": 91}, {"longitude": -181}, {"latitude": "north"}):
            with self.subTest(place=place), self.assertRaises(ValidationError):
                self._log("visit", "reached", **place)

    def test_visit_keeps_place_and_photos(self):
        event = self._log(
            "visit",
            "no_answer",
            place="12 Mabini Street",
            latitude=14.5995,
            longitude=120.9842,
            photos=[("door.png", PIXEL)],
        )
        self.assertEqual(event.place, "12 Mabini Street")
        self.assertEqual((event.latitude, event.longitude), (14.5995, 120.9842))
        self.assertEqual(event.attachment_ids.name, "door.png")
        self.assertEqual(event.attachment_ids.mimetype, "image/png")

    def test_photo_is_looked_into(self):
        html = base64.b64encode(b"<script>alert(1)</script>").decode()
        for photo, text in (
            (("door.png", html), "no picture"),
            (("door.png", ""), "empty"),
        ):
            with self.subTest(text=text), self.assertSays(UserError, text):
                self._log("visit", "reached", photos=[photo])
        for photos in ("abc", [("one",)], [("door.png", "%%%")]):
            with self.subTest(photos=photos), self.assertRaises(ValidationError):
                self._log("visit", "reached", photos=photos)
        self.assertFalse(self.contract.event_ids)

    def test_photos_are_as_secret_as_the_visit(self):
        self._create_team(member_ids=[Command.set(self.collector.ids)])
        self._open()
        event = self._log("visit", "reached", photos=[("door.png", PIXEL)])
        photo = event.attachment_ids
        self.assertTrue(photo.with_user(self.collector).has_access("read"))
        for user in (self.plain, self.agent, self.colleague):
            with self.subTest(user=user.login):
                self.assertFalse(photo.with_user(user).has_access("read"))

    def test_only_collection_officers_log(self):
        for user in (self.plain, self.agent, self.manager, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._log("call", "reached", user=user)

    def test_contact_is_neither_made_nor_changed_by_hand(self):
        event = self._log("call", "reached").with_user(self.collection_manager)
        with self.assertRaises(AccessError):
            event.write({"note": "Never happened"})
        with self.assertRaises(AccessError):
            event.unlink()
        with self.assertRaises(AccessError):
            event.create({"contract_id": self.contract.id, "kind": "call"})

    def test_colleague_of_another_team_may_take_the_call(self):
        self._create_team(member_ids=[Command.set(self.collector.ids)])
        case = self._open()
        event = self._log("call", "reached", user=self.colleague)
        self.assertEqual(event.case_id, case)
        self.assertTrue(event.with_user(self.colleague).has_access("read"))

    def test_call_nobody_answers_raises_the_risk(self):
        case = self._open()
        before = case.risk
        for _count in range(3):
            self._log("call", "no_answer")
        self.assertEqual(case.risk, before + 10)
        self.assertIn("without reaching anybody: 3", case.risk_explanation)

    # === RULES === #

    def _rule(self, **values):
        rules = self.env["realestate.contact.rule"]
        rules.search([]).active = False
        self.buyer.tz = "Asia/Manila"
        return rules.create({"name": "Rule", "source": "Circular 1", **values})

    def test_call_outside_the_hours_is_taken_down_and_marked(self):
        rule = self._rule(hour_from=14, hour_to=19)
        late = self._log("call", "reached", "Was angry")
        self.assertTrue(late.is_outside_rules)
        self.assertEqual(
            late.rule_reason,
            "Call outside the contact hours: 14:00 to 19:00 where the buyer lives "
            "(Circular 1).",
        )
        rule.write({"hour_from": 8, "source": "Circular 2"})
        self.assertIn("Circular 1", late.rule_reason, "as it was when it was made")
        timely = self._log("call", "reached")
        self.assertFalse(timely.is_outside_rules)
        self.assertFalse(timely.rule_reason)

    def test_call_on_a_day_of_rest_or_beyond_the_rate_is_marked(self):
        rule = self._rule(tuesday=False)
        self.assertIn("without contacts", self._log("call", "reached").rule_reason)
        rule.write({"tuesday": True, "max_per_day": 2})
        self.assertFalse(self._log("call", "reached").is_outside_rules)
        third = self._log("visit", "no_answer")
        self.assertIn(
            "Visit beyond the rate: at most 2 contacts a day", third.rule_reason
        )

    def test_what_no_rule_speaks_of_is_not_marked(self):
        self._rule(hour_from=14, hour_to=19)
        for kind in ("note", "letter", "meeting", "reply"):
            with self.subTest(kind=kind):
                self.assertFalse(self._log(kind, note="x").is_outside_rules)

    def test_rule_that_has_ended_for_one_so_late_marks_nothing(self):
        self._rule(hour_from=14, hour_to=19, days_free=32)
        self.assertEqual(self.contract._get_days_late(), 33)
        self.assertFalse(self._log("call", "reached").is_outside_rules)

    def test_manager_finds_calls_outside_the_rules(self):
        rule = self._rule(hour_from=14, hour_to=19)
        late = self._log("call", "reached")
        rule.active = False
        self._log("call", "reached")
        events = self.env["realestate.collection.event"]
        found = events.with_user(self.collection_manager).search(
            [("is_outside_rules", "=", True), ("contract_id", "=", self.contract.id)]
        )
        self.assertEqual(found, late)
        [entry] = [
            one
            for one in self.contract.with_user(self.collector)._get_timeline(20)
            if one["res_model"] == late._name and one["res_id"] == late.id
        ]
        self.assertIn("outside the contact hours", entry["detail"])

    def test_form_warns_before_it_logs(self):
        self._rule(hour_from=14, hour_to=19, channel="call")
        contacts = self.env["realestate.contract.contact"].with_user(self.collector)
        form = Form(contacts.with_context(default_contract_id=self.contract.id))
        self.assertIn("outside the contact hours", form.warning)
        form.kind = "visit"
        self.assertFalse(form.warning)

    def test_form_logs_what_the_call_does(self):
        case = self._open()
        contacts = self.env["realestate.contract.contact"].with_user(self.collector)
        form = Form(contacts.with_context(default_contract_id=self.contract.id))
        form.outcome = "promised"
        self.assertEqual(form.promise_amount, 200000)
        form.promise_date = "2026-03-20"
        form.note = "After pay day"
        form.save().action_log()
        self.assertEqual(case.event_ids.note, "After pay day")
        self.assertEqual(self.contract.promise_ids.amount, 200000)
