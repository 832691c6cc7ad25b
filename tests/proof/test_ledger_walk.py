"""Buyer ledger = accounting after every step of people who work at the same time."""

from collections import Counter
from datetime import date

from test_billing_killed import first_of_month

STEPS = 67
CLERKS = 3
PATIENCE = 5
CURRENCIES = {"VND": 0, "PHP": 2, "KWD": 3}
COLLISIONS = {
    "psycopg2.errors.SerializationFailure",
    "psycopg2.errors.DeadlockDetected",
}
PRICE = 1000000.007

#: What the parts of the ledger come to, from the entries themselves: what is charged
#: less what is paid, what the instalments say is open, and what is left of payments.
LEDGER = """
    SELECT (SELECT COALESCE(SUM(line.amount_currency), 0)
              FROM account_move_line line
              JOIN account_account account ON account.id = line.account_id
             WHERE line.realestate_contract_id = %(contract)s
               AND line.parent_state = 'posted'
               AND account.account_type = 'asset_receivable'),
           (SELECT COALESCE(SUM(amount_residual), 0)
              FROM realestate_installment
             WHERE contract_id = %(contract)s),
           (SELECT COALESCE(-SUM(line.amount_residual_currency), 0)
              FROM account_move_line line
              JOIN account_account account ON account.id = line.account_id
             WHERE line.realestate_contract_id = %(contract)s
               AND line.parent_state = 'posted'
               AND account.account_type = 'asset_receivable'
               AND line.amount_residual_currency < 0)
"""


class Clerk:
    """One person at a desk of its own, doing random things to random contracts."""

    def __init__(self, racer, office, contracts):
        self.racer = racer
        self.office = office
        self.contracts = contracts
        self.random = racer.random
        self.references = 0

    def step(self):
        """Do one thing, then look whether the books agree."""
        contract = self.random.choice(self.contracts)
        name = self.random.choice(
            ["bill", "bill", "pay", "pay", "part", "over", "again", "undo", "credit"]
        )
        action, seed = getattr(self, name), self.random.random()

        def call(env):
            # The same choices however often the step is tried.
            self.random.seed(seed)
            return action(env, env["realestate.contract"].browse(contract))

        collector = name not in ("undo", "credit")
        options = {"uid": self.office.roles["collector"]} if collector else {}
        for _patience in range(PATIENCE):
            # Whoever met the others five times in a row presses the button again.
            done = self.racer.attempt(
                name, call, company=self.office.company, **options
            )
            if not done.raw:
                break
        self.racer.attempt("books", lambda env: difference(env, contract))

    def bill(self, env, contract):
        limit = self.random.choice([1, 2, 3])
        return env["realestate.installment"].bill_due(limit=limit)

    def pay(self, env, contract):
        amount = contract.amount_residual or 1000
        self.references += 1
        reference = f"{self.racer.number}-{self.references}"
        return contract.register_payment(amount, None, None, external_ref=reference).id

    def part(self, env, contract):
        share = self.random.uniform(0.1, 0.9)
        amount = contract.currency_id.round((contract.amount_residual or 1000) * share)
        return contract.register_payment(amount, None, None).id

    def over(self, env, contract):
        extra = contract.currency_id.round(self.random.uniform(1000, 100000))
        amount = contract.currency_id.round(contract.amount_residual + extra)
        return contract.register_payment(amount, None, None).id

    def again(self, env, contract):
        payments = contract.sudo().payment_ids.filtered("realestate_external_ref")
        payments = payments.filtered(lambda payment: payment.state != "canceled")
        if payments:
            payment = self.random.choice(payments)
            reference = payment.realestate_external_ref
            return contract.register_payment(
                payment.amount, None, None, external_ref=reference
            ).id

    def undo(self, env, contract):
        payments = contract.payment_ids.filtered(lambda p: p.state != "canceled")
        if payments:
            self.random.choice(payments).action_cancel()

    def credit(self, env, contract):
        items = contract.installment_ids.filtered(lambda item: item.state != "planned")
        if items:
            move = self.random.choice(items).move_id
            wizard = env["account.move.reversal"].with_context(
                active_model="account.move", active_ids=move.ids
            )
            wizard.create({"journal_id": move.journal_id.id}).refund_moves()
            refund = move.reversal_move_ids.filtered(lambda m: m.state == "draft")
            refund.action_post()
            lines = (move + refund).line_ids.filtered(
                lambda line: (
                    line.account_id.account_type == "asset_receivable"
                    and not line.reconciled
                )
            )
            lines.reconcile()


def difference(env, contract):
    """Return how far the ledger of ``contract`` is from accounting, by two ways."""
    contract = env["realestate.contract"].browse(contract)
    env.cr.execute(LEDGER, {"contract": contract.id})
    receivable, residual, credit = env.cr.fetchone()
    by_hand = contract.currency_id.round(float(receivable - residual + credit))
    return by_hand, contract._get_ledger_difference()


def test_three_clerks_walk_two_hundred_steps_in_three_currencies(stage, office):
    with stage.env() as env:
        contracts = []
        for currency, decimals in CURRENCIES.items():
            desk = office.project_in(env, currency) if currency != "PHP" else office
            plan = desk.monthly_plan(env, 24)
            ids = desk.running(env, 3, first_of_month(20), plan, round(PRICE, decimals))
            contracts += ids
            money = env["realestate.contract"].browse(ids).currency_id
            assert (money.name, money.decimal_places) == (currency, decimals)

    def job(racer):
        clerk = Clerk(racer, office, contracts)
        for _step in range(STEPS):
            clerk.step()

    outcomes = stage.race(CLERKS, job)
    refused = [outcome for outcome in outcomes if outcome.refused]
    assert not refused, refused[0]
    busy = [outcome for outcome in outcomes if outcome.raw]
    assert {outcome.error for outcome in busy} <= COLLISIONS, busy[0]
    checks = [outcome.result for outcome in outcomes if outcome.key == "books"]
    assert len(checks) == STEPS * CLERKS
    assert set(checks) == {(0, 0)}
    done = Counter(outcome.key for outcome in outcomes if outcome.won)
    assert sum(done.values()) == 2 * STEPS * CLERKS, "each step was done in the end"
    assert len(done) == 7 + 1, "every operation was drawn"
    with stage.env() as env:
        assert [difference(env, contract) for contract in contracts] == [
            (0, 0) for _contract in contracts
        ]
        env.cr.execute(
            "SELECT SUM(balance) FROM account_move_line"
            " WHERE company_id = %s AND parent_state = 'posted'",
            [office.company],
        )
        assert env.cr.fetchone() == (0,)
        due = [("contract_id", "in", contracts), ("date_due", "<=", date.today())]
        standing = env["realestate.installment"].search(due).move_id
        assert len(standing.realestate_installment_id) == len(standing)
