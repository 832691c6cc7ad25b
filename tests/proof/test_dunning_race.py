"""Dunning started twice, paid into or killed: one notice each, none to who has paid."""

import os
import random
import re
import signal
import threading
from collections import Counter
from functools import partial

import pytest
from office import Office
from racing import PATIENCE, SEED, assert_no_raw_error
from test_billing_killed import first_of_month
from test_payment_race import bill, collect, pay

LATE = 6
KILLS = 6


@pytest.fixture
def late(stage):
    """Return (office, ids of overdue contracts) of a company of their own."""
    with stage.env() as env:
        street = next(NUMBERS)
        office = Office.open(env, f"Late Developer {street}", agents=0)
        for number, buyer in enumerate(office.buyers):
            email = f"late{number}@street{street}.example.com"
            env["res.partner"].browse(buyer).email = email
        plan = office.monthly_plan(env, 3)
        contracts = office.running(env, LATE, first_of_month(3), plan, 900000)
    bill(stage, office)
    return office, contracts


NUMBERS = iter(range(1, 100))


def run(env):
    """Let dunning decide; return the run's id."""
    return env["realestate.dunning.ladder"].run().id


def notices(env, contracts):
    """Return the notices of ``contracts`` that have not been called off."""
    return env["realestate.dunning.notice"].search(
        [("contract_id", "in", contracts), ("state", "!=", "cancelled")]
    )


def send(stage, post):
    """Send as the job does, three at a time, to a mail server that is a file."""
    # Not importable before Odoo knows where the addons are.
    from odoo.addons.base.models.ir_mail_server import IrMail_Server
    from odoo.addons.realestate_collection.models import realestate_dunning_sending

    def deliver(_self, message, *_args, **_kwargs):
        with post.open("a") as file:
            file.write(f"{message['To']}\n")
        return message["Message-Id"]

    IrMail_Server._connect__ = lambda *_args, **_kwargs: None
    IrMail_Server.send_email = deliver
    realestate_dunning_sending.BATCH = 3
    with stage.env() as env:
        env["realestate.dunning.notice"]._cron_send()


def send_until(stage, post, query):
    """Send, and kill this process after so many queries."""
    left = iter(range(query))

    def count(*_args):
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    threading.current_thread().query_hooks = [count]
    send(stage, post)


def delivered(post):
    """Return how many e-mails each address of the last street was sent."""
    lines = post.read_text().splitlines() if post.exists() else ()
    newest = max(lines, key=street_of, default="")
    return Counter(line for line in lines if street_of(line) == street_of(newest))


def street_of(line):
    """Return the number of a buyer's street: tests leave notices to later ones. Buyers
    of other proofs live in none."""
    found = re.search(r"@street(\d+)\.", line)
    return int(found[1]) if found else 0


def test_two_runs_at_once_make_one_notice_each(stage, late):
    office, contracts = late

    def job(racer):
        collect(racer, office, "run", run)

    outcomes = stage.race(3, job)
    assert_no_raw_error(outcomes)
    with stage.env() as env:
        made = notices(env, contracts)
        assert Counter(made.contract_id.ids) == Counter(contracts)
        runs = env["realestate.dunning.run"].browse(
            outcome.result for outcome in outcomes if outcome.won
        )
        for each in runs:
            assert sorted(each.decision_ids.contract_id.ids) == sorted(contracts)


def test_money_that_comes_while_dunning_decides_calls_the_notice_off(
    stage, late, tmp_path
):
    office, contracts = late
    paid = contracts[: LATE // 2]

    def job(racer):
        # One decides, the others pay, each a contract.
        what = paid[racer.number - 1] if racer.number else "run"
        collect(racer, office, what, pay(what, 900000) if racer.number else run)

    outcomes = stage.race(1 + len(paid), job)
    assert_no_raw_error(outcomes)
    post = tmp_path / "post"
    process = stage.fork(partial(send, stage, post))
    process.join(PATIENCE)
    assert process.exitcode == 0
    with stage.env() as env:
        assert sorted(notices(env, contracts).contract_id.ids) == contracts[LATE // 2 :]
    assert len(delivered(post)) == LATE - LATE // 2


def test_sending_killed_and_started_again_reaches_each_once(stage, late, tmp_path):
    office, contracts = late
    post = tmp_path / "post"
    with stage.env(office.roles["collector"], office.company) as env:
        run(env)
    chance = random.Random(SEED + 2)
    kills = 0
    for _kill in range(KILLS):
        query = chance.randint(30, 200)
        process = stage.fork(partial(send_until, stage, post, query))
        process.join(PATIENCE)
        assert process.exitcode in (0, -signal.SIGKILL)
        kills += process.exitcode != 0
    assert kills, "no kill fell into the sending"
    pair = [stage.fork(partial(send, stage, post)) for _each in range(2)]
    for process in pair:
        process.join(PATIENCE)
    process = stage.fork(partial(send, stage, post))
    process.join(PATIENCE)
    assert process.exitcode == 0
    with stage.env() as env:
        made = notices(env, contracts)
        assert Counter(made.contract_id.ids) == Counter(contracts)
        assert set(made.mapped("state")) == {"sent"}, made.mapped("failure_reason")
    sent = delivered(post)
    assert len(sent) == LATE
    # A process killed between the mail server's yes and its own note sends again.
    assert sum(sent.values()) - LATE <= kills
