"""Put what the benchmarks measured into one Markdown table.

Usage: python -m bench.table FILE.json … >latest.md
"""

import json
import os
import platform
import sys
from datetime import date
from pathlib import Path

HEAD = (
    "| what | per | ms, median (least to most) | CPU ms | queries"
    " | ratio (in CPU time) | aim | met |"
)
LINE = "|---|---|---|---|---|---|---|---|"


def number(value):
    """Return a figure with three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def verdict(met):
    """Return whether an aim is met, as text."""
    return {True: "yes", False: "**no**", None: ""}[met]


def line(row):
    """Return one line of the table."""
    low, high = row["wall_range"]
    cells = (
        row["label"],
        row["unit"],
        f"{number(row['wall'])} ({number(low)} to {number(high)})",
        number(row["cpu"]),
        number(row["queries"]),
        row["ratio"],
        row["aim"],
        verdict(row["met"]),
    )
    return "| " + " | ".join(cells) + " |"


def machine():
    """Return what it was measured on, as far as it matters."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[2]
    return (
        f"{cores} cores ({platform.machine()}), {memory:.0f} GB of memory, Python "
        f"{platform.python_version()}, PostgreSQL on the same machine; load average of "
        f"the last 15 minutes {load:.1f}."
    )


def render(tables):
    """Return the page: one table, then what was measured and how."""
    rows = [row for table in tables for row in table["rows"]]
    text = ["# What the benchmarks measured", ""]
    text += [f"On {date.today()}: {machine()}", "", HEAD, LINE]
    text += [line(row) for row in rows]
    for table in tables:
        text += ["", f"**{table['title']}.** {table['about']}"]
        text += [f"- {note}" for note in table["notes"]]
    aims = [row["met"] for row in rows if row["met"] is not None]
    text += ["", f"{sum(aims)} of {len(aims)} aims met."]
    return "\n".join(text)


def main():
    """Print the page of the files named on the command line."""
    print(render([json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:]]))


if __name__ == "__main__":
    main()
