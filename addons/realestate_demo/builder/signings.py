"""Signing desks, and appointments of last week, this one and the next."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from . import people

HOURS = [
    {"weekday": str(day), "hour_from": start, "hour_to": stop}
    for day in range(6)
    for start, stop in ((9, 12), (13, 17))
]
DESKS = {
    # currency of the company: name, time zone, chairs
    "PHP": ("Sales Gallery Makati", "Asia/Manila", 2),
    "AED": ("Marina Sales Centre", "Asia/Dubai", 1),
}


def build(env, companies):
    """Give each company a desk and its contracts their appointments."""
    for company in companies:
        own = env(context={**env.context, "allowed_company_ids": company.ids})
        desk = _create_desk(own, company)
        _plan(own, desk, people.get_staff(own, company))


def _create_desk(env, company):
    name, zone, chairs = DESKS[company.currency_id.name]
    today = fields.Date.today()
    return env["realestate.signing.desk"].create(
        {
            "name": name,
            "company_id": company.id,
            "tz": zone,
            "capacity": chairs,
            "hours_ids": [Command.create(dict(line)) for line in HOURS],
            "closed_ids": [
                Command.create(
                    {
                        "date_from": today + timedelta(days=20),
                        "date_to": today + timedelta(days=20),
                        "reason": "Company outing",
                    }
                )
            ],
        }
    )


def _plan(env, desk, staff):
    contracts = env["realestate.contract"].search(
        [("company_id", "=", desk.company_id.id)]
    )
    by_state = contracts.grouped("state")
    nothing = contracts.browse()
    officer = staff["officer"][:1]
    past, future = _get_times(desk)

    def meet(contract, start):
        signings = env["realestate.signing"].with_user(officer)
        return signings.create(
            {
                "contract_ids": [Command.set(contract.ids)],
                "desk_id": desk.id,
                "user_id": officer.id,
                "date_start": start,
            }
        )

    for contract in by_state.get("signed", nothing):
        meet(contract, past.pop()).action_done()
    for number, contract in enumerate(by_state.get("review", nothing)):
        signing = meet(contract, future.pop(0))
        if number == 1:
            signing.action_cancel("The buyer travels until the end of the month")
    for number, contract in enumerate(by_state.get("approved", nothing)):
        _live(meet, contract, number, past, future)


def _live(meet, contract, number, past, future):
    """One approved contract each: confirmed, invited after a move, missed."""
    if number == 2:
        meet(contract, past.pop()).action_no_show()
        return
    signing = meet(contract, future.pop(0))
    if number == 1:
        signing.action_reschedule(future.pop(3), "The buyer's spouse works mornings")
    signing.action_invite()
    if number % 2 == 0:
        signing.action_confirm()


def _get_times(desk):
    """Free times of the last six days, and of the next ten: every third."""
    today = fields.Date.today()
    past = desk.get_free_slots(today - timedelta(days=6), today - timedelta(days=1))
    future = desk.get_free_slots(
        today,
        today + timedelta(days=10),
        earliest=fields.Datetime.now() + timedelta(hours=20),
    )
    return (
        [slot["start"] for slot in past[::3]],
        [slot["start"] for slot in future[::3]],
    )
