"""Fees of three markets: charged, collected, held, and paid out with a receipt."""

from odoo import fields
from odoo.fields import Command

from . import deposits

#: Code of a fee to the authority it goes to, by jurisdiction.
AUTHORITIES = {
    "PH": {
        "STAMP": "Bureau of Internal Revenue",
        "TRANSFER": "City Treasurer of Makati",
        "REGISTRATION": "Registry of Deeds",
    },
    "AE-DU": {
        "REGISTRATION": "Dubai Land Department",
        "REGISTRATION_SELLER": "Dubai Land Department",
        "TITLE": "Dubai Land Department",
        "MORTGAGE": "Dubai Land Department",
    },
    "VN": {
        "MAINTENANCE": "Ban quản trị nhà chung cư",
        "REGISTRATION": "Chi cục Thuế Quận 7",
    },
}
#: These are due sooner than the ready types say, so that there is money to see.
AT_SIGNING = {"STAMP", "MAINTENANCE"}
#: Contracts of a project that bear fees: running ones and ones in preparation.
RUNNING, PREPARING = 6, 3


def build(env, companies):
    """Set the fees of each project up and let money of a few contracts go its way."""
    buyer = env.ref("realestate_demo.user_buyer").partner_id
    for project in env["realestate.project"].search(
        [("company_id", "in", companies.ids)]
    ):
        here = env(
            context={**env.context, "allowed_company_ids": project.company_id.ids}
        )
        project = project.with_env(here)
        _set_up(project)
        contracts = _choose(project, buyer)
        contracts.action_sync_fees()
        _change_one(contracts)
        contracts._charge_due_fees()
        _collect(contracts, buyer)
        _pay_out(contracts)


def _set_up(project):
    wizard = project.env["realestate.fee.setup"].create({"project_id": project.id})
    action = wizard.action_take_over()
    types = project.env["realestate.fee.type"].search(action["domain"])
    names = AUTHORITIES[project.jurisdiction_id.code]
    partners = project.env["res.partner"]
    known = {
        name: partners.search([("name", "=", name)], limit=1)
        or partners.create({"name": name, "is_company": True})
        for name in sorted(set(names.values()))
    }
    for kind in types:
        if kind.code in names:
            kind.partner_id = known[names[kind.code]]
        if kind.code in AT_SIGNING:
            kind.write({"due_rule": "days", "due_days": 30})


def _choose(project, buyer):
    contracts = project.env["realestate.contract"].search(
        [("project_id", "=", project.id)], order="date_contract desc"
    )
    running = contracts.filtered(lambda one: one.state == "active")
    own = running.filtered(lambda one: buyer in one.buyer_ids.partner_id)
    preparing = contracts.filtered(lambda one: one.state in ("draft", "approved"))
    return own | running[:RUNNING] | preparing[:PREPARING]


def _change_one(contracts):
    """A manager has changed the fee of one contract."""
    agreed = contracts.filtered(lambda one: one.state == "approved")[:1]
    changed = agreed.fee_ids.filtered(lambda one: one.ownership == "behalf")[:1]
    if changed:
        amount = changed.currency_id.round(changed.amount * 1.1)
        changed.action_change_amount(amount, "The zonal value is above the price")


def _collect(contracts, buyer):
    """Most buyers have paid; one in three has not."""
    for number, contract in enumerate(contracts):
        if number % 3 != 2 or buyer in contract.buyer_ids.partner_id:
            for record in contract.fee_ids.filtered("amount_residual"):
                deposits.pay(record.move_id)


def _pay_out(contracts):
    """One payment with its receipt is made; another one waits."""
    held = contracts.fee_ids.filtered(lambda one: one.amount_held > 0)
    for authority, fees in held.grouped("authority_id").items():
        half = max(len(fees) // 2, 1)
        made = _make_payout(authority, fees[:half])
        made.action_pay()
        made.write(
            {
                "receipt_number": f"OR-{made.id:05d}",
                "receipt_date": fields.Date.today(),
            }
        )
        if fees[half + 1 :]:
            _make_payout(authority, fees[half + 1 :])


def _make_payout(authority, fees):
    return fees.env["realestate.fee.payout"].create(
        {
            "partner_id": authority.id,
            "company_id": fees.company_id.id,
            "currency_id": fees.currency_id.id,
            "account_id": fees.account_id.id,
            "line_ids": [Command.create({"fee_id": one.id}) for one in fees],
        }
    )
