import random
from datetime import date, timedelta
from functools import partial

from odoo.tests import freeze_time, tagged

from .common import TODAY
from .dunning_common import DunningCommon

SEEDS = 4
STEPS = 40
START = date(2026, 2, 1)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningWalk(DunningCommon):
    """Months of collection at random: whatever happens between a decision and the
    sending, no notice reaches a buyer who has paid or is held.

    What is overdue is read from the journal items, by which no decision goes.
    """

    def setUp(self):
        super().setUp()
        self.contracts = self._create_many(3, date_contract=date(2026, 1, 5))
        self.day = START
        self.runs = self.env["realestate.dunning.run"]
        self.seen = self.notices
        self.payments = self.env["account.payment"]

    # === WHAT HAPPENS === #

    def _get_steps(self, rng):
        contract = rng.choice(self.contracts)
        amount = rng.choice([40000, 100000, 100000, 260000])
        pay = partial(self._take_payment, contract, amount)
        run = self.env["realestate.dunning.ladder"].run
        return {
            "run": run,
            "run again": run,
            "simulate": self.env["realestate.dunning.ladder"].simulate,
            "release": self._release_last,
            "send": self._send_and_look,
            "send again": self._send_and_look,
            "pay": pay,
            "reverse": self._reverse_last,
            "hold": partial(self._hold, contract, rng),
            "stop": partial(contract.stop_dunning, "Stopped"),
            "resume": contract.resume_dunning,
            "end": partial(self._end_holds, contract),
        }

    def _end_holds(self, contract):
        contract.dunning_hold_ids._end()

    def _take_payment(self, contract, amount):
        self.payments |= self._pay(contract, amount)

    def _reverse_last(self):
        """The bank returns the last payment: what it had settled is open again."""
        last = self.payments[-1:]
        self.payments -= last
        if last:
            last.move_id._reverse_moves([{"date": self.day}], cancel=True)

    def _release_last(self):
        waiting = self.runs.search([("release", "=", "simulated")], limit=1)
        waiting.action_release()

    def _hold(self, contract, rng):
        days = rng.choice([None, 3, 10])
        until = days and self.day + timedelta(days=days)
        contract._hold_dunning(rng.choice(["promise", "dispute"]), "Held", until)

    # === LOOKING === #

    def _send_and_look(self):
        self._send()
        sent = self.notices.search([("state", "=", "sent")])
        for notice in sent - self.seen:
            self._check_sent(notice)
        self.seen |= sent

    def _check_sent(self, notice):
        contract = notice.contract_id
        live = contract.dunning_hold_ids.filtered("is_live")
        if notice.kind == "reminder":
            self.assertFalse(any(live.mapped("with_reminders")), self.trace)
            return
        self.assertGreater(self._get_overdue(contract), 0, self.trace)
        self.assertFalse(live, self.trace)
        before = contract.notice_ids.filtered(
            lambda one: one.state == "sent" and one.kind != "reminder" and one != notice
        )
        self.assertNotIn(notice.date, before.mapped("date"), self.trace)
        same = before.filtered(lambda one: one.level_id == notice.level_id)
        for one in same:
            self.assertGreater(self._get_oldest(contract), one.date, self.trace)

    def _get_lines(self, contract):
        return self.env["account.move.line"].search(
            [
                ("realestate_contract_id", "=", contract.id),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", "asset_receivable"),
                ("amount_residual_currency", "!=", 0),
            ]
        )

    def _get_overdue(self, contract):
        """What is late, less all the credit there is, by accounting."""
        return sum(
            line.amount_residual_currency
            for line in self._get_lines(contract)
            if line.amount_residual_currency < 0 or line.date_maturity < self.day
        )

    def _get_oldest(self, contract):
        lines = self._get_lines(contract)
        late = lines.filtered(lambda line: line.amount_residual_currency > 0)
        return min(late.mapped("date_maturity"))

    # === THE WALK === #

    def _play(self, seed):
        rng = random.Random(seed)
        self.trace = [f"seed {seed}"]
        for _step in range(STEPS):
            self.day += timedelta(days=rng.choice([0, 0, 1, 2, 5]))
            with freeze_time(f"{self.day} 04:00:00"):
                self.installments.bill_due()
                steps = self._get_steps(rng)
                name = rng.choice(sorted(steps))
                self.trace.append(f"{self.day} {name}")
                steps[name]()
                self.env.invalidate_all()
        self.assertBooksAgree(*self.contracts)

    def test_nobody_who_has_paid_or_is_held_gets_a_notice(self):
        sent = 0
        for seed in range(SEEDS):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                self.day, self.seen = START, self.notices
                self.payments = self.env["account.payment"]
                self._play(seed)
                sent += len(self.seen.filtered(lambda one: one.kind != "reminder"))
                savepoint.rollback()
            self.env.invalidate_all(flush=False)
        self.assertGreater(sent, SEEDS, "the walk sends something at all")
