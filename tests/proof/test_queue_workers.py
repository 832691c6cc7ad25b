"""Billing, notices and letters by two workers, both of which are killed: as without."""

import os
import subprocess
import time
from contextlib import contextmanager, suppress
from datetime import date

import psutil
import pytest
from conftest import LOCAL, ROOT, TEMPLATE
from office import Office
from outside import free_port, wait_for
from post_office import post_office
from racing import Stage
from test_billing_killed import assert_all_billed, first_of_month, links
from test_printing_killed import assert_printed

import odoo.sql_db
from odoo.modules.registry import Registry

GLUE = "realestate_collection_queue"
DATABASE = os.environ.get("REALESTATE_PROOF_DB", "realestate_test_proof") + "_queue"
#: A database that has the glue already.
READY = os.environ.get("REALESTATE_PROOF_GLUE")
CONTRACTS = 6
MONTHS = 30
#: Seconds the queue may take.
PATIENCE = 240


def shell(*arguments):
    """Run one of the project's scripts; its failure is the test's."""
    subprocess.run([ROOT / arguments[0], *arguments[1:]], check=True)


@pytest.fixture(scope="module")
def queue():
    """Return the Stage of a database with the suite, queue_job and the glue."""
    template = READY or TEMPLATE
    shell("scripts/newdb", DATABASE, *([template] if template else []))
    if not READY:
        log = LOCAL / f"{DATABASE}.log"
        shell(
            *("scripts/odoo", "-d", DATABASE, "-i", GLUE),
            *("--no-http", "--stop-after-init", "--logfile", log),
        )
    arguments = ["-c", str(LOCAL / "odoo.conf"), "-d", DATABASE, "--no-http"]
    odoo.tools.config.parse_config(arguments, setup_logging=False)
    yield Stage(DATABASE, Registry(DATABASE))
    odoo.sql_db.close_db(DATABASE)
    shell("scripts/pg", "dropdb", "--if-exists", "--force", DATABASE)


@pytest.fixture(scope="module")
def desk(queue):
    """Return the Office that has its books in that database."""
    with queue.env() as env:
        return Office.open(env)


def serve_command():
    """Odoo with two workers and the runner of the queue, crons off."""
    web, live = free_port(), free_port()
    command = [
        ROOT / "scripts/odoo",
        *("-d", DATABASE, "--http-port", str(web), "--gevent-port", str(live)),
        *("--workers=2", "--max-cron-threads=0", "--load=base,web,queue_job"),
        *("--db-filter", f"^{DATABASE}$", "--no-database-list"),
    ]
    return command, f"http://localhost:{web}"


@contextmanager
def workers():
    """Serve the queue with two workers; give the server's process."""
    command, url = serve_command()
    log = LOCAL / f"{DATABASE}_server.log"
    environment = os.environ | {"ODOO_QUEUE_JOB_CHANNELS": "root:2"}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env=environment,
        )
    try:
        wait_for(f"{url}/web/login", process, log)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def count_states(queue):
    """Return how many jobs are in each state."""
    with queue.env() as env:
        groups = env["queue.job"]._read_group([], ["state"], ["__count"])
        return dict(groups)


def wait_until(queue, condition):
    """Wait until the jobs' states fulfil ``condition``."""
    deadline = time.monotonic() + PATIENCE
    while not condition(states := count_states(queue)):
        assert time.monotonic() < deadline, f"the queue stands still: {states}"
        time.sleep(0.2)
        with queue.env() as env:
            # The runner looks for dead jobs when it is woken, else once a minute.
            env.cr.execute("NOTIFY queue_job, 'wake'")
    return states


def kill_in_the_middle(queue, server):
    """Kill every process but the first as soon as some of the jobs are done."""
    wait_until(queue, lambda s: s.get("done", 0) >= 2 and s.get("started", 0) >= 1)
    children = server.children(recursive=True)
    assert len(children) >= 3, "two workers and the runner"
    for child in children:
        with suppress(psutil.NoSuchProcess):
            child.kill()
    states = count_states(queue)
    assert states.get("started", 0) + states.get("pending", 0) > 0, (
        f"everything was done before the kill: {states}"
    )


def finish(queue):
    """Wait for the end of all jobs; return the processes that did them."""
    states = wait_until(queue, lambda s: not set(s) - {"done", "failed", "cancelled"})
    assert set(states) == {"done"}, states
    with queue.env() as env:
        return set(env["queue.job"].search([]).mapped("worker_pid"))


def say(env, contracts):
    """Return what the invoices say, without names and numbers of their own."""
    items, _moves = links(env, contracts)
    return sorted(
        (
            item.sequence,
            item.amount,
            item.state,
            str(item.move_id.invoice_date),
            str(item.move_id.invoice_date_due),
            sorted(
                (line.account_id.code, line.balance) for line in item.move_id.line_ids
            ),
        )
        for item in items
    )


def test_two_workers_killed_bill_what_one_process_bills(queue, desk, monkeypatch):
    from odoo.addons.realestate_collection_queue.models import realestate_installment

    monkeypatch.setattr(realestate_installment, "BILLED_A_JOB", 5)
    with queue.env() as env:
        plan = desk.monthly_plan(env, MONTHS)
        alone = desk.running(env, CONTRACTS, first_of_month(25), plan)
        env["realestate.installment"].with_context(
            allowed_company_ids=[desk.company]
        ).bill_due()
    with queue.env() as env:
        spread = desk.running(env, CONTRACTS, first_of_month(25), plan)
    with queue.env() as env:
        env["realestate.installment"]._cron_bill()
        assert not links(env, spread)[1], "the cron bills nothing itself"
    with workers() as server:
        kill_in_the_middle(queue, server)
        pids = finish(queue)
    assert len(pids) >= 2, f"one process did all: {pids}"
    with queue.env() as env:
        assert_all_billed(env, spread)
        assert say(env, spread) == say(env, alone)


def test_two_workers_killed_print_what_one_process_prints(queue, desk, monkeypatch):
    from odoo.addons.realestate_collection_queue.models import paper_batch

    monkeypatch.setattr(paper_batch, "PAPERS_A_JOB", 1)
    with queue.env() as env:
        env["queue.job"].search([]).unlink()
        contracts = desk.running(env, 9, date.today(), desk.monthly_plan(env, 2))
    with queue.env(desk.roles["officer"], desk.company) as env:
        records = env["realestate.contract"].browse(contracts)
        batch = records.action_print_job()["res_id"]
    with queue.env() as env:
        env["paper.batch"]._cron_print()
        assert env["paper.batch"].browse(batch).drawn_count == 0
    with workers() as server:
        kill_in_the_middle(queue, server)
        finish(queue)
    with queue.env() as env:
        assert_printed(env["paper.batch"].browse(batch))


def test_two_workers_killed_send_each_buyer_one_notice(queue, desk, monkeypatch):
    from odoo.addons.realestate_collection_queue.models import realestate_dunning_notice

    monkeypatch.setattr(realestate_dunning_notice, "SENT_A_JOB", 1)
    with queue.env() as env:
        env["queue.job"].search([]).unlink()
        # Those of the tests before owe too, and have no address.
        env["realestate.dunning.notice"].search([]).unlink()
        wide = env(context={"allowed_company_ids": [desk.company]})
        buyers = env["res.partner"].browse(desk.buyers)
        for number, buyer in enumerate(buyers):
            buyer.email = f"late{number}@queue.example.com"
        plan = desk.monthly_plan(env, 3)
        contracts = desk.running(env, 12, first_of_month(3), plan, 900000)
        wide["realestate.installment"].bill_due()
        notices = wide["realestate.dunning.ladder"].run().notice_ids
        notices.filtered(lambda one: one.contract_id.id not in contracts).unlink()
    with post_office() as (port, written):
        with queue.env() as env:
            env["ir.mail_server"].create(
                {"name": "Proof", "smtp_host": "127.0.0.1", "smtp_port": port}
            )
            env["realestate.dunning.notice"]._cron_send()
        assert not written, "the cron sends nothing itself"
        with workers() as server:
            kill_in_the_middle(queue, server)
            finish(queue)
    with queue.env() as env:
        sent = env["realestate.dunning.notice"].search(
            [("contract_id", "in", contracts)]
        )
        assert len(sent) == 12
        failed = sent.filtered(lambda one: one.state == "failed")
        # A mail in the hands of a killed worker is not sent a second time: nobody knows
        # whether it went. Its failure is told to the officer.
        assert len(failed) <= 2, failed.mapped("failure_reason")
        for notice in failed:
            assert notice.contract_id.activity_ids
        assert set((sent - failed).mapped("state")) == {"sent"}
        assert len(written) == len(set(written)), "a buyer was written to twice"
        assert set(written) >= set((sent - failed).partner_id.mapped("email"))
