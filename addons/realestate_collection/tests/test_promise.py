from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .case_common import CaseCommon
from .common import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPromise(CaseCommon):
    """A promise is kept or broken by the money that comes in after it was made."""

    def _follow(self):
        self.env["realestate.promise"]._follow_days(self.company)

    def test_promise_is_open_and_holds_the_dunning(self):
        case = self._open()
        promise = self._promise()
        self.assertEqual((promise.state, promise.amount), ("open", 200000))
        self.assertEqual(str(promise.date_limit), "2026-03-22")
        self.assertEqual(case.stage, "promised")
        hold = self.contract.dunning_hold_ids
        self.assertEqual(hold.kind, "promise")
        self.assertEqual(str(hold.date_to), "2026-03-22")
        decision = self._decision(self._run(), self.contract)
        self.assertEqual(decision.reason_code, "held")

    def test_promise_is_kept_by_money_and_the_dunning_goes_on(self):
        promise = self._promise()
        with self._on("2026-03-20"):
            self._pay(self.contract, 120000)
            self.assertEqual((promise.state, promise.amount_received), ("open", 120000))
            self._pay(self.contract, 80000)
            self.assertFalse(self.contract.dunning_hold_ids.is_live)
        self.assertEqual((promise.state, promise.amount_received), ("kept", 200000))
        self.assertEqual(str(promise.date_decided), "2026-03-20")

    def test_promise_is_broken_after_its_grace(self):
        case = self._open()
        promise = self._promise()
        with self._on("2026-03-22"):
            self._follow()
            self.assertEqual(promise.state, "open")
        with self._on("2026-03-23"):
            self._follow()
            self._refresh()
            self.assertEqual(promise.state, "broken")
            self.assertEqual(case.stage, "working")
            self.assertIn("Promises broken", case.risk_explanation)
            self.assertFalse(self.contract.is_dunning_held)
        kind = self.env.ref("realestate_collection.mail_activity_type_promise")
        activity = self.contract.activity_ids.filtered(
            lambda one: one.activity_type_id == kind
        )
        self.assertEqual(activity.user_id, self.collector)

    def test_money_that_comes_too_late_keeps_nothing(self):
        promise = self._promise()
        with self._on("2026-03-23"):
            self._follow()
            self._pay(self.contract, 200000)
        self.assertEqual((promise.state, promise.amount_received), ("broken", 0))

    def test_money_booked_late_and_dated_in_time_keeps_it_after_all(self):
        promise = self._promise()
        with self._on("2026-03-24"):
            self._follow()
            self.assertEqual(promise.state, "broken")
            self._pay(self.contract, 200000, day="2026-03-21")
        self.assertEqual(promise.state, "kept")

    def test_money_from_before_the_promise_does_not_count(self):
        promise = self._promise(100000)
        self._pay(self.contract, 150000, day="2026-03-09")
        self.assertEqual((promise.state, promise.amount_received), ("open", 0))

    def test_money_taken_back_breaks_what_was_kept(self):
        promise = self._promise()
        payment = self._pay(self.contract, 200000)
        self.assertEqual(promise.state, "kept")
        payment.move_id._reverse_moves(cancel=True)
        self.assertEqual((promise.state, promise.amount_received), ("open", 0))
        payment = self._pay(self.contract, 200000)
        self.assertEqual(promise.state, "kept")
        with self._on("2026-03-30"):
            payment.action_cancel()
        self.assertEqual(promise.state, "broken")

    def test_two_promises_share_the_money_oldest_first(self):
        second = self._promise(100000, "2026-03-25")
        first = self._promise(100000, "2026-03-15")
        self._pay(self.contract, 130000)
        self.assertEqual((first.state, first.amount_received), ("kept", 100000))
        self.assertEqual((second.state, second.amount_received), ("open", 30000))

    def test_who_owes_nothing_has_broken_no_promise(self):
        promise = self._promise(300000)
        self._pay(self.contract, 200000)
        with self._on("2026-03-23"):
            self._follow()
        self.assertEqual(promise.state, "kept")

    def test_money_ahead_of_any_invoice_keeps_a_promise(self):
        self._pay(self.contract, 200000, day="2026-03-09")
        promise = self._promise(100000)
        self._pay(self.contract, 100000)
        self.assertEqual(promise.state, "kept")

    def test_credit_note_is_no_money(self):
        promise = self._promise(100000)
        invoice = self.contract.installment_ids[0].move_id
        invoice._reverse_moves(cancel=True)
        self.assertEqual((promise.state, promise.amount_received), ("open", 0))

    def test_promise_nobody_can_keep_is_refused(self):
        for amount, day, text in (
            (0, "2026-03-20", "more than zero"),
            (-5, "2026-03-20", "more than zero"),
            (100, "2026-03-09", "today or later"),
            (100, None, "today or later"),
        ):
            with self.subTest(amount=amount, day=day), self.assertSays(UserError, text):
                self._promise(amount, day)
        self.assertFalse(self.contract.promise_ids)
        self.assertFalse(self.contract.event_ids)

    def test_open_promise_is_withdrawn_and_the_dunning_goes_on(self):
        case = self._open()
        promise = self._promise()
        with self.assertRaises(AccessError):
            promise.with_user(self.accountant).action_cancel()
        promise.with_user(self.collector).action_cancel("Misheard")
        self.assertEqual(
            (promise.state, promise.cancel_reason), ("cancelled", "Misheard")
        )
        self.assertFalse(self.contract.is_dunning_held)
        self.assertEqual(case.stage, "working")
        with self.assertSays(UserError, "open one"):
            promise.action_cancel()

    def test_promise_is_neither_made_nor_decided_by_hand(self):
        promise = self._promise().with_user(self.collection_manager)
        for values in ({"amount": 1}, {"state": "kept"}, {"amount_received": 200000}):
            with self.assertRaises(UserError):
                promise.write(values)
        with self.assertRaises(AccessError):
            promise.create({"contract_id": self.contract.id})
