"""Loans of the buyers: a bank panel, mortgages in every stage, money released."""

from datetime import datetime, timedelta

from odoo import fields

from . import people
from .documents import draw_paper

PANELS = {
    "PHP": (
        ("Harbour Bank of Manila", "First Home, 20 Years", 6.75, 70),
        ("Luzon Savings Bank", "Family Home", 7.25, 80),
    ),
    "AED": (("Gulf Coast Bank", "Off-Plan Loan", 4.5, 50),),
}
#: Target stage, share of what is open in percent, days since it was taken up.
COURSES = (
    ("documents", 60, 6),
    ("documents", 55, 30),
    ("appointment", 60, 12),
    ("notary", 50, 20),
    ("submission", 50, 20),
    ("bank", 100, 40),
    ("bank", 60, 60),
    ("contract", 50, 45),
    ("registration", 50, 60),
    ("release", 60, 70),
    ("release", 40, 90),
    ("papers", 30, 90),
    ("done", 30, 120),
    ("refused", 50, 50),
)
STEPS = {
    "documents": "action_complete_documents",
    "appointment": "action_visit",
    "notary": "action_notarize",
    "submission": "action_submit",
    "bank": "action_approve",
    "contract": "action_seal",
    "registration": "action_register",
}
PAID = ("papers", "done")


def build(env, companies):
    """Offer loans in each company and carry some of them to each stage."""
    for company in companies:
        programmes = _create_panel(env, company)
        contracts = _choose(env, company, programmes)
        courses = COURSES if company == companies[0] else COURSES[3:9:2]
        for number, course in enumerate(courses[: len(contracts)]):
            programme = programmes[number % len(programmes)]
            _carry(contracts[number], programme, *course)
    _invite_portal_buyer(env)
    env["realestate.mortgage"]._cron_chase()


def _create_panel(env, company):
    currency = company.currency_id
    programmes = env["realestate.bank.programme"]
    for name, title, rate, ltv in PANELS[currency.name]:
        bank = env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "company_id": company.id,
                "country_id": company.country_id.id,
                "email": f"loans@{name.split()[0].lower()}.example.com",
            }
        )
        programmes |= programmes.create(
            {
                "name": title,
                "partner_id": bank.id,
                "company_id": company.id,
                "currency_id": currency.id,
                "rate": rate,
                "ltv_max": ltv,
            }
        )
    return programmes


def _choose(env, company, programmes):
    """Running contracts in the currency of the bank, the portal buyer's first."""
    contracts = env["realestate.contract"].search(
        [
            ("company_id", "=", company.id),
            ("currency_id", "=", programmes.currency_id.id),
            ("state", "in", ("approved", "signed", "sealed", "active")),
        ],
        order="id",
    )
    contracts = contracts.filtered("amount_unbilled")
    late = contracts.filtered("amount_overdue")
    mixed = [one for pair in zip(contracts - late, late, strict=False) for one in pair]
    login = env.ref("realestate_demo.user_buyer").partner_id
    own = contracts.filtered(lambda one: login in one.buyer_ids.partner_id)[:1]
    rest = [one for one in mixed if one not in own]
    # The third course has its appointment still to come.
    return rest[:2] + list(own) + rest[2:]


def _carry(contract, programme, stage, percent, days):
    start = fields.Date.today() - timedelta(days=days)
    open_amount = contract.amount_total - contract.amount_paid
    share = min(open_amount * percent / 100, contract.amount_total * 0.7)
    amount = contract.amount_total if percent == 100 else share
    amount = min(amount, open_amount)
    mortgage = contract.env["realestate.mortgage"].create(
        {
            "contract_id": contract.id,
            "programme_id": programme.id,
            "amount_commercial": max(amount // 1000 * 1000, 1000),
            "user_id": _get_officer(contract).id,
            "date_start": start,
            "income": amount // 1000 * 20,
        }
    )
    if stage != "documents":
        _hand_papers_in(mortgage)
        _walk(mortgage, stage, start)
    if stage == "refused":
        mortgage.action_refuse("The income is too low for this loan.", "bank")
    elif stage in PAID or percent == 40:
        _release(mortgage, part=1 if stage in PAID else 0.5)
    if stage == "done":
        mortgage.action_return_papers()


def _get_officer(contract):
    if contract.company_id == contract.env.ref("base.main_company"):
        return contract.env.ref("realestate_demo.user_loan")
    return people.get_staff(contract.env, contract.company_id)["approver"][:1]


def _hand_papers_in(mortgage):
    staff = people.get_staff(mortgage.env, mortgage.company_id)
    until = fields.Date.today() + timedelta(days=700)
    for paper in mortgage.document_ids.filtered(lambda one: one.state == "missing"):
        name = f"{paper.type_id.code.lower()}.pdf"
        handed = paper.with_user(staff["officer"][:1])
        handed.action_receive(draw_paper(paper.display_name), name)
        if paper.type_id.has_expiry:
            handed.date_expiry = until
        paper.with_user(staff["approver"][:1]).action_accept()


def _walk(mortgage, stage, start):
    """Take step after step, five days each, until ``stage`` is waited for."""
    day = start
    for step, button in STEPS.items():
        if step == stage or (stage == "refused" and step == "bank"):
            return
        day = min(day + timedelta(days=5), fields.Date.today())
        getattr(mortgage, button)(day)


def _release(mortgage, part):
    amount = mortgage.currency_id.round(mortgage.amount_due * part)
    mortgage.contract_id.register_payment(
        amount,
        None,
        max(mortgage.date_stage, fields.Date.today() - timedelta(days=20)),
        memo=f"Loan {mortgage.name}",
        payer=mortgage.bank_id,
    )


def _invite_portal_buyer(env):
    partner = env.ref("realestate_demo.user_buyer").partner_id
    mortgage = env["realestate.mortgage"].search(
        [("partner_id", "=", partner.id), ("stage", "=", "appointment")], limit=1
    )
    day = fields.Date.today() + timedelta(days=4)
    mortgage.write(
        {
            "date_appointment": datetime.combine(day, datetime.min.time())
            + timedelta(hours=2),
            "appointment_place": "Harbour Bank, Ayala Avenue Branch, 2nd floor",
        }
    )
