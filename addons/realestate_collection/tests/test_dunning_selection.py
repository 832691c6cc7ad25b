import random
from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..tools.dunning import decide
from ..tools.ladder import SEND, Account
from .common import TODAY
from .dunning_common import DunningCommon

SEEDS = 8
DAYS = [date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 21)]


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningSelection(DunningCommon):
    """What the database says of a contract is what the pure decision would say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.repeating = cls.ladder.copy({"name": "Repeating"})
        cls.repeating.level_ids.filtered(lambda level: level.days == 15).repeat_days = 4
        early = cls.repeating.level_ids.filtered(lambda level: level.days == -5)
        early.copy({"days": -12, "ladder_id": cls.repeating.id, "name": "Early"})
        cls.bare = cls._create_project(code="BARE")
        made = []
        for number in range(12):
            project = (cls.project, cls.bare, cls._create_other())[number % 3]
            building = cls._create_building(project, code=f"T{number + 2}")
            unit = cls._create_units(1, building, price_list=1200000)
            buyer = cls._create_partner(name=f"Buyer {number}")
            start = date(2025, 10, 1) + timedelta(days=13 * number)
            made.append(
                cls._create_active(unit, date_contract=start, partner_id=buyer.id)
            )
        cls.contracts = made[0].union(*made[1:])
        cls.programme = cls.env["realestate.bank.programme"].create(
            {
                "name": "Loan",
                "partner_id": cls._create_partner(name="Bank", is_company=True).id,
                "days_appointment": 0,
                "company_id": cls.company.id,
                "currency_id": cls.currency.id,
            }
        )
        cls.installments.bill_due()

    @classmethod
    def _create_other(cls):
        """The project with the repeating ladder, made once."""
        if not cls.repeating.project_ids:
            project = cls._create_project(code="REP")
            cls.repeating.project_ids = [Command.link(project.id)]
        return cls.repeating.project_ids

    # === RANDOM PASTS === #

    def _invent_past(self, rng):
        """Random payments, credit and notices, as months of collection leave them."""
        for contract in self.contracts:
            wish = rng.choice([0, 0, 2, 8, 20, 30])
            contract.partner_id.realestate_reminder_days = wish
            if rng.random() < 0.5:
                self._pay(contract, rng.choice([40000, 100000, 100001, 350000]))
            if rng.random() < 0.2:
                invoice = contract.installment_ids[:1].move_id
                invoice.line_ids.remove_move_reconcile()
            if rng.random() < 0.4:
                self._invent_mortgage(contract, rng)
            if rng.random() < 0.4:
                self._invent_holds(contract, rng)
            self._invent_notices(contract, rng)
        self.env.flush_all()

    def _invent_mortgage(self, contract, rng):
        """A loan of some size: with the bank, or with the buyer in time or late."""
        mortgage = self.env["realestate.mortgage"].create(
            {
                "contract_id": contract.id,
                "programme_id": self.programme.id,
                "amount_commercial": rng.choice([100, 300000, 900000, 1200000]),
                "date_start": date(2026, rng.choice([1, 3]), 1),
            }
        )
        if rng.random() < 0.6:
            fact = rng.choice(["date_refused", "date_documents", "date_documents"])
            mortgage._write_facts(**{fact: "2026-03-01"})

    def _invent_holds(self, contract, rng):
        """One or two holds around the days: over, live, to come, with or without an
        end, some of reminders too."""
        for number in range(rng.randint(1, 2)):
            start = date(2026, 3, rng.randint(1, 14))
            contract._hold_dunning(
                rng.choice(["promise", "dispute", "stop"]),
                f"Reason {number}",
                date_from=start,
                date_to=rng.choice([None, start + timedelta(days=rng.randint(0, 9))]),
                with_reminders=rng.choice([True, False]),
            )

    def _invent_notices(self, contract, rng):
        ladder = contract.project_id == self.repeating.project_ids and self.repeating
        levels = (ladder or self.ladder).level_ids.sorted("days")
        rungs = levels.filtered(lambda level: level.days > 0)
        day = date(2026, 1, 5) + timedelta(days=rng.randint(0, 50))
        values = []
        for level in rungs[: rng.randint(0, 4)]:
            values.append((level, day, "sent"))
            day += timedelta(days=rng.randint(10, 25))
        if values and rng.random() < 0.4:
            fate = rng.choice(["queued", "failed", "failed", "cancelled"])
            last = max(values[-1][1], date(2026, 3, rng.randint(7, 10)))
            values[-1] = (values[-1][0], last, fate)
        due = contract.installment_ids.filtered(lambda i: i.date_due >= DAYS[0])[:1]
        wish = contract.partner_id.realestate_reminder_days
        for level in levels - rungs:
            if due and rng.random() < 0.6:
                start = -wish if level == levels[0] and rng.random() < 0.5 else 0
                start = min(start, level.days)
                day = due.date_due + timedelta(days=start + rng.randint(0, 2))
                state = rng.choice(["sent", "sent", "queued", "failed"])
                values.append((level, day, state))
        used = set()
        for level, day, state in values:
            if day not in used and day <= DAYS[-1]:
                used.add(day)
                self._invent_notice(contract, level, day, state)

    def _invent_notice(self, contract, level, day, state):
        notice = self.notices.create(
            {
                "contract_id": contract.id,
                "level_id": level.id,
                "level_days": level.days,
                "date": day,
            }
        )
        if state != "queued":
            notice._update_state(state)

    # === COMPARISON === #

    def _decide_each(self, day):
        """The pure decision on every contract: ``{contract id: Decision}``."""
        ladders = self.env["realestate.dunning.ladder"]
        by_project = ladders._get_by_project(self.company)
        ahead = ladders._get_reminder_days(self.company)
        facts_model = self.env["realestate.dunning.facts"]
        facts_list = facts_model._collect(self.company, day, ahead)
        accounts = {facts.contract_id: facts.account for facts in facts_list}
        notices = facts_model._select_notices(self.company, None)
        decisions = {}
        for contract in self.contracts:
            wish = contract.partner_id.realestate_reminder_days
            until = day + timedelta(days=max(ahead, wish))
            silent = Account(notices=tuple(notices[contract.id]), until=until)
            ladder = by_project.get(contract.project_id.id, by_project[None])
            decisions[contract.id] = decide(
                accounts.get(contract.id, silent),
                ladder._get_levels(self.currency, day),
                day,
                ladder.retry_days or 1,
            )
        return decisions

    def assertSame(self, run, expected):
        to_json = self.env["realestate.dunning.decision"]._to_json
        self.assertEqual(run.decision_ids.contract_id, self.contracts)
        for decision in run.decision_ids:
            pure = expected[decision.contract_id.id]
            self.assertEqual(
                (
                    decision.action,
                    decision.reason_code,
                    decision.reason_params or {},
                    decision.days,
                    round(decision.amount, 2),
                    decision.level_id.id,
                ),
                (
                    pure.action,
                    pure.reason,
                    to_json(pure.params),
                    pure.days,
                    float(pure.amount),
                    pure.level.code if pure.level else False,
                ),
                decision.contract_id.name,
            )

    def _compare(self, seed):
        """Compare on a few days; return the reasons that came up."""
        reasons = set()
        for day in DAYS:
            with freeze_time(f"{day} 04:00:00"):
                expected = self._decide_each(day)
                with self.subTest(seed=seed, day=str(day)):
                    self.assertSame(self._run(), expected)
                reasons |= set(map(self._get_reason, expected.values()))
        return reasons

    def _get_reason(self, decision):
        """The reason; no ladder here reminds earlier than twelve days before."""
        is_wished = decision.level and decision.level.days < -12
        return "wished" if is_wished else decision.reason

    def test_on_random_pasts(self):
        reasons = set()
        for seed in range(SEEDS):
            with self.env.cr.savepoint() as savepoint:
                self._invent_past(random.Random(seed))
                reasons |= self._compare(seed)
                savepoint.rollback()
            self.env.invalidate_all(flush=False)
        self.assertLessEqual(
            {"first", "next", "too_early", "waiting", "reminder", "reminded"}
            | {"credit", "in_queue", "today", "ahead", "retry_later", "bank", "held"}
            | {"wished"},
            reasons,
        )

    def test_without_a_default_ladder(self):
        self.company.realestate_dunning_ladder_id = False
        self._invent_past(random.Random(99))
        reasons = self._compare(99)
        self.assertIn("no_ladder", reasons)
        self.assertGreater(len(reasons), 2)

    def test_without_any_ladder(self):
        self.ladder.active = False
        self.repeating.active = False
        self.assertEqual(self._compare(0), {"no_ladder"})

    def test_with_a_ladder_of_reminders_only(self):
        self.ladder.level_ids.filtered(lambda level: level.days > 0).active = False
        self.assertIn("no_level", self._compare(0))

    def test_with_a_ladder_without_reminders(self):
        reminders = (self.ladder | self.repeating).level_ids
        reminders.filtered(lambda level: level.days < 0).active = False
        self._invent_past(random.Random(5))
        self.assertNotIn("reminder", self._compare(5))

    def test_what_is_not_invoiced_is_said(self):
        contract = self.contracts[1]
        late = contract.installment_ids[-1]
        late.sudo().date_due = date(2026, 3, 1)
        payer = contract.amount_receivable
        self._pay(contract, payer)
        self.assertIn("not_billed", self._compare(0))

    def test_only_who_may_be_sent_something_is_chosen(self):
        self._run()
        with freeze_time("2026-03-11 04:00:00"):
            chosen = self.env["realestate.dunning.selection"]._choose(
                self.company, date(2026, 3, 11)
            )
            sends = {
                contract
                for contract, decision in self._decide_each(date(2026, 3, 11)).items()
                if decision.action == SEND
            }
        self.assertLessEqual(sends, set(chosen.ids))
        self.assertLess(len(chosen), len(self.contracts) / 2)
