"""Two supervisors merge the same buyers at the same moment: no contract is lost."""

from test_contract_race import ROUNDS, lost, pair, record

ROLES = ("supervisor", "manager")


def twins(stage, office, count):
    """Return pairs of contacts, each with a contract of its own and a shared one."""
    with stage.env() as env:
        units = office.units(env, count * 3)
        partners = env["res.partner"].create(
            [{"name": f"Twin {number}"} for number in range(count * 2)]
        )
    pairs = list(zip(partners.ids[::2], partners.ids[1::2], strict=True))
    with stage.env(office.roles["officer"], office.company) as env:
        contracts = env["realestate.contract"].create(
            [
                values
                for number, (one, other) in enumerate(pairs)
                for values in prepare(env, office, units[number * 3 :], one, other)
            ]
        )
        return pairs, contracts.ids


def prepare(env, office, units, one, other):
    """Return values of three contracts: of one, of the other, of both."""
    shares = (((one, 100),), ((other, 100),), ((one, 60), (other, 40)))
    return [
        {
            "project_id": record(env, "unit", unit).project_id.id,
            "partner_id": buyers[0][0],
            "plan_id": office.plan,
            "line_ids": [(0, 0, {"unit_id": unit})],
            "buyer_ids": [
                (0, 0, {"partner_id": who, "share": share, "is_main": not index})
                for index, (who, share) in enumerate(buyers)
            ],
        }
        for unit, buyers in zip(units, shares, strict=False)
    ]


def merge(keep, other):
    """Return what merges two contacts of a pair, by their place in it."""

    def work(pairs):
        return lambda env, number: (
            env["res.partner"]
            .browse(pairs[number][keep])
            ._merge_buyer(env["res.partner"].browse(pairs[number][other]))
            .id
        )

    return work


def check(stage, pairs, contracts):
    """Each pair is one contact now, and its contracts and their shares are whole."""
    with stage.env() as env:
        for number, both in enumerate(pairs):
            left = env["res.partner"].browse(both).exists()
            assert len(left) == 1, f"pair {number}: {len(left)} contacts are left"
            own = record(env, "contract", contracts[number * 3 : number * 3 + 3])
            assert own.partner_id == left
            for contract in own:
                rows = contract.buyer_ids
                assert [(row.partner_id, row.share) for row in rows] == [(left, 100)]
                assert rows.is_main
                assert not contract._get_problems()


def test_the_same_merge_twice_at_once_is_one_merge(stage, office):
    pairs, contracts = twins(stage, office, ROUNDS)
    same = merge(0, 1)(pairs)
    outcomes = pair(stage, office, ROUNDS, ("a", same), ("b", same), ROLES)
    for number in range(ROUNDS):
        assert {("a", number), ("b", number)} - lost(outcomes), "nobody merged"
    check(stage, pairs, contracts)


def test_merges_in_opposite_directions_leave_one_buyer(stage, office):
    pairs, contracts = twins(stage, office, ROUNDS)
    left, right = merge(0, 1)(pairs), merge(1, 0)(pairs)
    outcomes = pair(stage, office, ROUNDS, ("a", left), ("b", right), ROLES)
    for number in range(ROUNDS):
        assert {("a", number), ("b", number)} - lost(outcomes), "nobody merged"
    check(stage, pairs, contracts)
