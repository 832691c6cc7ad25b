"""What is set up for second looks, and what waits for them."""

from odoo import fields
from odoo.fields import Command

from . import people

REASONS = [
    # name, percentage nobody is asked about
    ("Early buyer", 3),
    ("Returning buyer", 2),
    ("Second unit of the family", 2),
    ("Member of staff", 0),
]
ITEMS = [
    ("area", "Areas", "Compare the areas with the plans of the building."),
    ("price", "Prices", "Compare the prices with the list and read the reasons."),
    ("parties", "Parties", "Compare names and shares with the IDs of the buyers."),
    ("plan", "Payment plan", "Count the instalments and look at the last date."),
    ("terms", "Special terms", "Nothing may contradict the standard terms."),
]
TIERS = [
    # kind, name, who of the staff, from which percentage on
    ("floor", "Price below the floor", "manager", 3),
    ("discount", "Sales Director", "manager", 5),
    ("pricelist", "Price Committee", "approver", 4),
]


def build(env, company):
    """Set up one company's second looks and let something of each kind wait."""
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    staff = people.get_staff(env, company)
    _set_up(env, company, staff)
    contracts = env["realestate.contract"].search([("company_id", "=", company.id)])
    _review(contracts.filtered(lambda one: one.state == "review")[:4], staff)
    _discount(contracts.filtered(lambda one: one.state == "draft")[:3], staff)
    # Whose text is kept has been issued to those who sign.
    approved = contracts.filtered(lambda one: one.state == "approved")
    _represent(env, approved.filtered(lambda one: not one.paper_id)[:4], staff)
    _ask_below_floor(env, company)
    _ask_for_prices(env, company, staff)


def _set_up(env, company, staff):
    env["realestate.discount.reason"].create(
        [
            {"name": name, "percent_free": percent, "company_id": company.id}
            for name, percent in REASONS
        ]
    )
    env["realestate.review.item"].create(
        [
            {
                "kind": kind,
                "name": name,
                "instruction": instruction,
                "sequence": number,
                "company_id": company.id,
            }
            for number, (kind, name, instruction) in enumerate(ITEMS)
        ]
    )
    leader = env.ref("realestate_demo.user_leader")
    env["realestate.approval.tier"].search(
        [("company_id", "=", company.id)]
    ).escalation_user_id = leader
    env["realestate.approval.tier"].create(
        [
            {
                "kind": kind,
                "name": name,
                "company_id": company.id,
                "percent_from": percent,
                "user_ids": [Command.set(staff[role].ids)],
                "escalation_user_id": leader.id,
            }
            for kind, name, role, percent in TIERS
        ]
    )


def _review(contracts, staff):
    """Hand them in anew: the first is found right, the second wrong in one point, the
    third is being checked."""
    contracts = contracts.with_user(staff["officer"])
    contracts.action_draft()
    contracts.action_submit()
    checked = contracts.with_user(staff["approver"])
    checked[:1].action_review_ok()
    for contract in checked[1:2]:
        area, *rest = contract.review_ids
        area.action_wrong("The plan of the floor says 1.5 m² less: ask the architect.")
        rest[0].action_ok()
    for contract in checked[2:3]:
        contract.review_ids[:2].action_ok()


def _discount(contracts, staff):
    """One within what is free, one that waits for its approval, one over the whole."""
    reasons = contracts.env["realestate.discount.reason"].search([], order="id")
    given = ((2, reasons[0]), (7.5, reasons[1]), (2, reasons[2]))
    for contract, (percent, reason) in zip(
        contracts.with_user(staff["officer"]), given, strict=False
    ):
        contract.action_give_discount(percent=percent, reason_id=reason.id)
        if contract.needs_discount_approval:
            contract.action_request_discount("The fourth home this family buys.")


def _represent(env, contracts, staff):
    """A proxy with a power of attorney, and the guardian of an heir."""
    today = fields.Date.today()
    proxy, guardian = env["res.partner"].create(
        [
            {"name": "Atty. Benigno Marasigan", "email": "marasigan@example.com"},
            {"name": "Consuelo Marasigan", "email": "consuelo@example.com"},
        ]
    )
    buyers = contracts.buyer_ids.with_user(staff["officer"])
    for buyer in buyers[:1]:
        buyer.write(
            {
                "proxy_id": proxy.id,
                "proxy_document": "Special power of attorney, Doc. 12, Notary R. Cruz",
                "proxy_date": fields.Date.subtract(today, months=1),
                "proxy_date_end": fields.Date.add(today, months=11),
            }
        )
    for buyer in buyers[1:2]:
        # Contacts are not the contract desk's to write.
        born = fields.Date.subtract(today, years=15)
        buyer.partner_id.with_env(env).realestate_birth_date = born
        buyer.write({"proxy_id": guardian.id, "proxy_kind": "guardian"})


def _ask_below_floor(env, company):
    reservation = env["realestate.reservation"].search(
        [("company_id", "=", company.id), ("state", "=", "draft")], limit=1
    )
    own = reservation.with_user(reservation.user_id)
    own.price = reservation.currency_id.round(reservation.unit_id.price_floor * 0.95)
    own.action_request_floor("Pays everything at once, in cash.")


def _ask_for_prices(env, company, staff):
    project = env["realestate.project"].search(
        [("company_id", "=", company.id)], limit=1
    )
    pricelist = (
        env["realestate.pricelist"]
        .with_user(staff["manager"])
        .create(
            {
                "project_id": project.id,
                "date_effective": fields.Date.add(fields.Date.today(), months=2),
            }
        )
    )
    pricelist.action_load_units()
    for line in pricelist.line_ids[:20]:
        line.price_list = project.currency_id.round(line.price_list * 1.06)
    pricelist.action_request_approval()
