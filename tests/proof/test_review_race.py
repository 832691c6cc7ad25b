"""A decision and what it is about at the same moment: nothing passes unseen."""

from test_contract_race import ROUNDS, lost, pair, record


def drafts(stage, office, count):
    """Return the ids of drafts of new units, drawn up by the officer."""
    with stage.env() as env:
        units = office.units(env, count)
    with stage.env(office.roles["officer"], office.company) as env:
        contracts = env["realestate.contract"].create(
            [
                {
                    "project_id": env["realestate.unit"].browse(unit).project_id.id,
                    "partner_id": office.buyers[0],
                    "plan_id": office.plan,
                    "line_ids": [(0, 0, {"unit_id": unit})],
                }
                for unit in units
            ]
        )
        return contracts.ids


def test_nothing_is_approved_that_is_found_wrong_at_this_moment(stage, office):
    contracts = drafts(stage, office, ROUNDS)
    with stage.env() as env:
        item = env["realestate.review.item"].create(
            {"name": "Areas", "kind": "area", "company_id": office.company}
        )
    try:
        with stage.env(office.roles["officer"], office.company) as env:
            record(env, "contract", contracts).action_submit()
        with stage.env(office.roles["manager"], office.company) as env:
            found = record(env, "contract", contracts)
            found.action_review_ok()
            reviews = [contract.review_ids.id for contract in found]

        def approve(env, number):
            return record(env, "contract", contracts[number]).action_approve()

        def find_wrong(env, number):
            return record(env, "contract.review", reviews[number]).action_wrong("No")

        outcomes = pair(
            stage,
            office,
            ROUNDS,
            ("approve", approve),
            ("wrong", find_wrong),
            ("supervisor", "manager"),
        )
        assert len(lost(outcomes)) == ROUNDS, "one of both comes second each time"
        with stage.env() as env:
            for contract in record(env, "contract", contracts):
                pair_of_states = (contract.state, contract.review_ids.state)
                assert pair_of_states in {("approved", "ok"), ("review", "wrong")}
    finally:
        with stage.env() as env:
            record(env, "review.item", item.id).active = False


def test_no_price_is_confirmed_that_was_not_approved(stage, office):
    with stage.env() as env:
        units = office.units(env, ROUNDS)
        record(env, "unit", units).price_floor = 1
    with stage.env(office.roles["officer"], office.company) as env:
        reservations = [
            unit.action_reserve(office.buyers[0], office.plan, 0)
            for unit in record(env, "unit", units)
        ]
        ids = [reservation.id for reservation in reservations]
        for reservation in reservations:
            reservation.price = 0.9
            reservation.action_request_floor("A proof")
    with stage.env() as env:
        asked = [one.approval_ids.id for one in record(env, "reservation", ids)]

    def approve(env, number):
        return record(env, "approval", asked[number]).action_approve()

    def lower(env, number):
        record(env, "reservation", ids[number]).price = 0.5

    outcomes = pair(
        stage,
        office,
        ROUNDS,
        ("approve", approve),
        ("lower", lower),
        ("supervisor", "officer"),
    )
    assert not {key for key in lost(outcomes) if key[0] == "lower"}
    with stage.env() as env:
        for reservation in record(env, "reservation", ids):
            assert reservation.price == 0.5
            assert not reservation.is_floor_approved, "approved at another price"
            assert set(reservation.approval_ids.mapped("state")) == {"void"}
