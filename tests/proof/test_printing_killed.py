"""A print job killed anywhere and run again: every paper once, in its order."""

import base64
import io
import os
import random
import signal
import threading
from datetime import date
from functools import partial

import pytest
from racing import PATIENCE, SEED

CONTRACTS = 9
KILLS = 8


@pytest.fixture
def job(stage, office):
    """Return the id of a job over contracts, asked for by their officer."""
    with stage.env() as env:
        plan = office.monthly_plan(env, 2)
        contracts = office.running(env, CONTRACTS, date.today(), plan)
    with stage.env(office.roles["officer"], office.company) as env:
        records = env["realestate.contract"].browse(contracts)
        return records.action_print_job()["res_id"]


def print_until(stage, query=None):
    """Do what the cron does; kill this process after so many queries."""
    if query:
        left = iter(range(query))

        def count(*_args):
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        threading.current_thread().query_hooks = [count]
    with stage.env() as env:
        env["paper.batch"]._cron_print()


def test_job_killed_anywhere_prints_each_paper_once(stage, job, monkeypatch):
    from odoo.addons.report_weasyprint.models import paper_batch

    monkeypatch.setattr(paper_batch, "PAPERS_A_STEP", 2)
    chance = random.Random(SEED)
    drawn = [0]
    for _kill in range(KILLS):
        process = stage.fork(partial(print_until, stage, chance.randint(5, 250)))
        process.join(PATIENCE)
        assert process.exitcode in (0, -signal.SIGKILL), f"seed {SEED}"
        with stage.env() as env:
            drawn.append(env["paper.batch"].browse(job).drawn_count)
        assert drawn == sorted(drawn), "what was drawn is drawn again"
        if process.exitcode == 0:
            break
    assert len(set(drawn)) > 2, f"the kills never fell between two steps: {drawn}"
    print_until(stage)
    with stage.env() as env:
        assert_printed(env["paper.batch"].browse(job))


def assert_printed(batch):
    """Fail unless the file holds every contract once, in order."""
    from odoo.tools.pdf import PdfFileReader

    assert (batch.state, batch.failed_count) == ("done", 0)
    assert set(batch.line_ids.mapped("state")) == {"joined"}
    pages = sum(batch.line_ids.mapped("page_count"))
    reader = PdfFileReader(io.BytesIO(base64.b64decode(batch.file_ids.pdf)))
    assert reader.getNumPages() == pages == batch.file_ids.page_count
    texts = [page.extract_text() for page in reader.pages]
    names = batch.line_ids.mapped("name")
    found = [name for text in texts for name in names if name in text]
    assert list(dict.fromkeys(found)) == names
