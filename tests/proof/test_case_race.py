"""Officers, jobs and money at one case at once: one case, nothing lost, stage true."""

import time

import pytest
from debts import BOTH, PART, open_desk, overdue, refresh, with_cases
from racing import assert_no_raw_error
from test_contract_race import lost, pair, record
from test_payment_race import pay

RACERS = 4
ROUNDS = 3
#: What a refresh writes: the same facts give the same values.
FIGURES = (
    *("stage", "amount_overdue", "amount_open", "item_count", "date_oldest"),
    *("days_late", "risk", "risk_factors", "date_refreshed"),
)


@pytest.fixture(scope="module")
def desk(stage):
    """Return the Office of this file."""
    return open_desk(stage, "Busy Desk")


def category(env):
    """Return the first category of disputes."""
    return env.ref("realestate_collection.dispute_category_amount")


def assert_cases_true(env, office, contracts):
    """Fail unless each contract has one open case that says what the facts say."""
    cases = record(env, "collection.case", []).search(
        [("contract_id", "in", contracts), ("state", "=", "open")]
    )
    assert sorted(cases.contract_id.ids) == sorted(contracts)
    assert len(cases) == len(contracts), "a contract has two open cases"
    before = cases.read(FIGURES)
    refresh(env, office)
    assert cases.read(FIGURES) == before, "a case does not say what is true"
    return cases


def assert_holds_true(env, contracts):
    """Fail unless just what is open holds the dunning: one hold for each."""
    holds = record(env, "dunning.hold", []).search(
        [("contract_id", "in", contracts), ("date_ended", "=", False)]
    )
    origins = sorted((hold.res_model, hold.res_id) for hold in holds)
    is_open = [("contract_id", "in", contracts), ("state", "=", "open")]
    wanted = [
        (model, found)
        for model in ("realestate.dispute", "realestate.promise")
        for found in env[model].search(is_open).ids
    ]
    stopped = [one for one in origins if one[0] == "realestate.contract"]
    assert len(stopped) == len(set(stopped)), "stopped twice"
    assert sorted(wanted + stopped) == origins
    return stopped


def test_many_at_one_case_lose_nothing_and_leave_it_true(stage, desk):
    [contract] = with_cases(stage, desk, 1)
    with stage.env() as env:
        owed = record(env, "contract", contract)._get_case().amount_overdue

    def on_contract(method, *args, **kwargs):
        return lambda env: getattr(record(env, "contract", contract), method)(
            *args, **kwargs
        )

    def assign(to):
        return lambda env: (
            record(env, "contract", contract)._get_case().action_assign(desk.roles[to])
        )

    def dispute(env):
        return record(env, "contract", contract).open_dispute(category(env), "No!")

    def job(racer):
        company = desk.company
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 5 * 86400))
        promised = {"promise_amount": 1000, "promise_date": day}
        calls = [
            ("contact", on_contract("log_contact", "call", "reached", "Talked")),
            ("promise", on_contract("log_contact", "call", "promised", **promised)),
            ("dispute", dispute),
            ("stop", on_contract("stop_dunning", f"By {racer.number}")),
            ("resume", on_contract("resume_dunning", "Goes on")),
        ]
        user = BOTH[racer.number % 2]
        if racer.number == RACERS - 1:
            # The last one is the bank and the manager.
            money = [("pay", pay(contract, PART / 10)), ("pay", pay(contract, 100))]
            calls = [*money, ("assign", assign("colleague"))]
            user = "head"
        racer.random.shuffle(calls)
        for key, call in calls:
            call = racer.meeting(call) if (key, call) == calls[0] else call
            racer.attempt(key, call, uid=desk.roles[user], company=company)
            # People take a breath; without one the fifth try may collide as well.
            time.sleep(racer.random.random())

    outcomes = stage.race(RACERS, job)
    assert_no_raw_error(outcomes)
    # Of two who stop at the same moment one may have to read it again.
    assert lost(outcomes) <= {"stop"}, [o.text for o in outcomes if o.error]
    won = [outcome.key for outcome in outcomes if outcome.won]
    with stage.env() as env:
        case = assert_cases_true(env, desk, [contract])
        stopped = assert_holds_true(env, [contract])
        assert len(stopped) <= 1
        kinds = case.event_ids.mapped("kind")
        calls = won.count("contact") + won.count("promise")
        assert kinds.count("call") == calls
        assert kinds.count("note") == won.count("assign")
        assert len(case.dispute_ids) == won.count("dispute")
        assert len(case.promise_ids) == won.count("promise")
        assert case.user_id.id == desk.roles["colleague"]
        assert case.contract_id.collector_id == case.user_id
        assert case.amount_overdue == owed - PART / 10 - 100
        assert case.stage == "disputed"


def test_a_dispute_that_ends_while_another_opens_leaves_the_case_disputed(stage, desk):
    contracts = with_cases(stage, desk, ROUNDS)
    with stage.env(desk.roles["collector"], desk.company) as env:
        first = [
            contract.open_dispute(category(env), "Too much")
            for contract in record(env, "contract", contracts)
        ]

    def withdraw(env, number):
        record(env, "dispute", first[number]).action_withdraw("A mistake")

    def dispute(env, number):
        contract = record(env, "contract", contracts[number])
        return contract.open_dispute(category(env), "Another thing")

    outcomes = pair(
        stage, desk, ROUNDS, ("withdraw", withdraw), ("open", dispute), BOTH
    )
    assert not lost(outcomes)
    with stage.env() as env:
        cases = assert_cases_true(env, desk, contracts)
        assert set(cases.mapped("stage")) == {"disputed"}
        assert not assert_holds_true(env, contracts)


def test_a_promise_withdrawn_while_another_is_made_leaves_the_case_promised(
    stage, desk
):
    contracts = with_cases(stage, desk, ROUNDS)
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 5 * 86400))

    def promise(env, number):
        record(env, "contract", contracts[number]).log_contact(
            "call", "promised", promise_amount=5000, promise_date=day
        )

    with stage.env(desk.roles["collector"], desk.company) as env:
        for number in range(ROUNDS):
            promise(env, number)
        first = [
            contract.promise_ids.id for contract in record(env, "contract", contracts)
        ]

    def withdraw(env, number):
        record(env, "promise", first[number]).action_cancel("Replaced")

    outcomes = pair(
        stage, desk, ROUNDS, ("withdraw", withdraw), ("make", promise), BOTH
    )
    assert not lost(outcomes)
    with stage.env() as env:
        cases = assert_cases_true(env, desk, contracts)
        assert set(cases.mapped("stage")) == {"promised"}
        assert not assert_holds_true(env, contracts)


def test_opened_by_rule_and_by_hand_at_once_is_one_case(stage, desk):
    contracts = overdue(stage, desk, ROUNDS)

    def job(racer):
        for contract in contracts:

            def dispute(env, contract=contract):
                return record(env, "contract", contract).open_dispute(
                    category(env), "Not mine"
                )

            call = (lambda env: refresh(env, desk)) if racer.number else dispute
            racer.attempt(contract, racer.meeting(call), company=desk.company)

    outcomes = stage.race(3, job)
    assert_no_raw_error(outcomes)
    assert not lost(outcomes)
    with stage.env() as env:
        cases = assert_cases_true(env, desk, contracts)
        assert set(cases.mapped("stage")) == {"disputed"}


def test_money_that_comes_while_cases_open_leaves_no_case_of_who_has_paid(stage, desk):
    contracts = overdue(stage, desk, ROUNDS)

    def job(racer):
        for contract in contracts:
            call = pay(contract, 3 * PART)
            if racer.number:
                look = lambda env, one=contract: refresh(env, desk, one)  # noqa: E731
                call = racer.lingering(look, 0.1)
            racer.attempt((racer.number, contract), racer.meeting(call))

    outcomes = stage.race(3, job)
    assert_no_raw_error(outcomes)
    assert not lost(outcomes)
    with stage.env() as env:
        left = record(env, "contract", contracts)._get_case()
        assert not left, "a case of who owes nothing"


def test_the_job_meets_an_officer_and_does_its_work_all_the_same(stage, desk):
    contracts = with_cases(stage, desk, ROUNDS)
    with stage.env() as env:
        # As the job finds them in the morning.
        env.cr.execute(
            """UPDATE realestate_collection_case SET days_late = 1, date_refreshed =
               date_refreshed - 1 WHERE contract_id = ANY(%s)""",
            [contracts],
        )

    def job(racer):
        if racer.number:
            # The first case is the job's alone; the job has looked, and not written.
            time.sleep(0.4)
            for contract in contracts[1:]:
                racer.attempt(
                    contract,
                    lambda env, contract=contract: record(
                        env, "contract", contract
                    ).log_contact("call", "no_answer"),
                    uid=desk.roles["colleague"],
                    company=desk.company,
                )
        else:
            racer.attempt("job", slow_refresh(desk.company), again=False)

    outcomes = stage.race(2, job, processes=2)
    assert_no_raw_error(outcomes)
    assert not lost(outcomes)
    with stage.env() as env:
        cases = record(env, "contract", contracts)._get_case()
        assert min(cases.mapped("days_late")) > 1, "the job left the cases as they were"
        assert len(cases.event_ids) == len(contracts) - 1
        assert_cases_true(env, desk, contracts)


def slow_refresh(company):
    """Return a call that refreshes as the job does, having looked a while before."""

    def call(env):
        promises = type(env["realestate.promise"])
        look = promises._follow_days

        def look_and_wait(self, at, date=None):
            result = look(self, at, date)
            if at.id == company:
                self.env.flush_all()
                time.sleep(1)
            return result

        promises._follow_days = look_and_wait
        try:
            env["realestate.collection.case"]._cron_refresh()
        finally:
            promises._follow_days = look

    return call
