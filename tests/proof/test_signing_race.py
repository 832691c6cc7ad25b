"""Officers who book the last chair of a desk at once: one sits on it."""

from datetime import datetime, timedelta

from racing import assert_no_raw_error

from odoo.fields import Command

START = datetime(2030, 3, 4, 9)
CAPACITY = 2
RACERS = 8


def prepare(env, office):
    """Return (desk, contracts): a desk of two chairs and an approved contract each."""
    env = env(context={"allowed_company_ids": [office.company]})
    desk = env["realestate.signing.desk"].create(
        {
            "name": f"Desk {env['realestate.signing.desk'].search_count([])}",
            "company_id": office.company,
            "tz": "UTC",
            "capacity": CAPACITY,
            "hours_ids": [
                Command.create({"weekday": str(day), "hour_from": 0, "hour_to": 24})
                for day in range(7)
            ],
        }
    )
    contracts = []
    for unit in office.units(env, RACERS):
        contract = env["realestate.contract"].create(
            {
                "project_id": office.project,
                "partner_id": office.buyers[0],
                "plan_id": office.plan,
                "line_ids": [Command.create({"unit_id": unit})],
            }
        )
        contract.action_submit()
        contract.action_approve()
        contracts.append(contract.id)
    return desk.id, contracts


def book(desk, contract, start):
    """Return a call that makes an appointment."""

    def call(env):
        return (
            env["realestate.signing"]
            .create(
                {
                    "contract_ids": [Command.set([contract])],
                    "desk_id": desk,
                    "date_start": start,
                }
            )
            .id
        )

    return call


def standing(env, desk):
    return env["realestate.signing"].search([("desk_id", "=", desk)])


def test_the_last_chair_is_taken_once(stage, office):
    with stage.env() as env:
        desk, contracts = prepare(env, office)
    officer = office.roles["officer"]

    def job(racer):
        call = racer.meeting(book(desk, contracts[racer.number], START))
        racer.attempt("book", call, officer, office.company)

    outcomes = stage.race(RACERS, job)
    assert_no_raw_error(outcomes)
    assert sum(outcome.won for outcome in outcomes) == CAPACITY
    lost = [outcome.text for outcome in outcomes if not outcome.won]
    assert all("fully booked" in text for text in lost), lost[0]
    with stage.env() as env:
        assert len(standing(env, desk)) == CAPACITY


def test_a_contract_gets_one_appointment(stage, office):
    with stage.env() as env:
        desk, contracts = prepare(env, office)
    officer = office.roles["officer"]

    def job(racer):
        start = START + timedelta(hours=2 * racer.number)
        call = racer.meeting(book(desk, contracts[0], start))
        racer.attempt("book", call, officer, office.company)

    outcomes = stage.race(RACERS, job)
    assert_no_raw_error(outcomes)
    assert sum(outcome.won for outcome in outcomes) == 1
    with stage.env() as env:
        assert len(standing(env, desk)) == 1


def test_appointments_moved_to_one_time_do_not_pile_up(stage, office):
    with stage.env() as env:
        desk, contracts = prepare(env, office)
        made = [
            book(desk, contract, START + timedelta(hours=2 * number))(env)
            for number, contract in enumerate(contracts)
        ]
    goal = START + timedelta(days=1)
    officer = office.roles["officer"]

    def job(racer):
        def move(env):
            signing = env["realestate.signing"].browse(made[racer.number])
            return signing.action_reschedule(goal, "All want this hour")

        racer.attempt("move", racer.meeting(move), officer, office.company)

    outcomes = stage.race(RACERS, job)
    assert_no_raw_error(outcomes)
    with stage.env() as env:
        there = standing(env, desk).filtered(lambda one: one.date_start == goal)
        assert len(there) == CAPACITY
        assert sum(standing(env, desk).mapped("move_count")) == CAPACITY
