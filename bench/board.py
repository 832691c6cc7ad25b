"""The sales control board: loading it, and what a change costs those who look at it."""

from odoo.fields import Command
from odoo.tools import SQL

from . import board_screen, bulk, world
from .harness import Table, Way, measure, ratio, row, scaled

#: Units of a project: towers, floors, homes on a floor.
TOWERS = {
    30: (1, 6, 5),
    300: (2, 15, 10),
    2_000: (5, 25, 16),
    10_000: (20, 25, 20),
}
FEW, MANY = scaled((2_000, 10_000), (30, 300))
CHANGED = 20
LOGIN = "bench_officer"
ABOUT = (
    f"What `realestate.board` answers to a contract officer. One project has {MANY:,} "
    f"units, another one {FEW:,}, in towers of 25 floors; a twelfth is held, a tenth "
    f"reserved, four tenths sold. Changes are of {CHANGED} units. The aim is at most 2 "
    "queries per 1,000 units. Below that the screen itself, in Chromium on the same "
    "cores as server and database: from the beginning of the navigation to the first "
    "frame with units, caches warm; from the event of a hand to the frame that "
    "answers; from the commit of somebody else's hold to the frame that shows it. CPU "
    "is the work of the page's main thread."
)
TYPES = [("Studio", 0), ("1BR", 1), ("2BR", 2), ("3BR", 3)]
VIEWS = ["Bay", "City", "Garden", "Pool"]


def main(env):
    """Measure the calls on the small and on the large project by turns."""
    ids = world.build_once(env, _build)
    board = env(user=ids["officer"])["realestate.board"]
    few, many = (_ways(board, ids[str(size)], size) for size in (FEW, MANY))
    ways = [way for pair in zip(few, many, strict=True) for way in pair]
    samples = measure(env, ways, rounds=scaled(9, 2))
    rows = []
    for number, way in enumerate(ways):
        size = (FEW, MANY)[number % 2]
        queries = samples[number][0].queries
        verdict = {}
        if way.label.endswith("load"):
            verdict = {"aim": "≤ 2 queries per 1,000", "met": queries <= size / 500}
        if number % 2:
            growth = ratio(samples[number], samples[number - 1])
            verdict["ratio"] = f"{growth} that of {FEW:,}"
        rows.append(row(way.label, "call", samples[number], **verdict))
    projects = {size: ids[str(size)] for size in (FEW, MANY)}
    rows += board_screen.measure(env, LOGIN, projects, rounds=scaled(7, 1))
    return Table("Board", ABOUT, rows)


def _ways(board, project_id, size):
    units = board.env["realestate.unit"].search([("project_id", "=", project_id)])
    some = units[:CHANGED].ids
    return [
        Way(f"{size:,} units: load", _call(board.load, project_id)),
        Way(f"{size:,} units: hall", _call(board.load_hall, project_id)),
        Way(f"{size:,} units: changes", _call(board.load_changes, project_id, some)),
    ]


def _call(method, *arguments):
    def run():
        assert method(*arguments)["units"]["id"]
        return 1

    return run


# === BUILDING === #


def _build(env):
    world.set_up_books(env)
    buyers = world.create_buyers(env, 200)
    officer = env["res.users"].create(
        {
            "name": "Officer",
            "login": LOGIN,
            "password": LOGIN,
            "group_ids": [Command.set(env.ref("realestate_sales.group_officer").ids)],
        }
    )
    projects = {str(size): build_project(env, size, buyers) for size in (FEW, MANY)}
    return {"officer": officer.id, **projects}


def build_project(env, size, buyers):
    """Build a project of :data:`TOWERS` units, partly sold; return its id."""
    towers, floors, homes = TOWERS[size]
    first = world.create_project(env, name=f"Harbour Point {size:,}", code=f"HP{size}")
    project = first.project_id
    types = env["realestate.unit.type"].create(
        [
            {"name": name, "bedrooms": bedrooms, "project_id": project.id}
            for name, bedrooms in TYPES
        ]
    )
    for number in range(1, towers + 1):
        building = first
        if number > 1:
            building = first.copy({"name": f"Tower {number}", "code": f"T{number}"})
        building.write({"progress": max(5, 90 - 11 * number), "sequence": number})
        _build_units(building, floors, homes, types)
    _build_claims(project, buyers)
    return project.id


def _build_units(building, floors, homes, types):
    unit = world.create_units(building, 1, first=9999)
    stack = SQL("(n - 1) %% %s", homes)
    floor = SQL("1 + (n - 1) / %s", homes)
    area = SQL("(ARRAY[31.5, 48.2, 74.6, 102.4])[1 + %s %% 4]", stack)
    bulk.multiply(
        unit,
        SQL("generate_series(1, %s) AS n", floors * homes),
        number=SQL("(%s) * 100 + 1 + %s", floor, stack),
        name=SQL("%s || '-' || ((%s) * 100 + 1 + %s)", building.code, floor, stack),
        floor=SQL("(%s)::text", floor),
        floor_sequence=SQL("10 * (%s)", floor),
        unit_type_id=SQL("(%s)[1 + %s %% 4]", types.ids, stack),
        view=SQL("(%s)[1 + %s * 4 / %s]", VIEWS, stack, homes),
        area=area,
        area_predicted=area,
        price_list=SQL(
            "round(%s * (142000 + 1800 * (%s) + 900 * (%s)), -3)", area, floor, stack
        ),
        is_released=SQL(
            "(%s) < %s", floor, floors * 0.8 if building.sequence % 3 else floors + 1
        ),
    )
    unit.unlink()


def _build_claims(project, buyers):
    """Claim six tenths of a project, in clusters as buyers do."""
    project.env.cr.execute(
        SQL(
            """INSERT INTO realestate_unit_claim
                      (unit_id, company_id, partner_id, user_id, live, kind, expires_at,
                       create_date)
               SELECT id, company_id, %(buyer)s, %(user)s, TRUE,
                      CASE WHEN chance < 8 THEN 'hold'
                           WHEN chance < 18 THEN 'reservation'
                           ELSE 'contract' END,
                      CASE WHEN chance < 18 THEN
                           now() AT TIME ZONE 'UTC' + chance * interval '7 hours'
                           + interval '3 hours' END,
                      create_date
                 FROM (SELECT unit.*, abs(hashtext(unit.name || 'x')) %% 100
                              + building.sequence * 3 - 8 AS chance
                         FROM realestate_unit unit
                         JOIN realestate_building building
                           ON building.id = unit.building_id
                        WHERE unit.project_id = %(project)s AND unit.is_released) unit
                WHERE chance BETWEEN 0 AND 62""",
            project=project.id,
            user=project.env.uid,
            buyer=bulk.pick(buyers.ids, SQL("id")),
        )
    )
