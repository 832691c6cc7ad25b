"""Runs that wait: released by two, killed, with holds; the post at once."""

import random
import signal
import threading
from collections import Counter
from datetime import timedelta
from functools import partial
from os import getpid, kill

import pytest
from debts import BOTH, PART, open_desk, overdue, refresh
from freezegun import freeze_time
from office import create_user
from racing import PATIENCE, SEED, assert_no_raw_error
from test_contract_race import lost, record
from test_dunning_race import delivered, notices, run, send
from test_payment_race import pay

KILLS = 4
LATE = 5


@pytest.fixture(scope="module")
def desk(stage):
    """Return the Office of this file; its buyers can be written to."""
    office = open_desk(stage, "Careful Desk")
    with stage.env() as env:
        for number, buyer in enumerate(office.buyers):
            # Behind the streets of the other proofs, which look at the last alone.
            email = f"late{number}@street1000.example.com"
            env["res.partner"].browse(buyer).email = email
        env = env(context={"allowed_company_ids": [office.company]})
        second = create_user(
            env, "second_head", "group_manager", "realestate_collection"
        )
        office.roles["second_head"] = second.id
    return office


@pytest.fixture
def late(stage, desk):
    """Return the ids of overdue contracts that nobody was written to about."""
    return overdue(stage, desk, LATE)


def as_officer(stage, desk):
    """Return the environment of the collection officer."""
    return stage.env(desk.roles["collector"], desk.company)


def simulate(stage, desk):
    """Return the id of a run that waits."""
    with as_officer(stage, desk) as env:
        return env["realestate.dunning.ladder"].simulate().id


def release(number):
    """Return a call that releases the run."""
    return lambda env: record(env, "dunning.run", number).action_release()


def until(query, stage, desk, call):
    """Make ``call`` as the officer and kill this process after so many queries."""
    left = iter(range(query))

    def tick(*_args):
        if next(left, None) is None:
            kill(getpid(), signal.SIGKILL)

    threading.current_thread().query_hooks = [tick]
    with as_officer(stage, desk) as env:
        call(env)


def assert_sent_once(stage, contracts, tmp_path):
    """Send, and fail unless just these contracts got one notice each."""
    post = tmp_path / "post"
    process = stage.fork(partial(send, stage, post))
    process.join(PATIENCE)
    assert process.exitcode == 0
    with stage.env() as env:
        made = notices(env, contracts)
        assert Counter(one.contract_id.id for one in made) == Counter(contracts)
    assert sum(delivered(post).values()) == len(contracts)


def test_a_run_released_by_two_while_money_comes_sends_once(
    stage, desk, late, tmp_path
):
    number = simulate(stage, desk)

    def job(racer):
        if racer.number < 2:
            key, call = "release", release(number)
        else:
            key, call = "pay", pay(late[0], 3 * PART)
        uid = desk.roles[BOTH[racer.number % 2]]
        racer.attempt(key, racer.meeting(call), uid=uid, company=desk.company)

    outcomes = stage.race(3, job)
    assert_no_raw_error(outcomes)
    # Who comes second may be told that the dunning is running.
    assert lost(outcomes) <= {"release"}
    with stage.env() as env:
        assert record(env, "dunning.run", number).release == "released"
    assert_sent_once(stage, late[1:], tmp_path)
    with stage.env() as env:
        assert not notices(env, late[:1]), "a notice for who has paid"


def test_a_run_that_two_managers_approve_at_once_is_released_once(
    stage, desk, late, tmp_path
):
    with stage.env() as env:
        company = env["res.company"].browse(desk.company)
        company.realestate_dunning_release = True
    try:
        with as_officer(stage, desk) as env:
            number = run(env)
            record(env, "dunning.run", number).action_ask_release("The week's")

        def job(racer):
            racer.attempt(
                "approve",
                racer.meeting(
                    lambda env: record(env, "dunning.run", number).action_approve()
                ),
                uid=desk.roles[("head", "second_head")[racer.number]],
                company=desk.company,
            )

        outcomes = stage.race(2, job, processes=2)
    finally:
        with stage.env() as env:
            company = env["res.company"].browse(desk.company)
            company.realestate_dunning_release = False
    assert_no_raw_error(outcomes)
    assert any(outcome.won for outcome in outcomes)
    assert_sent_once(stage, late, tmp_path)


def test_a_release_killed_anywhere_is_whole_or_not_begun(stage, desk, late, tmp_path):
    number = simulate(stage, desk)
    chance = random.Random(SEED + 7)
    kills = 0
    for _kill in range(KILLS):
        work = partial(until, chance.randint(5, 40), stage, desk, release(number))
        process = stage.fork(work)
        process.join(PATIENCE)
        assert process.exitcode in (0, -signal.SIGKILL)
        kills += process.exitcode != 0
        with stage.env() as env:
            waiting = record(env, "dunning.run", number)
            made = len(notices(env, late))
            assert made == (LATE if waiting.release == "released" else 0)
    assert kills, f"no kill fell into the release; seed {SEED}"
    for _again in range(2):
        with as_officer(stage, desk) as env:
            release(number)(env)
    assert_sent_once(stage, late, tmp_path)


def test_killed_and_doubled_runs_leave_who_is_held_or_has_paid(
    stage, desk, late, tmp_path
):
    stopped, promised, paid, *rest = late
    with as_officer(stage, desk) as env:
        day = env.company._realestate_today() + timedelta(days=1)
        record(env, "contract", stopped).stop_dunning("Talks go on", day)
        record(env, "contract", promised).log_contact(
            "call", "promised", promise_amount=3 * PART, promise_date=day
        )
        pay(paid, 3 * PART)(env)
    chance = random.Random(SEED + 8)
    for _kill in range(KILLS):
        process = stage.fork(partial(until, chance.randint(5, 80), stage, desk, run))
        process.join(PATIENCE)
        assert process.exitcode in (0, -signal.SIGKILL)

    def job(racer):
        uid = desk.roles[BOTH[racer.number]]
        racer.attempt("run", racer.meeting(run), uid=uid, company=desk.company)

    assert_no_raw_error(stage.race(2, job, processes=2))
    assert_sent_once(stage, rest, tmp_path)
    assert_caught_up(stage, desk, late, (stopped, promised), paid)


def assert_caught_up(stage, desk, late, held, paid):
    """Fail unless a run days after the holds, with none between, writes to the held
    once. Nothing of those days is kept."""
    with stage.env() as env, freeze_time() as clock:
        company = env["res.company"].browse(desk.company)
        clock.tick(timedelta(days=5 + company.realestate_promise_grace))
        record(env, "promise", [])._follow_days(company)
        refresh(env, desk)
        for _again in range(2):
            record(env, "dunning.run", [])._perform(company)
        made = notices(env, late)
        counts = Counter(one.contract_id.id for one in made)
        assert [counts[contract] for contract in (*held, paid)] == [1, 1, 0]
        stages = record(env, "contract", list(held))._get_case().mapped("stage")
        assert "promised" not in stages
        env.cr.rollback()


def test_two_who_collect_the_post_at_once_share_the_letters(
    stage, desk, late, tmp_path
):
    def by_post(letter):
        with stage.env() as env:
            levels = env["res.company"].browse(desk.company)
            levels = levels.realestate_dunning_ladder_id.level_ids
            levels.write({"send_letter": letter, "send_email": not letter})

    by_post(True)
    try:
        with as_officer(stage, desk) as env:
            run(env)
        process = stage.fork(partial(send, stage, tmp_path / "post"))
        process.join(PATIENCE)

        def job(racer):
            racer.attempt(
                "collect",
                racer.meeting(
                    racer.lingering(
                        lambda env: env["realestate.post.batch"].collect().ids
                    )
                ),
                uid=desk.roles[BOTH[racer.number]],
                company=desk.company,
            )

        outcomes = stage.race(2, job, processes=2)
    finally:
        by_post(False)
    assert_no_raw_error(outcomes)
    with stage.env() as env:
        letters = notices(env, late).delivery_ids
        assert Counter(one.contract_id.id for one in letters) == Counter(late)
        assert all(letters.mapped("post_batch_id.id")), "a letter nobody collected"
        for batch in letters.post_batch_id:
            places = batch.delivery_ids.mapped("post_place")
            assert sorted(places) == list(range(1, len(places) + 1))
