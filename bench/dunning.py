"""Choosing who is dunned among 100,000 contracts, against the bare SQL aggregate."""

from datetime import timedelta

from odoo.tools import SQL

from . import bulk, world
from .harness import Table, Way, measure, ratio, row, scaled

CONTRACTS = scaled(100_000, 2_000)
MONTHS = 60
AIM = 3
ABOUT = (
    f"{CONTRACTS:,} running contracts of {MONTHS} monthly instalments, made by SQL, "
    "begun over five years. Three of four are one to four instalments late and "
    "have had every notice that was due until yesterday, as on an ordinary day. The "
    "bare aggregate sums what is overdue by contract and fetches the rows. Gathering "
    "adds what falls due next, credit and earlier notices; the selection decides on "
    "every contract with something due; the whole run also writes the notices and one "
    "decision for each contract. One buyer in fifty is held."
)


def main(env):
    """Measure the aggregate, the gathering, the selection, then whole runs."""
    ids = world.build_once(env, _build)
    bench = Dunning(env)
    ways = [
        Way("bare aggregate of what is overdue", bench.aggregate),
        Way("gathering the facts", bench.gather),
        Way("selection: facts and decisions", bench.select, bench.open_run),
    ]
    samples = measure(env, ways, rounds=scaled(7, 1))
    whole = Way("whole run, written down", bench.run)
    [run] = measure(env, [whole], rounds=scaled(3, 1), warm_up=False)
    rows = [row(ways[0].label, "run", samples[0])]
    for way, found in zip(ways[1:], samples[1:], strict=True):
        rows.append(_compared(way, found, samples[0]))
    rows.append(row(whole.label, "run", run))
    notes = [
        f"{ids['items']:,} overdue items on {ids['contracts']:,} contracts, "
        f"{ids['notices']:,} earlier notices; the run looks at {bench.looked_at:,} "
        f"contracts and sends {bench.sent:,} notices."
    ]
    return Table("Dunning", ABOUT, rows, notes)


def _compared(way, samples, aggregate):
    slower = ratio(samples, aggregate)
    verdict = {"ratio": f"{slower} the aggregate"}
    if way.label.startswith("selection"):
        verdict |= {"aim": f"≤ {AIM}×", "met": slower.wall <= AIM}
    return row(way.label, "run", samples, **verdict)


class Dunning:
    """The steps of a run, one by one."""

    def __init__(self, env):
        self.env = env
        self.company = env.company
        self.current = None
        self.looked_at = self.sent = 0

    def aggregate(self):
        """Sum what is overdue by contract, as plainly as SQL can."""
        rows = self.env.execute_query(
            SQL(
                """SELECT contract_id, min(date_due), count(*), sum(amount_residual)
                     FROM realestate_installment
                    WHERE amount_residual > 0 AND date_due < %s
                 GROUP BY contract_id""",
                world.TODAY,
            )
        )
        assert rows
        return 1

    def gather(self):
        """Gather the facts that the decisions need."""
        ahead = self.env["realestate.dunning.ladder"]._get_reminder_days(self.company)
        facts = self.env["realestate.dunning.facts"]
        assert facts._collect(self.company, world.TODAY, ahead)
        return 1

    def open_run(self):
        """Create the run that decides."""
        self.current = self.env["realestate.dunning.run"].create(
            {"company_id": self.company.id, "date": world.TODAY}
        )

    def select(self):
        """Gather and decide."""
        assert self.current._decide()
        return 1

    def run(self):
        """Run the ladder wholly."""
        run = self.env["realestate.dunning.ladder"].run()
        self.looked_at, self.sent = run.contract_count, run.send_count
        assert self.looked_at == CONTRACTS + 1, f"{self.looked_at} contracts looked at"
        return 1


# === BUILDING === #

#: What is known of contract number n: begun so many months ago, so many items late.
AGE = SQL("(n %% %s)", MONTHS)
LATE = SQL(
    "(CASE WHEN n %% 17 < 13 THEN least(%s + 1, 1 + n / 17 %% 4) ELSE 0 END)", AGE
)
START = SQL(
    "(%s - %s * interval '1 month' - (1 + n %% 28) * interval '1 day')",
    world.TODAY,
    AGE,
)


def _build(env):
    company = world.set_up_books(env)
    building = world.create_project(env)
    units = world.create_units(building, 1)
    buyers = world.create_buyers(env, 5_000)
    contract = world.create_contracts(units, buyers[0], world.create_plan(env, MONTHS))
    env["realestate.installment"].bill_due(world.TODAY)
    bulk.multiply(
        contract,
        SQL("generate_series(1, %s) AS n", CONTRACTS),
        name=SQL("'BENCH-' || n"),
        partner_id=bulk.pick(buyers.ids, SQL("n")),
        date_start=SQL("%s::date", START),
    )
    with bulk.fast_inserts(env, "realestate.installment"):
        build_installments(contract)
    with bulk.fast_inserts(env, "account.move.line"):
        build_entries(env, contract)
    _build_notices(env, contract)
    _build_holds(contract)
    return {"company": company.id, **_count(env)}


def _made(columns):
    """SQL of the copied contracts with their number n and ``columns``."""
    return SQL(
        "(SELECT id, partner_id, n, %s FROM (SELECT *, substr(name, 7)::int AS n"
        " FROM realestate_contract WHERE name LIKE 'BENCH-%%') contract) AS made",
        columns,
    )


def build_installments(contract):
    """Copy the instalments to all contracts.

    The invoice of the pattern stands for those of all that was billed: nobody who
    selects reads it.
    """
    item = contract.installment_ids
    due = SQL("pattern.sequence <= made.age + 1")
    late = SQL("%s AND pattern.sequence > made.age + 1 - made.late", due)

    def amount(condition):
        return SQL("CASE WHEN %s THEN pattern.amount ELSE 0 END", condition)

    bulk.multiply(
        item,
        _made(SQL("%s AS age, %s AS late, %s AS start", AGE, LATE, START)),
        contract_id=SQL("made.id"),
        partner_id=SQL("made.partner_id"),
        date_due=SQL(
            "(made.start + (pattern.sequence - 1) * interval '1 month')::date"
        ),
        move_id=SQL("CASE WHEN %s THEN %s END", due, item.move_id.id),
        state=SQL(
            "CASE WHEN NOT %s THEN 'planned' WHEN %s THEN 'billed' ELSE 'paid' END",
            due,
            late,
        ),
        amount_billed=amount(due),
        amount_paid=amount(SQL("%s AND NOT (%s)", due, late)),
        amount_residual=amount(late),
    )


def build_entries(env, contract):
    """Receivable lines: the open ones, a settled one of each contract, and credit of
    one buyer in eight that is not late; billing and payments use up that of the late,
    so that only hands in accounting leave them some."""
    line = env["account.move.line"].search(
        [
            ("realestate_contract_id", "=", contract.id),
            ("account_id.account_type", "=", "asset_receivable"),
        ]
    )
    source = SQL(
        """(SELECT contract_id, partner_id, amount_residual AS open
              FROM realestate_installment
             WHERE amount_residual > 0 AND contract_id != %(pattern)s
         UNION ALL
            SELECT id, partner_id, 0 FROM realestate_contract
         UNION ALL
            SELECT id, partner_id, -1000 FROM realestate_contract contract
             WHERE id %% 8 = 0
               AND (id %% 800 = 0 OR NOT EXISTS (
                   SELECT FROM realestate_installment item
                    WHERE item.contract_id = contract.id AND amount_residual > 0))
            ) AS made""",
        pattern=contract.id,
    )
    bulk.multiply(
        line,
        source,
        realestate_contract_id=SQL("made.contract_id"),
        partner_id=SQL("made.partner_id"),
        amount_residual=SQL("made.open"),
        amount_residual_currency=SQL("made.open"),
    )


def _build_notices(env, contract):
    """Every notice that was due until yesterday has been sent on its day."""
    ladder = env.company.realestate_dunning_ladder_id
    run = env["realestate.dunning.run"].create(
        {"company_id": env.company.id, "date": world.TODAY - timedelta(days=1)}
    )
    for level in ladder.level_ids:
        notice = env["realestate.dunning.notice"].create(
            {
                "run_id": run.id,
                "contract_id": contract.id,
                "level_id": level.id,
                "level_days": level.days,
                "date": world.TODAY - timedelta(days=1000 + level.days),
            }
        )
        bulk.multiply(
            notice,
            _asked_for(level, contract),
            contract_id=SQL("made.contract_id"),
            partner_id=SQL("made.partner_id"),
            date=SQL("made.day"),
            state=SQL("'sent'"),
        )
    run.date -= timedelta(days=1)


def _build_holds(contract):
    """One buyer in fifty is held, for promises and disputes are daily work."""
    hold = contract._hold_dunning("promise", "Held")
    bulk.multiply(
        hold,
        SQL(
            """(SELECT id, partner_id FROM realestate_contract
                 WHERE id %% 50 = 0 AND id != %s) AS made""",
            contract.id,
        ),
        contract_id=SQL("made.id"),
        partner_id=SQL("made.partner_id"),
    )
    hold.sudo().unlink()


def _asked_for(level, contract):
    """SQL of contracts that should have had ``level``, and the day."""
    if level.kind == "reminder":
        chosen = SQL("move_id IS NULL AND date_due >= %s", world.TODAY)
    else:
        chosen = SQL("amount_residual > 0")
    return SQL(
        """(SELECT contract_id, partner_id, min(date_due) + %(days)s AS day
              FROM realestate_installment
             WHERE %(chosen)s AND contract_id != %(pattern)s
          GROUP BY contract_id, partner_id
            HAVING min(date_due) + %(days)s < %(today)s) AS made""",
        chosen=chosen,
        pattern=contract.id,
        days=level.days,
        today=world.TODAY,
    )


def _count(env):
    [counts] = env.execute_query(
        SQL(
            """SELECT count(*), count(DISTINCT contract_id),
                      (SELECT count(*) FROM realestate_dunning_notice)
                 FROM realestate_installment
                WHERE amount_residual > 0 AND date_due < %s""",
            world.TODAY,
        )
    )
    return dict(zip(("items", "contracts", "notices"), counts, strict=True))
