"""Cases of late contracts and what officers did about them."""

from datetime import timedelta

from odoo import fields

from . import drawings
from .people import get_staff

NOTES = {
    "reached": "Will look into it and call back.",
    "call_back": "Is at work, asks to be called after six.",
    "no_answer": "",
    "left_message": "Spoke to the mother.",
    "refused": "Says he pays when the lobby is finished.",
    "paid_already": "Says the bank sent it on Friday.",
}
REPLY = "Good day, I lost my job last month. Can we talk about new dates?"
CALLS = (
    ("call", "reached", "call", 3),
    ("call", "no_answer", "call", 1),
    ("call", "left_message", "call", 2),
    ("call", "paid_already", "money", 2),
    ("call", "call_back", "call", 1),
    ("call", "refused", "visit", 4),
)


def build(env, companies, rng):
    """Teams, cases by rule, contacts, promises, disputes and escalations."""
    for company in companies:
        ours = env(context={**env.context, "allowed_company_ids": company.ids})
        company = company.with_env(ours)
        _build_team(ours, company)
        ours["realestate.collection.case"]._refresh(company)
        cases = ours["realestate.collection.case"].search(
            [("company_id", "=", company.id)], order="days_late, id"
        )
        _work(cases, rng)
        _promise(cases[1::4], rng)
        _dispute(cases[2:3])
        _visit(cases[-2:-1], rng)
        _reply(cases[3:5])
        ours["realestate.promise"]._follow_days(company)
        ours["realestate.escalation.rule"]._apply(company)
        manager = get_staff(ours, company)["manager"][:1]
        cases.sorted("escalation")[-1:].action_assign(manager)


def _build_team(env, company):
    staff = get_staff(env, company)
    env["realestate.collection.team"].create(
        {
            "name": "Collection",
            "company_id": company.id,
            "user_id": staff["manager"][:1].id,
            "member_ids": [fields.Command.set(staff["collector"].ids)],
        }
    )
    env.ref("realestate_collection.dispute_category_payment").user_id = env.ref(
        "realestate_demo.user_accountant"
    )


def _by_owner(case):
    """The contract of a case as its owner works on it."""
    return case.contract_id.with_user(case.user_id)


def _today(case):
    """The day it is for the owner of a case."""
    return _by_owner(case).company_id._realestate_today()


def _work(cases, rng):
    """A call for three cases in four, the rest are new."""
    for number, case in enumerate(cases):
        if number % 4 == 3:
            continue
        kind, outcome, step, days = CALLS[rng.randrange(len(CALLS))]
        day = _today(case) + timedelta(days=days if number % 3 else 0)
        _by_owner(case).log_contact(kind, outcome, NOTES[outcome], step, day)


def _promise(cases, rng):
    """Promises for the next days; one of a fortnight ago that nobody kept."""
    for number, case in enumerate(cases):
        contract, today = _by_owner(case), _today(case)
        if number == 1:
            _promise_before(contract, case)
            continue
        contract.log_contact(
            "call",
            "promised",
            "Will pay when the salary is in.",
            "money",
            today + timedelta(days=1 + number),
            case.amount_overdue,
            today + timedelta(days=number),
        )


def _promise_before(contract, case):
    """A promise as it was taken down two weeks ago."""
    made = fields.Datetime.now() - timedelta(days=14)
    env = contract.env
    event = env["realestate.collection.event"]._record(
        [
            {
                "contract_id": contract.id,
                "kind": "call",
                "outcome": "promised",
                "date": made,
                "note": "Promises to pay by the end of the week.",
            }
        ]
    )
    env["realestate.promise"].sudo()._make(
        contract.sudo(),
        case.amount_overdue,
        made.date() + timedelta(days=4),
        event.sudo(),
    )


def _dispute(cases):
    for case in cases:
        _by_owner(case).open_dispute(
            case.env.ref("realestate_collection.dispute_category_payment"),
            "Says that the instalment of last month was paid at the bank counter and "
            "sends a slip.",
        )


def _visit(cases, rng):
    for case in cases:
        _by_owner(case).log_contact(
            "visit",
            "left_message",
            "Nobody at home; the guard takes a letter.",
            "call",
            _today(case) + timedelta(days=2),
            place="14 Mabini Street, Manila",
            latitude=14.5547,
            longitude=121.0244,
            photos=[("front-door.png", drawings.draw_view(rng))],
        )


def _reply(cases):
    for case in cases:
        case.contract_id.message_post(
            body=REPLY,
            author_id=case.partner_id.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
