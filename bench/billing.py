"""Billing what is due in batches, against one invoice at a time."""

from odoo.fields import Command

from . import world
from .harness import Table, Way, measure, ratio, row, scaled

CONTRACTS, ONE_BY_ONE = scaled((300, 20), (20, 5))
FASTER, QUERIES = 8, 12
ABOUT = (
    f"One instalment of each of {CONTRACTS} contracts falls due. `bill_due` makes and "
    "posts all the invoices; the plain loop does the same for the first "
    f"{ONE_BY_ONE}: `create` with the values of the very same invoice, `action_post`, "
    "link to the instalment. Both make the same entries, which is checked before."
)


def main(env):
    """Measure both ways without tax and with one tax of 12 %."""
    ids = world.build_once(env, _build)
    bench = Billing(env, ids["tax"])
    rows = []
    for taxed in (False, True):
        bench.check_same(taxed)
        ways = bench.ways(taxed)
        loop, batch = measure(env, ways, rounds=scaled(5, 1))
        faster = ratio(loop, batch)
        fast = row(ways[1].label, "invoice", batch)
        met = faster.wall >= FASTER and fast.queries <= QUERIES
        verdict = {
            "ratio": f"{faster} faster",
            "aim": f"≥ {FASTER}× faster, ≤ {QUERIES} queries",
            "met": met,
        }
        rows.append(row(ways[0].label, "invoice", loop))
        rows.append(row(ways[1].label, "invoice", batch, **verdict))
    return Table("Billing", ABOUT, rows)


class Billing:
    """The two ways to bill."""

    def __init__(self, env, tax):
        self.env = env
        self.tax = tax
        self.items = env["realestate.installment"]

    def ways(self, taxed):
        """Return the plain loop and the batch."""
        suffix = ", one tax" if taxed else ", no tax"

        def prepare():
            self.set_tax(taxed)

        return [
            Way(f"invoices one at a time{suffix}", self.bill_each, prepare),
            Way(f"`bill_due`{suffix}", self.bill_due, prepare),
        ]

    def set_tax(self, taxed):
        """Put the tax on instalments, or none."""
        product = self.env.ref("realestate_sales.product_installment")
        product.taxes_id = [Command.set([self.tax] if taxed else [])]

    def bill_due(self):
        """Bill everything that is due."""
        billed = self.items.bill_due(world.TODAY)
        assert billed == CONTRACTS, f"{billed} of {CONTRACTS} billed"
        return billed

    def bill_each(self):
        """Bill the first ones as a plain loop does."""
        items = self._due()
        for item in items:
            move = self.env["account.move"].create(
                item._prepare_invoice_values(world.TODAY)
            )
            move.action_post()
            item.move_id = move
        return len(items)

    def check_same(self, taxed):
        """Make sure that both ways come to the same entries."""
        found = []
        for way in (self.bill_each, self.bill_due):
            self.env.cr.rollback()
            self.set_tax(taxed)
            items = self._due()
            way()
            found.append([self._entry(item.move_id) for item in items])
            self.env.cr.rollback()
        assert found[0] == found[1], "the two ways made different entries"
        taxes = sum(bool(line["tax_line_id"]) for line in found[0][0])
        assert bool(taxes) == taxed, "the tax is not as it should be"

    def _due(self):
        return self.items.search(
            [("date_due", "<=", world.TODAY), ("move_id", "=", False)],
            order="date_due, id",
            limit=ONE_BY_ONE,
        )

    def _entry(self, move):
        assert move.state == "posted"
        names = (
            "account_id tax_line_id display_type partner_id currency_id name "
            "amount_currency debit credit date_maturity realestate_contract_id"
        )
        lines = move.line_ids.read(names.split(), load=None)
        for line in lines:
            del line["id"]
        return sorted(lines, key=lambda line: (line["account_id"], line["credit"]))


def _build(env):
    world.build_running(env, CONTRACTS)
    tax = env["account.tax"].create(
        {"name": "VAT 12 %", "amount": 12, "type_tax_use": "sale"}
    )
    return {"tax": tax.id}
