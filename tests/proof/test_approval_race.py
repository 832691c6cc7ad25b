"""Approvers at one contract at the same moment: none takes the other for undecided."""

from test_contract_race import ROUNDS, lost, pair, record

ROLES = ("supervisor", "manager")


def handed_in(stage, office, count):
    """Return contracts that wait for two tiers of the same turn, and what they ask."""
    with stage.env() as env:
        units = office.units(env, count)
        tiers = env["realestate.approval.tier"].create(
            [
                {
                    "name": role,
                    "kind": "contract",
                    "sequence": 10,
                    "company_id": office.company,
                    "user_ids": [office.roles[role]],
                }
                for role in ROLES
            ]
        )
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
        contracts.action_submit()
    with stage.env() as env:
        asked = []
        for contract in record(env, "contract", contracts.ids):
            by_tier = {one.tier_id: one.id for one in contract.approval_ids}
            asked.append(
                [by_tier[tier] for tier in record(env, "approval.tier", tiers.ids)]
            )
        return contracts.ids, tiers.ids, asked


def test_two_approvers_of_the_same_turn_approve_the_contract(stage, office):
    contracts, tiers, asked = handed_in(stage, office, ROUNDS)

    def approve(of):
        return lambda env, number: record(
            env, "approval", asked[number][of]
        ).action_approve()

    try:
        outcomes = pair(
            stage, office, ROUNDS, ("a", approve(0)), ("b", approve(1)), ROLES
        )
        assert not lost(outcomes)
        with stage.env() as env:
            states = record(env, "contract", contracts).mapped("state")
            assert states == ["approved"] * ROUNDS, "decided by all, approved by none"
    finally:
        # The other proofs' contracts are the supervisor's to approve.
        with stage.env() as env:
            record(env, "approval.tier", tiers).active = False
