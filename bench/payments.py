"""Booking payments in bulk, against the wizard of accounting one at a time."""

from . import world
from .harness import Table, Way, measure, ratio, row, scaled

CONTRACTS, ONE_BY_ONE = scaled((300, 20), (20, 5))
FASTER = 4
ABOUT = (
    f"Each of {CONTRACTS} contracts has one open invoice, and its buyer pays it. "
    "`_register_payments` books and matches all the payments; "
    f"`account.payment.register` does the first {ONE_BY_ONE}, one at a time. Both "
    "leave the invoices paid, which is checked."
)


def main(env):
    """Measure both ways."""
    world.build_once(env, _build)
    bench = Payments(env)
    ways = [
        Way("`account.payment.register`, one at a time", bench.pay_each),
        Way("`_register_payments`", bench.pay_all),
    ]
    wizard, bulk = measure(env, ways, rounds=scaled(5, 1))
    faster = ratio(wizard, bulk)
    verdict = {
        "ratio": f"{faster} faster",
        "aim": f"≥ {FASTER}× faster",
        "met": faster.wall >= FASTER,
    }
    rows = [
        row(ways[0].label, "payment", wizard),
        row(ways[1].label, "payment", bulk, **verdict),
    ]
    return Table("Payments", ABOUT, rows)


class Payments:
    """The two ways to book what buyers paid."""

    def __init__(self, env):
        self.env = env

    def pay_all(self):
        """Book all payments in one call."""
        items = self._open()
        requests = [
            {
                "contract": item.contract_id,
                "amount": item.amount_residual,
                "journal": None,
                "date": world.TODAY,
                "external_ref": f"BENCH-{item.id}",
            }
            for item in items
        ]
        self.env["realestate.contract"]._register_payments(requests)
        return self._check(items)

    def pay_each(self):
        """Pay the first invoices from the form of each."""
        items = self._open(limit=ONE_BY_ONE)
        journal = items.company_id.realestate_bank_journal_id
        for item in items:
            register = self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=item.move_id.ids
            )
            values = {"payment_date": world.TODAY, "journal_id": journal.id}
            register.create(values).action_create_payments()
        return self._check(items)

    def _open(self, limit=None):
        return self.env["realestate.installment"].search(
            [("amount_residual", ">", 0)], limit=limit
        )

    def _check(self, items):
        states = set(items.mapped("state"))
        assert states == {"paid"}, f"instalments are {states} after the payment"
        return len(items)


def _build(env):
    world.build_running(env, CONTRACTS)
    billed = env["realestate.installment"].bill_due(world.TODAY)
    assert billed == CONTRACTS
    return {"billed": billed}
