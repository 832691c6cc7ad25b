"""Two thousand random steps of a collection department. After each of them the books
agree, nothing is billed twice, nothing posted is gone, none who has paid is dunned."""

import random
from collections import Counter
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from freezegun import freeze_time
from office import Office, create_user
from racing import SEED
from test_billing_killed import first_of_month
from test_ledger_walk import Clerk, difference

from odoo.exceptions import UserError

STEPS = 2000
CURRENCIES = {"VND": 0, "JPY": 0, "PHP": 2, "USD": 2, "KWD": 3}
PRICE = 1000000.007
MONTHS = 48
#: What is done, the more often the more often it stands here.
STEPS_OF_A_DAY = (
    *("bill", "bill", "bill", "pay", "part", "part", "over", "again", "undo", "credit"),
    *("promise", "hold", "resume", "arrange", "write_off", "take_back", "close"),
    *("night", "night", "night", "night", "dun", "dun", "dun"),
)
#: Invoices that stand, by instalment: posted and not reversed.
STANDING = """
    SELECT move.realestate_installment_id
      FROM account_move move
     WHERE move.realestate_contract_id = %s
       AND move.move_type = 'out_invoice'
       AND move.state = 'posted'
       AND move.payment_state != 'reversed'
       AND move.realestate_installment_id IS NOT NULL
  GROUP BY move.realestate_installment_id
    HAVING count(*) > 1
"""
#: Everything that was ever posted for a contract and still is there.
POSTED = """
    SELECT id, amount_total FROM account_move
     WHERE realestate_contract_id = %s AND state IN ('posted', 'cancel')
       AND posted_before
"""
#: What is open and past its day, less what the buyer has paid ahead.
OVERDUE = """
    SELECT COALESCE(SUM(line.amount_residual_currency) FILTER (
               WHERE line.amount_residual_currency > 0
                 AND line.date_maturity < %(today)s), 0)
         + COALESCE(SUM(line.amount_residual_currency) FILTER (
               WHERE line.amount_residual_currency < 0), 0)
      FROM account_move_line line
      JOIN account_account account ON account.id = line.account_id
     WHERE line.realestate_contract_id = %(contract)s
       AND line.parent_state = 'posted'
       AND account.account_type = 'asset_receivable'
"""


class Department(Clerk):
    """One who does everything, day after day."""

    def __init__(self, stage, office, contracts, manager):
        self.random = random.Random(SEED)
        racer = SimpleNamespace(number=0, random=self.random)
        super().__init__(racer, office, contracts)
        self.stage = stage
        self.manager = manager
        self.today = date.today()
        self.posted = {contract: {} for contract in contracts}
        self.given = {contract: [] for contract in contracts}
        self.sent = set()
        self.done = Counter()
        self.refused = {}

    @contextmanager
    def day(self, uid=None):
        """Work at an hour of this day, in a transaction that is committed."""
        hour = self.random.choice([0, 3, 9, 15, 16, 23])
        with freeze_time(datetime.combine(self.today, time(hour, 30))):
            with self.stage.env(uid or self.manager, self.office.company) as env:
                yield env

    def step(self):
        """Do one thing and look at everything that must hold."""
        contract = self.random.choice(self.contracts)
        name = self.random.choice(STEPS_OF_A_DAY)
        seed = self.random.random()
        try:
            with self.day() as env:
                # As the superuser: rights have proofs of their own.
                env = env(su=True)
                self.random.seed(seed)
                getattr(self, name)(env, env["realestate.contract"].browse(contract))
            self.done[name] += 1
        except UserError as error:
            assert str(error).strip(), f"{name} was refused without a word"
            self.refused[name] = str(error)
        with self.day() as env:
            self.look(env(su=True), contract)

    # === STEPS === #

    def night(self, env, _contract):
        """Some nights pass; the jobs of the days between did not run."""
        self.today += timedelta(days=self.random.choice([1, 1, 2, 4, 9]))

    def bill(self, env, _contract):
        """What is due is invoiced, sometimes not all of it."""
        limit = self.random.choice([None, None, None, 3])
        env["realestate.installment"].bill_due(limit=limit)

    def pay(self, env, contract):
        """The buyer pays all that is open, if anything."""
        if contract.amount_residual:
            super().pay(env, contract)

    def part(self, env, contract):
        """The buyer pays a part of what is open, if anything."""
        if contract.amount_residual:
            super().part(env, contract)

    def over(self, env, contract):
        """The buyer pays a little more than is open."""
        extra = contract.currency_id.round(self.random.uniform(1, 10000))
        amount = contract.currency_id.round(contract.amount_residual + extra)
        return contract.register_payment(amount, None, None).id

    def promise(self, env, contract):
        """The buyer promises a part of what is open."""
        share = self.random.uniform(0.2, 1)
        contract.log_contact(
            *("call", "promised"),
            promise_amount=contract.currency_id.round(contract.amount_residual * share),
            promise_date=self.today + timedelta(days=self.random.randint(0, 10)),
        )

    def hold(self, env, contract):
        """The dunning is stopped for some days."""
        last = self.today + timedelta(days=self.random.randint(0, 15))
        contract._hold_dunning("stop", "Walk", date_to=last)

    def resume(self, env, contract):
        """What was stopped goes on."""
        live = contract.dunning_hold_ids.filtered(
            lambda hold: hold.is_live and hold.kind == "stop"
        )
        live._end()

    def arrange(self, env, contract):
        """New dates are agreed for what is overdue."""
        first = self.today + timedelta(days=self.random.randint(1, 20))
        count = self.random.choice([1, 2, 3])
        drafted = contract.propose_arrangement(count, first, reason="Walk")
        arrangement = env["realestate.arrangement"].browse(drafted)
        arrangement.action_submit()
        approver = arrangement.with_user(self.office.roles["approver"])
        if arrangement.state == "submitted":
            approver.action_approve()
        arrangement.action_offer()
        arrangement.action_accept_on_paper()

    def write_off(self, env, contract):
        """A little is given up."""
        open_now = contract.amount_residual
        amount = contract.currency_id.round(open_now * self.random.uniform(0, 0.3))
        contract._write_off(amount, None, "Walk")

    def take_back(self, env, contract):
        """And after all not given up."""
        written_off = env["account.move"].search(
            [
                ("realestate_contract_id", "=", contract.id),
                ("realestate_write_off", "=", True),
                ("state", "=", "posted"),
            ]
        )
        if written_off:
            move = self.random.choice(written_off)
            move.action_realestate_take_back("Walk")

    def close(self, env, _contract):
        """Accounting closes a month that is long past."""
        company = env["res.company"].browse(self.office.company)
        company.fiscalyear_lock_date = self.today - timedelta(days=90)

    def dun(self, env, _contract):
        """The jobs of a morning: decide, send, follow."""
        company = env["res.company"].browse(self.office.company)
        run = env["realestate.dunning.ladder"].run()
        active = env["realestate.contract"].search(
            [("company_id", "=", company.id), ("state", "=", "active")]
        )
        assert run.decision_ids.contract_id == active, "somebody was not decided on"
        assert all(run.decision_ids.mapped("reason_code"))
        notices = env["realestate.dunning.notice"]
        queued = notices.search([("date_next", "!=", False)])
        queued.date_next = datetime.now()
        notices._cron_send()
        self.look_at_notices(env, company)
        env["realestate.collection.case"]._cron_refresh()
        env["realestate.arrangement"]._cron_follow()

    # === INVARIANTS === #

    def look(self, env, contract):
        """What must hold for a contract whatever happens."""
        assert difference(env, contract) == (0, 0), self.where(contract)
        env.cr.execute(STANDING, [contract])
        assert not env.cr.fetchall(), f"billed twice: {self.where(contract)}"
        env.cr.execute(POSTED, [contract])
        posted = dict(env.cr.fetchall())
        known = self.posted[contract]
        assert {move: posted.get(move) for move in known} == known, (
            f"what was posted is gone or another: {self.where(contract)}"
        )
        self.posted[contract] = posted

    def look_at_notices(self, env, company):
        """Who was sent something just now owes it, and it is the next rung."""
        sent = env["realestate.dunning.notice"].search(
            [("company_id", "=", company.id), ("state", "=", "sent")]
        )
        today = company._realestate_today()
        for notice in sent.filtered(lambda one: one.id not in self.sent):
            self.sent.add(notice.id)
            contract = notice.contract_id.id
            holds = notice.contract_id.dunning_hold_ids.filtered("is_live")
            if notice.kind == "reminder":
                assert not any(holds.mapped("with_reminders")), self.where(contract)
                continue
            assert not holds, f"held and dunned: {self.where(contract)}"
            env.cr.execute(OVERDUE, {"contract": contract, "today": today})
            assert env.cr.fetchone()[0] > 0, f"paid and dunned: {self.where(contract)}"
            self.look_at_rung(notice, today)

    def look_at_rung(self, notice, today):
        """No rung is skipped, none given again before its time."""
        contract = notice.contract_id
        rungs = notice.level_id.ladder_id.level_ids.filtered(lambda one: one.days > 0)
        rungs = rungs.sorted("days").ids
        oldest = self.oldest(contract)
        given = self.given[contract.id]
        about = [
            (rung, day, days)
            for rung, day, days in given
            if day >= oldest + timedelta(days=days)
        ]
        rung = rungs.index(notice.level_id.id)
        reached = max((last for last, _day, _days in about), default=-1)
        repeat = notice.level_id.repeat_days
        where = self.where(contract.id)
        assert rung <= reached + 1, f"a rung was skipped: {where}"
        assert rung > reached or repeat, f"a rung was given again: {where}"
        assert today not in [day for _rung, day, _days in given], f"twice: {where}"
        assert (today - oldest).days >= notice.level_id.days, f"too early: {where}"
        given.append((rung, today, notice.level_days))

    def oldest(self, contract):
        """The day of the oldest instalment that credit does not cover."""
        credit = contract.amount_credit
        for item in contract.installment_ids.sorted("date_due"):
            credit -= item.amount_residual
            if contract.currency_id.compare_amounts(credit, 0) < 0:
                return item.date_due
        raise AssertionError(f"nothing is open: {self.where(contract.id)}")

    def where(self, contract):
        """Where in the walk this is."""
        return f"contract {contract}, {self.today}, seed {SEED}, {dict(self.done)}"


@pytest.fixture
def department(stage, monkeypatch):
    """Return the Department of a developer with contracts in five currencies."""
    from odoo.addons.base.models.ir_mail_server import IrMail_Server

    monkeypatch.setattr(IrMail_Server, "_connect__", lambda *_a, **_k: None)
    monkeypatch.setattr(
        IrMail_Server, "send_email", lambda _self, message, *_a, **_k: message["To"]
    )
    with stage.env() as env:
        office = Office.open(env, "Walking Developer", agents=0)
        company = env["res.company"].browse(office.company)
        company.email = "walk@example.com"
        # Letters are drawn in proofs of their own.
        company.realestate_dunning_ladder_id.level_ids.report_id = False
        env = env(context={"allowed_company_ids": company.ids})
        group = ("group_manager", "realestate_collection")
        office.roles["approver"] = create_user(env, "approver", *group).id
        for number, buyer in enumerate(env["res.partner"].browse(office.buyers)):
            buyer.email = f"walker{number}@example.com"
        env["res.users"].browse(list(office.roles.values())).email = "us@example.com"
        contracts = []
        for currency, decimals in CURRENCIES.items():
            desk = office.project_in(env, currency) if currency != "PHP" else office
            plan = desk.monthly_plan(env, MONTHS)
            price = round(PRICE, decimals)
            contracts += desk.running(env, 2, first_of_month(6), plan, price)
        manager = create_user(env, "walker", *group)
        manager.email = "walk@example.com"
    return Department(stage, office, contracts, manager.id)


def test_two_thousand_steps_leave_books_and_buyers_in_order(stage, department):
    for _step in range(STEPS):
        department.step()
    steps = set(STEPS_OF_A_DAY)
    missing = {step: department.refused.get(step) for step in steps}
    missing = {step: missing[step] for step in steps - set(department.done)}
    assert not missing, f"never done, and why not: {missing}"
    assert sum(department.done.values()) > STEPS * 0.7, department.refused
    assert len(department.sent) > 50, "hardly anybody was dunned"
    assert sum(map(len, department.posted.values())) > 300
    with stage.env() as env:
        for contract in department.contracts:
            department.look(env, contract)
        env.cr.execute(
            "SELECT SUM(balance) FROM account_move_line"
            " WHERE company_id = %s AND parent_state = 'posted'",
            [department.office.company],
        )
        assert env.cr.fetchone() == (0,)
