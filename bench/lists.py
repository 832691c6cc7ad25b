"""Opening the lists people work in: 20,000 units, a third of them claimed."""

from ast import literal_eval
from datetime import timedelta

from lxml import etree

from odoo.fields import Command
from odoo.tools import SQL

from . import bulk, world
from .harness import Table, Way, measure, ratio, row, scaled

FEW, MANY = scaled((2_000, 20_000), (200, 2_000))
PROJECTS = 10
PAGE, COUNT_LIMIT = 80, 10_001
ABOUT = (
    f"What the web client asks for when a contract officer opens the list. One company "
    f"has {MANY:,} units in {PROJECTS} projects (an eighth held, an eighth reserved, a "
    "twelfth sold) and as many contracts of 12 instalments; another has "
    f"{FEW:,} of each, in the same database. The ratio compares the two: what "
    "ten times the records cost."
)


def main(env):
    """Measure the calls in the small and in the large company by turns."""
    ids = world.build_once(env, _build)
    officer = env["res.users"].browse(ids["officer"])
    sides = []
    for company in ids["companies"]:
        context = {**env.context, "allowed_company_ids": [company]}
        user_env = env(user=officer, context=context)
        sides.append(_unit_ways(user_env) + _contract_ways(user_env))
    ways = [way for pair in zip(*sides, strict=True) for way in pair]
    samples = measure(env, ways, rounds=scaled(9, 2))
    rows = []
    for number, way in enumerate(ways[1::2]):
        small, large = samples[2 * number], samples[2 * number + 1]
        growth = f"{ratio(large, small)} that of {FEW:,}"
        rows.append(row(way.label, "call", large, ratio=growth))
    return Table("Lists", ABOUT, rows)


# === CALLS === #


def _unit_ways(env):
    units = env["realestate.unit"]
    count = f"{MANY:,} units"
    counters = {"enable_counters": True}
    return [
        Way(f"{count}: a page of {PAGE}", _opening(units)),
        Way(f"{count}: count", _call(units.search_count, [])),
        Way(f"{count}: a page of the available", _opening(units, "available")),
        Way(f"{count}: grouped by state", _grouping(units, "price_list:sum")),
        Way(
            f"{count}: panel, counted by project",
            _call(units.search_panel_select_range, "project_id", **counters),
        ),
        Way(
            f"{count}: panel, counted by kind",
            _call(units.search_panel_select_multi_range, "kind", **counters),
        ),
    ]


def _contract_ways(env):
    contracts = env["realestate.contract"]
    count = f"{MANY:,} contracts"
    return [
        Way(f"{count}: a page of {PAGE}", _opening(contracts)),
        Way(f"{count}: a page of the overdue", _opening(contracts, "overdue")),
        Way(f"{count}: grouped by state", _grouping(contracts, "amount_total:sum")),
    ]


def _call(method, *arguments, **options):
    def run():
        assert method(*arguments, **options)
        return 1

    return run


def _opening(model, filter_name=None):
    """A page with the columns of the list view, under a filter of the search view."""
    arch = etree.fromstring(model.get_view(view_type="list")["arch"])
    specification = {}
    for node in arch.iterfind("field"):
        field = model._fields[node.get("name")]
        shown = {"fields": {"display_name": {}}} if field.relational else {}
        specification[field.name] = shown
    domain = []
    if filter_name:
        search = etree.fromstring(model.get_view(view_type="search")["arch"])
        node = search.find(f".//filter[@name='{filter_name}']")
        domain = literal_eval(node.get("domain"))
    options = {"limit": PAGE, "count_limit": COUNT_LIMIT}
    return _call(model.web_search_read, domain, specification, **options)


def _grouping(model, *sums):
    return _call(model.web_read_group, [], ["state"], ["__count", *sums], limit=PAGE)


# === BUILDING === #


def _build(env):
    home = world.set_up_books(env)
    other = env["res.company"].create({"name": "A Smaller Developer"})
    env.user.company_ids += other
    sizes = {other: FEW, home: MANY}
    officer = env["res.users"].create(
        {
            "name": "Officer",
            "login": "bench_officer",
            "group_ids": [
                Command.set(env.ref("realestate_sales.group_officer").ids),
                Command.link(env.ref("base.group_user").id),
            ],
            "company_id": home.id,
            "company_ids": [Command.set((home | other).ids)],
        }
    )
    buyers = world.create_buyers(env, 500)
    plan = world.create_plan(env, 12)
    for company, count in sizes.items():
        for number in range(PROJECTS):
            unit = _build_units(env, company, number, count // PROJECTS)
            _build_contracts(unit, buyers, plan)
            _build_claims(unit, buyers)
    return {"officer": officer.id, "companies": [company.id for company in sizes]}


def _build_units(env, company, number, count):
    """Build the units of one project; return the first one."""
    building = world.create_project(
        env, name=f"Project {number}", code=f"P{number}", company_id=company.id
    )
    unit = world.create_units(building, 1)
    bulk.multiply(
        unit,
        SQL("generate_series(2, %s) AS n", count),
        number=SQL("n::text"),
        name=SQL("'T1-' || n"),
        floor=SQL("(1 + n / 20)::text"),
        floor_sequence=SQL("10 * (1 + n / 20)"),
        kind=SQL("CASE WHEN n %% 5 = 0 THEN 'parking' ELSE 'home' END"),
    )
    return unit


def _build_claims(unit, buyers):
    """Claim a third of the units of a project."""
    unit.env.cr.execute(
        SQL(
            """INSERT INTO realestate_unit_claim
                      (unit_id, company_id, partner_id, user_id, live, kind, expires_at,
                       create_date)
               SELECT id, company_id, %(buyer)s, create_uid, TRUE,
                      CASE WHEN id %% 24 < 3 THEN 'hold'
                           WHEN id %% 24 < 6 THEN 'reservation'
                           ELSE 'contract' END,
                      CASE WHEN id %% 24 < 6 THEN now() + interval '9 days' END,
                      create_date
                 FROM realestate_unit
                WHERE project_id = %(project)s AND id %% 24 < 8
          ON CONFLICT DO NOTHING""",
            project=unit.project_id.id,
            buyer=bulk.pick(buyers.ids, SQL("id")),
        )
    )


def _build_contracts(unit, buyers, plan):
    """Build a running contract for each unit of a project: paid until last month, every
    fourth one late since. It claims nothing: claims are what the units are listed by.
    """
    day = world.TODAY - timedelta(days=200)
    contract = world.create_contracts(unit, buyers[0], plan, day)
    project = unit.project_id.id
    units = SQL(
        "(SELECT id, number FROM realestate_unit"
        " WHERE project_id = %s AND id != %s) AS unit",
        project,
        unit.id,
    )
    buyer = bulk.pick(buyers.ids, SQL("unit.id"))
    bulk.multiply(
        contract,
        units,
        name=SQL("pattern.name || '-' || unit.number"),
        partner_id=buyer,
    )
    made = SQL(
        """(SELECT contract.id, contract.partner_id, unit.id AS unit
              FROM realestate_contract contract
              JOIN realestate_unit unit ON unit.project_id = contract.project_id
               AND contract.name = %s || '-' || unit.number
             WHERE contract.project_id = %s) AS made""",
        contract.name,
        project,
    )
    same = {"contract_id": SQL("made.id")}
    bulk.multiply(contract.line_ids, made, **same, unit_id=SQL("made.unit"))
    bulk.multiply(contract.buyer_ids, made, **same, partner_id=SQL("made.partner_id"))
    due = contract.installment_ids.filtered(lambda item: item.date_due < world.TODAY)
    bulk.multiply(
        due[:-1],
        made,
        **same,
        state=SQL("'paid'"),
        amount_billed=SQL("pattern.amount"),
        amount_paid=SQL("pattern.amount"),
    )
    late = SQL("made.id %% 4 = 0")
    bulk.multiply(
        due[-1:],
        made,
        **same,
        state=SQL("CASE WHEN %s THEN 'billed' ELSE 'paid' END", late),
        amount_billed=SQL("pattern.amount"),
        amount_paid=SQL("CASE WHEN %s THEN 0 ELSE pattern.amount END", late),
        amount_residual=SQL("CASE WHEN %s THEN pattern.amount ELSE 0 END", late),
    )
    bulk.multiply(contract.installment_ids - due, made, **same)
