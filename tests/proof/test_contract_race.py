"""Two people at one reservation or contract: one of them is right, nothing is half."""

from racing import assert_no_raw_error

ROUNDS = 5


def lost(outcomes):
    """Return the keys of the attempts that were refused."""
    return {outcome.key for outcome in outcomes if outcome.error}


def record(env, model, ids):
    """Return records of a model of the suite by its short name."""
    return env[f"realestate.{model}"].browse(ids)


def pair(stage, office, count, left, right, roles=("officer", "officer")):
    """Let two people do ``left`` and ``right`` to each of ``count`` things at once.

    ``left`` and ``right`` are (name, function of environment and number).
    """

    def job(racer):
        name, action = (left, right)[racer.number]
        for number in range(count):

            def call(env, number=number):
                return action(env, number)

            slow = racer.random.random() < 0.5
            racer.attempt(
                (name, number),
                racer.meeting(racer.lingering(call) if slow else call),
                uid=office.roles[roles[racer.number]],
                company=office.company,
            )

    outcomes = stage.race(2, job, processes=2)
    assert_no_raw_error(outcomes)
    return outcomes


def confirmed(stage, office, count, fee=20000):
    """Return the ids of ``count`` confirmed reservations of new units."""
    with stage.env() as env:
        units = office.units(env, count)
    with stage.env(office.roles["officer"], office.company) as env:
        reservations = [
            unit.action_reserve(office.buyers[0], office.plan, fee)
            for unit in record(env, "unit", units)
        ]
        for reservation in reservations:
            reservation.action_confirm()
        return [reservation.id for reservation in reservations]


def test_a_reservation_converted_twice_at_once_is_one_contract(stage, office):
    ids = confirmed(stage, office, ROUNDS)

    def convert(env, number):
        return record(env, "reservation", ids[number]).action_convert().id

    outcomes = pair(stage, office, ROUNDS, ("a", convert), ("b", convert))
    assert not lost(outcomes), "the second one gets the first one's contract"
    results = {outcome.key: outcome.result for outcome in outcomes}
    with stage.env() as env:
        for number, reservation in enumerate(record(env, "reservation", ids)):
            contract = reservation.contract_id
            assert results["a", number] == results["b", number] == contract.id
            found = env["realestate.contract"].search(
                [("reservation_id", "=", reservation.id)]
            )
            assert found == contract
            assert reservation.unit_id.live_claim_id.origin == contract


def test_a_reservation_is_converted_or_cancelled_but_never_both(stage, office):
    ids = confirmed(stage, office, ROUNDS)

    def convert(env, number):
        return record(env, "reservation", ids[number]).action_convert().id

    def cancel(env, number):
        return record(env, "reservation", ids[number]).action_cancel("no")

    outcomes = pair(
        stage,
        office,
        ROUNDS,
        (
            "convert",
            lambda env, n: record(env, "reservation", ids[n]).action_convert().id,
        ),
        (
            "cancel",
            lambda env, n: record(env, "reservation", ids[n]).action_cancel("no"),
        ),
    )
    with stage.env() as env:
        for number, reservation in enumerate(record(env, "reservation", ids)):
            converted = reservation.state == "converted"
            assert reservation.state == ("converted" if converted else "cancelled")
            assert bool(reservation.contract_id) == converted
            assert (("cancel", number) in lost(outcomes)) == converted
            assert (("convert", number) in lost(outcomes)) != converted
            assert reservation.unit_id.state == (
                "contracted" if converted else "available"
            )
            undone = reservation.move_id.payment_state == "reversed"
            assert undone != converted, "the fee is credited exactly when cancelled"


def test_a_reservation_confirmed_twice_at_once_has_one_fee_invoice(stage, office):
    with stage.env() as env:
        units = office.units(env, ROUNDS)
        ids = [
            unit.action_reserve(office.buyers[0], office.plan, 20000).id
            for unit in record(env, "unit", units)
        ]

    def confirm(env, number):
        return record(env, "reservation", ids[number]).action_confirm()

    outcomes = pair(stage, office, ROUNDS, ("a", confirm), ("b", confirm))
    assert not lost(outcomes)
    with stage.env() as env:
        invoices = env["account.move"].search(
            [("realestate_reservation_id", "in", ids), ("state", "!=", "cancel")]
        )
        assert sorted(invoices.realestate_reservation_id.ids) == ids
        assert len(invoices) == ROUNDS


def test_a_reservation_prolonged_while_it_is_cancelled_claims_nothing(stage, office):
    ids = confirmed(stage, office, ROUNDS)

    def prolong(env, number):
        later = "2099-01-01 00:00:00"
        return record(env, "reservation", ids[number]).write({"date_expiry": later})

    def cancel(env, number):
        return record(env, "reservation", ids[number]).action_cancel("no")

    outcomes = pair(stage, office, ROUNDS, ("prolong", prolong), ("cancel", cancel))
    assert not {key for key in lost(outcomes) if key[0] == "cancel"}
    with stage.env() as env:
        for reservation in record(env, "reservation", ids):
            assert reservation.state == "cancelled"
            assert not reservation.unit_id.live_claim_id


def test_what_is_submitted_is_what_was_checked(stage, office):
    """Who edits a draft while it is handed in is told, or edits before the check."""
    ids = [contract for contract, _buyers in drafts(stage, office, ROUNDS)]

    def reprice(env, number):
        return record(env, "contract", ids[number]).line_ids.write({"price": 900000})

    def submit(env, number):
        return record(env, "contract", ids[number]).action_submit()

    pair(stage, office, ROUNDS, ("reprice", reprice), ("submit", submit))
    with stage.env() as env:
        for contract in record(env, "contract", ids):
            assert contract.state == "review"
            assert contract._is_schedule_exact()
            assert contract.amount_total == sum(contract.line_ids.mapped("price"))


def test_nobody_changes_the_shares_of_a_contract_handed_in(stage, office):
    ids = drafts(stage, office, ROUNDS)

    def reshare(env, number):
        buyers = record(env, "contract.buyer", ids[number][1])
        return buyers[:1].write({"share": 50})

    def submit(env, number):
        return record(env, "contract", ids[number][0]).action_submit()

    pair(stage, office, ROUNDS, ("reshare", reshare), ("submit", submit))
    with stage.env() as env:
        for contract in record(env, "contract", [one for one, _buyers in ids]):
            handed_in = contract.state == "review"
            whole = sum(contract.buyer_ids.mapped("share")) == 100
            assert handed_in == whole, "handed in with shares that nobody checked"


def test_prices_edited_while_their_list_is_approved_are_applied(stage, office):
    with stage.env() as env:
        sets = [office.units(env, 1) for _round in range(ROUNDS)]
        lists = [office.pricelist(env, units, 1500000) for units in sets]

    def edit(env, number):
        lines = record(env, "pricelist", lists[number]).line_ids
        return lines.write({"price_list": 1600000})

    def approve(env, number):
        return record(env, "pricelist", lists[number]).action_approve()

    roles = ("manager", "manager")
    pair(stage, office, ROUNDS, ("edit", edit), ("approve", approve), roles)
    with stage.env() as env:
        for line in record(env, "pricelist", lists).line_ids:
            assert line.unit_id.price_list == line.price_list


def test_two_lists_approved_at_once_leave_one_in_force(stage, office):
    with stage.env() as env:
        lists = [
            office.pricelist(env, office.units(env, 2), 1500000) for _each in range(2)
        ]

    def approve(env, number):
        return record(env, "pricelist", lists[number]).action_approve()

    outcomes = pair(
        stage,
        office,
        1,
        ("first", lambda env, _number: approve(env, 0)),
        ("second", lambda env, _number: approve(env, 1)),
        roles=("manager", "manager"),
    )
    assert not lost(outcomes)
    with stage.env() as env:
        project = record(env, "project", office.project)
        in_force = env["realestate.pricelist"].search(
            [("project_id", "=", project.id), ("state", "=", "effective")]
        )
        assert len(in_force) == 1


def drafts(stage, office, count):
    """Return (contract, buyers) ids of ``count`` draft contracts of new units."""
    found = []
    for reservation in confirmed(stage, office, count, fee=0):
        with stage.env(office.roles["officer"], office.company) as env:
            contract = record(env, "reservation", reservation).action_convert()
            found.append((contract.id, contract.buyer_ids.ids))
    return found


def test_a_milestone_reached_while_a_contract_is_handed_in_dates_it(stage, office):
    with stage.env() as env:
        milestones = env["realestate.milestone"].create(
            [
                {"project_id": office.project, "code": f"M{n}", "name": f"Stage {n}"}
                for n in range(ROUNDS)
            ]
        )
        plans = [office.milestone_plan(env, f"M{n}") for n in range(ROUNDS)]
        milestones = milestones.ids
    ids = [contract for contract, _buyers in drafts(stage, office, ROUNDS)]
    with stage.env() as env:
        for contract, plan in zip(record(env, "contract", ids), plans, strict=True):
            contract.plan_id = plan

    def reach(env, number):
        return record(env, "milestone", milestones[number]).action_reach()

    def submit(env, number):
        return record(env, "contract", ids[number]).action_submit()

    roles = ("manager", "officer")
    pair(stage, office, ROUNDS, ("reach", reach), ("submit", submit), roles)
    with stage.env() as env:
        for contract in record(env, "contract", ids):
            waiting = contract.installment_ids.filtered("milestone_id")
            assert waiting
            assert all(waiting.mapped("date_due")), "would never be billed"
