"""Doubtful debts: new dates that run, wait or were broken, and what is given up."""

from datetime import timedelta

from odoo import fields

from .people import MODULE, STAFF


def build(env, companies):
    """Arrangements in every state, a proposal of each kind, a package."""
    for index, company in enumerate(companies):
        env = env(context={**env.context, "allowed_company_ids": company.ids})
        staff = {
            role: env.ref(f"{MODULE}.user_{logins[index]}")
            for role, logins in STAFF.items()
            if role in ("collector", "manager")
        }
        late = _find_late(env, company)
        _arrange(env, late[:4], staff)
        _propose(env, late[4:7], staff)
        if late:
            _prepare_cancellation(late[-1], staff)


def _find_late(env, company):
    """Contracts with arrears, the newest first: the oldest are for the others."""
    contracts = env["realestate.contract"].search(
        [("company_id", "=", company.id), ("state", "=", "active")], order="id desc"
    )
    return [one for one in contracts if one._get_debt()[1] > 0]


def _approve(record, staff):
    record.with_user(staff["collector"]).action_submit()
    record.with_user(staff["manager"]).action_approve()


def _arrange(env, contracts, staff):
    """A draft, one to approve, one offered, one that runs; fewer where fewer are
    late."""
    today = fields.Date.today()
    for number, contract in enumerate(reversed(contracts)):
        arrangement = (
            env["realestate.arrangement"]
            .with_user(staff["collector"])
            .create(
                {
                    "contract_id": contract.id,
                    "part_count": 3 + number,
                    "date_first": today + timedelta(days=15),
                    "reason": "Lost the job in summer, works again",
                }
            )
        )
        if number == 0:
            _approve(arrangement, staff)
            arrangement.action_offer()
            arrangement.action_accept_on_paper()
        elif number == 1:
            _approve(arrangement, staff)
            arrangement.action_offer()
        elif number == 2:
            arrangement.action_submit()


def _propose(env, contracts, staff):
    """A write-off of a part that is booked, one to approve, a draft."""
    for number, contract in enumerate(contracts):
        proposal = (
            env["realestate.debt.proposal"]
            .with_user(staff["collector"])
            .create(
                {
                    "contract_id": contract.id,
                    "kind": "legal" if number == 1 else "write_off",
                    "reason": "The buyer left the country, letters come back",
                }
            )
        )
        if number == 0:
            part = contract.currency_id.round(proposal.amount / 10)
            proposal.amount_given_up = part
            _approve(proposal, staff)
            proposal.with_user(staff["manager"]).action_execute()
        elif number == 1:
            proposal.action_submit()


def _prepare_cancellation(contract, staff):
    """The package of the one who is late the longest, for the manager to decide."""
    contract = contract.with_user(staff["collector"])
    number = contract.prepare_cancellation()
    contract.env["realestate.cancellation.package"].browse(number).action_submit()
