"""Import of a file of 5,000 units: checked only, and loaded."""

import csv
import io

from . import world
from .harness import Table, Way, measure, row, scaled

AIM = 30_000
FLOORS, BUILDINGS = 50, 5


def main(env):
    """Measure the dry run and the load of one CSV file."""
    count = scaled(5000, 250)
    world.build_once(env, lambda env: {"company": world.set_up_books(env).id})
    content = make_file(count)

    def run(dry_run):
        report = env["realestate.import"].run(
            "inventory",
            content,
            dry_run=dry_run,
            filename="inventory.csv",
            project_name="Bench Towers",
        )
        assert report["ok"] and report["rows_read"] == count, report["errors"][:3]
        assert report["loaded"] is not dry_run
        return 1

    ways = [
        Way(f"import of {count:,} units, dry run", lambda: run(True)),
        Way(f"import of {count:,} units, loaded", lambda: run(False)),
    ]
    dry, load = measure(env, ways, rounds=scaled(3, 1), warm_up=False)
    loaded = row(ways[1].label, "file", load)
    verdict = {"aim": "≤ 30 s", "met": loaded.wall <= AIM}
    about = (
        f"A CSV file of {count:,} units in {BUILDINGS} buildings with types, views, "
        "areas and prices, into a new project: units, price list, release to the "
        "market. Loading includes the check that a dry run makes."
    )
    rows = [
        row(ways[0].label, "file", dry),
        row(ways[1].label, "file", load, **verdict),
    ]
    return Table("Import", about, rows)


def make_file(count):
    """Return a CSV file of so many units, all to be sold."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["Building", "Floor", "Unit No.", "Type", "View", "Area (sqm)", "List Price"]
    )
    per_building = -(-count // BUILDINGS)
    per_floor = -(-per_building // FLOORS)
    for index in range(count):
        building, place = divmod(index, per_building)
        floor, door = divmod(place, per_floor)
        writer.writerow(
            [
                f"Tower {building + 1}",
                floor + 1,
                f"{floor + 1}{door + 1:02d}",
                f"{1 + door % 3} Bedroom",
                ("Sea", "City", "Garden")[door % 3],
                f"{40 + door * 2.5:.2f}",
                f"{3_000_000 + index * 500}",
            ]
        )
    return out.getvalue().encode()
