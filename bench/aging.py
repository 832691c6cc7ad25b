"""The aging of everything open among 100,000 contracts, against bare SQL."""

from datetime import timedelta

from odoo.tools import SQL

from odoo.addons.realestate_collection.tools.aging import BUCKETS, NAMES

from . import bulk, dunning, world
from .harness import Table, Way, measure, ratio, row, scaled

CONTRACTS = dunning.CONTRACTS
MONTHS = dunning.MONTHS
AIM = 2
#: What the aggregate answers as well; it knows neither more columns nor days gone by.
AIMED = ("aging: every contract", "aging: summed", "aging: first page")
#: Money of so many days is matched entry by entry; older ones are settled.
HISTORY = 180
PAST = world.TODAY - timedelta(days=30)
ABOUT = (
    f"{CONTRACTS:,} running contracts of {MONTHS} monthly instalments, made by SQL. "
    "Three of four are one to four instalments late. The bare aggregate sums by "
    "contract and bucket what is open of the instalments, and fetches the rows; the "
    "aging does so from accounting's entries, with fees and credit. All its columns: "
    "with project, buyer, officer, balance, days late and their number. "
    f"For a day gone by it takes the books back by what was matched since: {HISTORY} "
    "days of payments have their entries."
)


def main(env):
    """Measure the aggregate, the aging of today and that of a month ago."""
    ids = world.build_once(env, _build)
    bench = Aging(env)
    ways = [
        Way("bare aggregate of what is open, by contract and bucket", bench.aggregate),
        Way("aging: every contract", bench.rows),
        Way("aging, all columns: every contract", bench.all_rows),
        Way("aging: summed by project and officer, as the pivot asks", bench.sums),
        Way("aging: first page of the list", bench.page),
        Way("aging as of a month ago: every contract", bench.past),
        Way("aging as of a month ago: summed by project and officer", bench.past_sums),
    ]
    samples = measure(env, ways, rounds=scaled(5, 1))
    rows = [row(ways[0].label, "run", samples[0])]
    for way, found in zip(ways[1:], samples[1:], strict=True):
        rows.append(_compared(way, found, samples[0]))
    note = (
        f"{ids['items']:,} open items on {bench.count:,} contracts; "
        f"{ids['matches']:,} matches of entries."
    )
    return Table("Aging", ABOUT, rows, [note])


def _compared(way, samples, aggregate):
    slower = ratio(samples, aggregate)
    verdict = {"ratio": f"{slower} the aggregate"}
    if way.label.startswith(AIMED):
        verdict |= {"aim": f"≤ {AIM}×", "met": slower.wall <= AIM}
    return row(way.label, "run", samples, **verdict)


#: What the aggregate says of a contract.
COLUMNS = SQL(", ").join(
    SQL.identifier(name)
    for name in (
        "contract_id",
        "date_oldest",
        "amount_total",
        *(f"amount_{name}" for name in NAMES),
    )
)


def _bucket_sum(bucket):
    name, first, last = bucket
    conditions = []
    if last is not None:
        conditions.append(SQL("date_due >= %s", world.TODAY - timedelta(days=last)))
    if first is not None:
        conditions.append(SQL("date_due <= %s", world.TODAY - timedelta(days=first)))
    return SQL(
        "sum(amount_residual) FILTER (WHERE %s) AS %s",
        SQL(" AND ").join(conditions),
        SQL.identifier(name),
    )


class Aging:
    """What is asked of the aging."""

    def __init__(self, env):
        self.env = env
        self.count = 0

    def aggregate(self):
        """Sum what is open by contract and bucket, as plainly as SQL can."""
        rows = self.env.execute_query(
            SQL(
                """SELECT contract_id, min(date_due), sum(amount_residual), %s
                     FROM realestate_installment
                    WHERE amount_residual > 0
                 GROUP BY contract_id""",
                SQL(", ").join(map(_bucket_sum, BUCKETS)),
            )
        )
        assert rows
        return 1

    def _rows(self, columns, day=None):
        model = self.env["realestate.aging"].with_context(aging_date=day)
        return self.env.execute_query(
            SQL("SELECT %s FROM (%s) aging", columns, model._table_query)
        )

    def rows(self):
        """One row a contract, with what the aggregate has."""
        self.count = len(self._rows(COLUMNS))
        assert self.count
        return 1

    def all_rows(self):
        """One row a contract, with all that the aging knows."""
        assert len(self._rows(SQL("*"))) == self.count
        return 1

    def sums(self):
        """One row a project, officer and currency."""
        by = ["project_id", "user_id", "currency_id"]
        assert self.env["realestate.aging"].get_aging(groupby=by)
        return 1

    def page(self):
        """Eighty rows and how many there are, as the list asks."""
        aging = self.env["realestate.aging"]
        found = aging.web_search_read(
            [("amount_overdue", ">", 0)],
            {"amount_overdue": {}, "amount_balance": {}, "days_late": {}},
            limit=80,
        )
        assert found["length"] > len(found["records"]) or CONTRACTS < 5000
        return 1

    def past(self):
        """One row a contract, as the books stood a month ago."""
        assert self._rows(COLUMNS, PAST)
        return 1

    def past_sums(self):
        """One row a project, officer and currency, a month ago."""
        by = ["project_id", "user_id", "currency_id"]
        assert self.env["realestate.aging"].get_aging(PAST, by)
        return 1


# === BUILDING === #


def _build(env):
    company = world.set_up_books(env)
    building = world.create_project(env)
    buyers = world.create_buyers(env, 5_000)
    contract = world.create_contracts(
        world.create_units(building, 1), buyers[0], world.create_plan(env, MONTHS)
    )
    env["realestate.installment"].bill_due(world.TODAY)
    contract.register_payment(
        contract.installment_ids[0].amount, None, world.TODAY, memo="Pattern"
    )
    bulk.multiply(
        contract,
        SQL("generate_series(1, %s) AS n", CONTRACTS),
        name=SQL("'BENCH-' || n"),
        partner_id=bulk.pick(buyers.ids, SQL("n")),
        date_start=SQL("%s::date", dunning.START),
    )
    with bulk.fast_inserts(env, "realestate.installment"):
        dunning.build_installments(contract)
    with bulk.fast_inserts(env, "account.move.line"):
        _build_invoices(env, contract)
        _build_payments(env, contract)
    with bulk.fast_inserts(env, "account.partial.reconcile"):
        _build_matches(env, contract)
    return {"company": company.id, **_count(env)}


#: What an entry takes from its source.
MADE = {
    "realestate_contract_id": SQL("made.contract_id"),
    "partner_id": SQL("made.partner_id"),
    "date": SQL("made.day"),
    "amount_residual": SQL("made.open"),
    "amount_residual_currency": SQL("made.open"),
    "reconciled": SQL("made.open = 0"),
}


def _get_lines(env, contract):
    return env["account.move.line"].search(
        [
            ("realestate_contract_id", "=", contract.id),
            ("account_id.account_type", "=", "asset_receivable"),
        ],
        order="balance desc",
    )


def _build_invoices(env, contract):
    """Receivable lines of what is open, and of what was paid of late."""
    invoice = _get_lines(env, contract)[0]
    source = SQL(
        """(SELECT id, contract_id, partner_id, date_due AS day, amount_residual AS open
              FROM realestate_installment
             WHERE contract_id != %s AND move_id IS NOT NULL
               AND (amount_residual > 0 OR date_due > %s)) AS made""",
        contract.id,
        world.TODAY - timedelta(days=HISTORY),
    )
    bulk.multiply(
        invoice,
        source,
        name=SQL("'BENCH-' || made.id"),
        date_maturity=SQL("made.day"),
        **MADE,
    )


def _build_payments(env, contract):
    """The payment of each that was paid, five days late; one buyer in 50 has credit."""
    payment = _get_lines(env, contract)[-1]
    source = SQL(
        """(SELECT name, realestate_contract_id AS contract_id, partner_id,
                   date + 5 AS day,
                   0 AS open
              FROM account_move_line
             WHERE name LIKE 'BENCH-%%' AND amount_residual = 0
         UNION ALL
            SELECT 'CREDIT', id, partner_id, %s::date, -1000
              FROM realestate_contract WHERE id %% 50 = 0) AS made""",
        world.TODAY,
    )
    bulk.multiply(
        payment,
        source,
        name=SQL("replace(made.name, 'BENCH', 'PAID')"),
        **MADE,
    )


def _build_matches(env, contract):
    """What joins an invoice and its payment."""
    [match] = env["account.partial.reconcile"].search(
        [("debit_move_id", "in", _get_lines(env, contract).ids)], limit=1
    )
    source = SQL(
        """(SELECT debit.id AS debit, credit.id AS credit, credit.date AS day
              FROM account_move_line credit
              JOIN account_move_line debit
                ON debit.name = replace(credit.name, 'PAID', 'BENCH')
             WHERE credit.name LIKE 'PAID-%%') AS made"""
    )
    bulk.multiply(
        match,
        source,
        debit_move_id=SQL("made.debit"),
        credit_move_id=SQL("made.credit"),
        max_date=SQL("made.day"),
        full_reconcile_id=SQL("NULL::integer"),
    )


def _count(env):
    [counts] = env.execute_query(
        SQL(
            """SELECT (SELECT count(*) FROM realestate_installment
                        WHERE amount_residual > 0),
                      (SELECT count(*) FROM account_partial_reconcile)"""
        )
    )
    return dict(zip(("items", "matches"), counts, strict=True))
