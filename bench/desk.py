"""The collector's desk with 20,000 cases: what the server answers, and the screen."""

from datetime import timedelta

from odoo.fields import Command, Datetime
from odoo.tools import SQL

from . import bulk, desk_screen, dunning, world
from .harness import Table, Way, measure, ratio, row, scaled

#: Of which so many are late enough for a case.
CONTRACTS = scaled(28_000, 600)
CASES = scaled(20_000, 400)
OFFICERS = 10
LOGIN = "bench_collector"
AIM = 1_000
ABOUT = (
    f"What `realestate.collection.desk` answers. {CONTRACTS:,} running contracts of "
    f"{dunning.MONTHS} instalments, {CASES:,} of them late with an open case each, of "
    f"{OFFICERS} officers; each case has three contacts, each fifth a promise. One of "
    "the officers sees a tenth of them as “mine”, a manager all. Below that the "
    "screen, in Chromium on the same cores as server and database: from the click on "
    "the menu, or the beginning of the navigation, to the first frame with the queue "
    "and the first account; from a key to the frame with the next account. CPU of the "
    "screen is the work of the page's main thread."
)


def main(env):
    """Measure the calls as the officer and as the manager by turns, then the screen."""
    ids = world.build_once(env, _build)
    mine, all_ = (
        _ways(env(user=ids[who]), who, ids[who]) for who in ("officer", "manager")
    )
    ways = [way for pair in zip(mine, all_, strict=True) for way in pair]
    samples = measure(env, ways, rounds=scaled(9, 1))
    rows = []
    for number, (way, found) in enumerate(zip(ways, samples, strict=True)):
        verdict = {}
        if number % 2:
            verdict["ratio"] = f"{ratio(found, samples[number - 1])} the officer's"
        rows.append(row(way.label, "call", found, **verdict))
    rows += desk_screen.measure(env, LOGIN, rounds=scaled(7, 1), aim=AIM)
    notes = [f"{ids['cases']:,} open cases, {ids['items']:,} instalments."]
    return Table("Desk", ABOUT, rows, notes)


def _ways(env, who, user):
    desk = env["realestate.collection.desk"]
    filters = {"officer": user if who == "officer" else None}
    page = desk.get_queue("my_day", filters)
    assert page["rows"] and page["after"]
    contract = page["rows"][0]["id"]
    calls = {
        "open the desk": (desk.open_desk, filters),
        "next page": (desk.get_queue, "my_day", filters, page["after"]),
        "all cases": (desk.get_queue, "all", filters),
        "counts": (desk.get_counts, filters),
        "search a name": (desk.get_queue, "search", {"text": "buyer 77"}),
        "an account": (desk.get_account, contract),
        "its timeline": (desk.get_panel, contract, "timeline"),
        "its ledger": (desk.get_panel, contract, "ledger"),
        "team": (env(user=1)["realestate.collection.desk"].get_team, "month"),
    }
    return [Way(f"{who}: {label}", _call(*call)) for label, call in calls.items()]


def _call(method, *arguments):
    def run():
        assert method(*arguments)
        return 1

    return run


# === BUILDING === #


def _build(env):
    company = world.set_up_books(env)
    building = world.create_project(env)
    units = world.create_units(building, 1)
    buyers = world.create_buyers(env, 5_000)
    plan = world.create_plan(env, dunning.MONTHS)
    contract = world.create_contracts(units, buyers[0], plan)
    env["realestate.installment"].bill_due(world.TODAY)
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
        dunning.build_entries(env, contract)
    officers = _create_officers(env)
    # PostgreSQL knows nothing yet of what was just inserted.
    env.cr.execute("ANALYZE")
    env["realestate.collection.case"]._refresh(company, world.TODAY)
    _build_work(env, officers)
    return {
        "officer": officers[0].id,
        "manager": _create_user(env, "manager", "group_manager").id,
        "cases": env["realestate.collection.case"].search_count([]),
        "items": env["realestate.installment"].search_count([]),
    }


def _create_user(env, login, group):
    group = env.ref(f"realestate_collection.{group}")
    values = {"name": login, "login": login, "password": login}
    return env["res.users"].create({**values, "group_ids": [Command.set(group.ids)]})


def _create_officers(env):
    logins = [LOGIN, *(f"{LOGIN}_{number}" for number in range(1, OFFICERS))]
    users = [_create_user(env, login, "group_officer") for login in logins]
    return env["res.users"].concat(*users)


def _build_work(env, officers):
    """Share the cases out, plan them, and give them a past."""
    owner = bulk.pick(officers.ids, SQL("id"))
    env.cr.execute(
        SQL(
            """UPDATE realestate_collection_case
                  SET user_id = %(owner)s, risk = id %% 100,
                      next_action = CASE WHEN id %% 4 > 0 THEN 'call' END,
                      date_next = CASE WHEN id %% 4 > 0
                          THEN %(today)s + (id %% 21 - 10)::int END,
                      has_reply = id %% 50 = 0""",
            owner=owner,
            today=world.TODAY,
        )
    )
    cases = SQL("(SELECT * FROM realestate_collection_case) AS made")
    same = {
        name: SQL.identifier("made", name)
        for name in ("contract_id", "partner_id", "user_id")
    }
    same["case_id"] = SQL("made.id")
    case = env["realestate.collection.case"].search([], limit=1)
    for days in (2, 9, 40):
        event = env["realestate.collection.event"]._record(
            [{"case_id": case.id, "contract_id": case.contract_id.id, "kind": "call"}]
        )
        # Copies of a copy would be made twice.
        event.date = Datetime.now() - timedelta(days=days)
        bulk.multiply(event, cases, **same)
    _build_promises(env, case, same)


def _build_promises(env, case, same):
    case.contract_id.log_contact(
        "call", "promised", promise_amount=1_000, promise_date=world.TODAY
    )
    bulk.multiply(
        case.contract_id.promise_ids,
        SQL("(SELECT * FROM realestate_collection_case WHERE id %% 5 = 0) AS made"),
        **same,
        date=SQL("%s + (made.id %% 30 - 3)::int", world.TODAY),
    )
