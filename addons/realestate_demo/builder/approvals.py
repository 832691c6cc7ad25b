"""Approval tiers, set up now: what is in review today waits for them."""

from odoo.fields import Command

from . import people

TIERS = [
    # name, who of the staff, from how much of the dearest home on
    ("Contract Supervisor", "approver", 0),
    ("Sales Director", "manager", 0.15),
]


def build(env, companies):
    """Give both companies their tiers and ask for what is in review."""
    for company in companies:
        staff = people.get_staff(env, company)
        units = env["realestate.unit"].search([("company_id", "=", company.id)])
        dearest = max(
            unit.currency_id._convert(unit.price_list, company.currency_id, company)
            for unit in units
        )
        for sequence, (name, role, share) in enumerate(TIERS):
            env["realestate.approval.tier"].create(
                {
                    "name": name,
                    "kind": "contract",
                    "sequence": sequence,
                    "company_id": company.id,
                    "amount_from": round(dearest * share, -6),
                    "user_ids": [Command.set(staff[role].ids)],
                }
            )
        in_review = env["realestate.contract"].search(
            [("company_id", "=", company.id), ("state", "=", "review")]
        )
        in_review = in_review.with_user(staff["officer"])
        in_review.action_draft()
        in_review.action_submit()
        # Half of them have been approved by the first.
        for contract in in_review[: len(in_review) // 2].with_user(staff["approver"]):
            contract.action_approve()
