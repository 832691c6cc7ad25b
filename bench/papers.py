"""Many contracts printed by a job, against the bare engine."""

import os
from pathlib import Path
from unittest.mock import patch

from odoo.addons.report_weasyprint.tools import engine

from . import world
from .harness import Table, Way, measure, ratio, row, scaled

CONTRACTS = scaled(200, 6)
MONTHS = 370
OVER = 1.4
ABOUT = (
    f"{CONTRACTS} contracts of {{pages}} pages each. The bare engine gets their HTML "
    "ready made and writes one PDF each; the job reads the records, draws them step by "
    "step with a commit after each, keeps them, and joins them into files."
)


def main(env):
    """Measure the job against the engine alone."""
    world.build_once(env, _build)
    report = env.ref("realestate_sales.action_report_contract")
    contracts = env["realestate.contract"].search([], order="id")
    return compare(Papers(env, report, contracts), "Papers", ABOUT, "contract")


def compare(bench, title, about, unit):
    """Measure both ways of ``bench``; return the table, its aim judged."""
    bench.warm_up()
    ways = [
        Way("WeasyPrint alone, HTML ready made", bench.draw_bare, bench.prepare_html),
        Way("print job", bench.print_job, bench.prepare_job),
    ]
    bare, job = measure(bench.env, ways, rounds=1, warm_up=False)
    over = ratio(job, bare)
    verdict = {
        "ratio": f"{over} as long",
        "aim": f"≤ {OVER}× as long",
        "met": over.wall <= OVER,
    }
    rows = [
        row(f"{unit}: {ways[0].label}", unit, bare),
        row(f"{unit}: {ways[1].label}", unit, job, **verdict),
    ]
    table = Table(title, about.format(pages=bench.pages), rows)
    table.notes.append(bench.tell_memory())
    return table


class Papers:
    """The two ways to print ``records`` by ``report``; the engine alone may do with a
    ``sample`` of them."""

    def __init__(self, env, report, records, sample=None):
        self.env = env
        self.report = report
        self.records = records
        self.sample = records[:sample]
        self.memory = []
        self.pages = 0

    def warm_up(self):
        """Let neither way pay for fonts and templates read for the first time."""
        self._render(self.records[0])

    def _render(self, record):
        html = self.report._render_qweb_html(self.report.report_name, record.ids)[0]
        document = engine.lay_out(html.decode())[0]
        self.pages = len(document.pages)
        return engine.write([document])

    def prepare_html(self):
        """Have the HTML of all papers at hand."""
        name = self.report.report_name
        self.html = [
            self.report._render_qweb_html(name, record.ids)[0].decode()
            for record in self.sample
        ]

    def draw_bare(self):
        """Draw them one by one and throw each away."""
        for html in self.html:
            engine.write([engine.lay_out(html)[0]])
        return len(self.html)

    def prepare_job(self):
        """Ask for the job."""
        self.html = []
        self.memory = []
        action = self.report._print_as_job(self.records)
        self.batch = self.env["paper.batch"].browse(action["res_id"])
        self.env.cr.commit()  # The job commits too.

    def print_job(self):
        """Run it as the cron does."""
        crons = self.env.registry["ir.cron"]
        commit = crons._commit_progress

        def commit_and_weigh(cron, *args, **kwargs):
            self.memory.append(_megabytes())
            return commit(cron, *args, **kwargs)

        with patch.object(crons, "_commit_progress", commit_and_weigh):
            self.batch._run()
        assert self.batch.state == "done" and not self.batch.failed_count
        pages = sum(self.batch.file_ids.mapped("page_count"))
        assert pages == self.pages * len(self.records), pages
        self.memory.append(_megabytes())
        return len(self.records)

    def tell_memory(self):
        """Say how the process grew during the job."""
        last = len(self.memory) - 1
        marks = [self.memory[last * part // 4] for part in range(5)]
        figures = ", ".join(f"{mark:.0f}" for mark in marks)
        return (
            "Memory of the process at the start of the job, after a quarter, a half, "
            f"three quarters and all of it: {figures} MB."
        )


def _megabytes():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _build(env):
    world.set_up_books(env)
    building = world.create_project(env)
    units = world.create_units(building, CONTRACTS)
    buyers = world.create_buyers(env, CONTRACTS)
    world.create_contracts(units, buyers, world.create_plan(env, MONTHS))
    return {}
