"""Import of a file of 5,000 units: checked only, loaded, and loaded again changed."""

import csv
import io

from . import world
from .harness import Table, Way, measure, row, scaled

AIM = 30_000
FLOORS, BUILDINGS = 50, 5


def main(env):
    """Measure the dry run and the load of one CSV file, and of its next version."""
    count = scaled(5000, 250)
    world.build_once(env, lambda env: {"company": world.set_up_books(env).id})
    content = make_file(count)

    next_version = make_file(count, version=2)

    def run(dry_run, content=content, mode="create"):
        report = env["realestate.import"].run(
            "inventory",
            content,
            dry_run=dry_run,
            filename="inventory.csv",
            project_name="Bench Towers",
            mode=mode,
        )
        assert report["ok"] and report["rows_read"] == count, report["errors"][:3]
        assert report["loaded"] is not dry_run
        return report

    def update():
        report = run(False, next_version, "update")
        assert report["changes"]["units_changed"] == count
        assert len(report["updates"]) == 3 * count
        return 1

    ways = [
        Way(f"import of {count:,} units, dry run", lambda: bool(run(True))),
        Way(f"import of {count:,} units, loaded", lambda: bool(run(False))),
        Way(f"update of {count:,} units, loaded", update, lambda: run(False)),
    ]
    samples = measure(env, ways, rounds=scaled(3, 1), warm_up=False)
    rows = [row(ways[0].label, "file", samples[0])]
    for way, measured in zip(ways[1:], samples[1:], strict=True):
        line = row(way.label, "file", measured)
        verdict = {"aim": "≤ 30 s", "met": line.wall <= AIM}
        rows.append(row(way.label, "file", measured, **verdict))
    about = (
        f"A CSV file of {count:,} units in {BUILDINGS} buildings with types, views, "
        "areas and prices, into a new project: units, price list, release to the "
        "market. Loading includes the check that a dry run makes. Then the next "
        "version of the file, which changes view, measured area and price of all."
    )
    return Table("Import", about, rows)


def make_file(count, version=1):
    """Return a CSV file of so many units, all to be sold; each version differs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["Building", "Floor", "Unit No.", "Type", "View", "Area (sqm)", "List Price"]
        + ["Measured area"]
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
                ("Sea", "City", "Garden")[(door + version) % 3],
                f"{40 + door * 2.5:.2f}",
                f"{3_000_000 + (index + 1) * 500 * version}",
                f"{39 + index * 0.01:.2f}" if version > 1 else "",
            ]
        )
    return out.getvalue().encode()
