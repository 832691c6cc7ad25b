"""Reservations and contracts in every state, made over the last two years."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from . import deposits, people

# Out of 30 contracts, how many stop in which state.
STATES = (
    ["draft", "review", "approved", "signed", "sealed"]
    + ["cancelled"]
    + ["active"] * 24
)
DAYS_AFTER = {"sign": 3, "seal": 6, "activate": 7}
STEPS = ("submit", "approve", "sign", "seal", "activate")
REACHED = {
    "draft": 0,
    "review": 1,
    "approved": 2,
    "signed": 3,
    "sealed": 4,
    "active": 5,
}
OPEN_RESERVATIONS = 5
CANCELLED_RESERVATIONS = 2
HOLDS = 6


def build(env, recipe, rng):
    """Make the contracts of one project; return them."""
    project = recipe.project
    env = env(context={**env.context, "allowed_company_ids": project.company_id.ids})
    units = env["realestate.unit"].search(
        [("project_id", "=", project.id), ("state", "=", "available")]
    )
    homes = units.filtered(lambda unit: unit.kind in ("home", "plot"))
    parking = [unit for unit in units - homes if not unit.main_unit_id]
    wanted = recipe.contracts + OPEN_RESERVATIONS + CANCELLED_RESERVATIONS + HOLDS
    chosen = homes.browse(rng.sample(homes.ids, wanted))
    buyers = people.create_buyers(env, recipe.country, wanted, rng)
    staff = people.get_staff(env, project.company_id)
    made = env["realestate.contract"]
    for number in range(recipe.contracts):
        contract = _make_contract(
            env,
            recipe,
            chosen[number],
            buyers[number],
            state=STATES[number % len(STATES)],
            age_days=_get_age(number, rng),
            staff=staff,
        )
        if contract.state == "draft" and parking:
            drafting = contract.with_user(staff["officer"])
            drafting.line_ids = [Command.create({"unit_id": parking.pop(0).id})]
        made += contract
    left = chosen[recipe.contracts :]
    _make_reservations(recipe, left, buyers, rng, staff)
    _make_line(left, buyers, staff)
    return made


def _get_age(number, rng):
    """Days ago: contracts in preparation are young, running ones up to two years."""
    if STATES[number % len(STATES)] == "active":
        return rng.randrange(40, 730)
    return rng.randrange(2, 30)


def _make_contract(env, recipe, unit, buyer, *, state, age_days, staff):
    day = fields.Date.today() - timedelta(days=age_days)
    # Numbers bear the year they were drawn in.
    unit = unit.with_context(ir_sequence_date=fields.Date.to_string(day))
    unit = _given_to_agent(unit, staff)
    plan = recipe.plans[unit.id % len(recipe.plans)]
    reservation = unit.action_reserve(buyer, plan, recipe.project.reservation_fee)
    reservation.date_reservation = day - timedelta(days=7)
    reservation.action_confirm()
    if state in deposits.BEFORE:
        deposits.agree(
            reservation, day - timedelta(days=5), staff, paid=unit.id % 3 != 0
        )
    contract = reservation.with_user(staff["officer"]).action_convert()
    contract.write({"date_contract": day, "date_start": day})
    if unit.id % 4 == 0:
        _add_cobuyer(env, recipe, contract)
    _walk(contract, state, day, staff)
    return contract.with_env(env)


def _given_to_agent(unit, staff):
    """Two in three units are sold by the first agent."""
    return unit.with_user(staff["agent"][:2][-1 if unit.id % 3 == 0 else 0])


def _add_cobuyer(env, recipe, contract):
    main = contract.buyer_ids
    # Contacts are not the contract desk's to make.
    spouse = main.partner_id.with_env(env).copy(
        {
            "name": f"{recipe.project.code.title()} Co-buyer {contract.id}",
            "email": f"cobuyer{contract.id}@example.com",
        }
    )
    contract.buyer_ids = [
        Command.update(main.id, {"share": 50}),
        Command.create({"partner_id": spouse.id, "share": 50}),
    ]


def _walk(contract, state, day, staff):
    """Press the buttons up to ``state``; cancelled ones stop after the approval."""
    approver = contract.with_user(staff["approver"])
    today = fields.Date.today()
    for step in STEPS[: REACHED.get(state, 2)]:
        if step == "approve":
            approver.action_approve()
        elif step in DAYS_AFTER:
            date = min(day + timedelta(days=DAYS_AFTER[step]), today)
            getattr(contract, f"action_{step}")(date)
        else:
            getattr(contract, f"action_{step}")()
    if state == "cancelled":
        approver.action_cancel("The buyer's loan was refused")


def _make_reservations(recipe, units, buyers, rng, staff):
    buyers = list(buyers)[-len(units) :]
    reserved = units[: OPEN_RESERVATIONS + CANCELLED_RESERVATIONS]
    for number, (unit, buyer) in enumerate(zip(reserved, buyers, strict=False)):
        expiry = fields.Datetime.now() + timedelta(days=rng.randrange(1, 14))
        reservation = _given_to_agent(unit, staff).action_reserve(
            buyer, recipe.plans[0], recipe.project.reservation_fee, expiry
        )
        if number % 2 or number >= OPEN_RESERVATIONS:
            reservation.action_confirm()
        if number % 2 and number < OPEN_RESERVATIONS:
            _agree_on_deposit(reservation.with_env(units.env), staff, number)
        if number >= OPEN_RESERVATIONS:
            _fail(reservation.with_env(units.env), staff, kept=number % 2)
    for unit in units[len(reserved) :]:
        _given_to_agent(unit, staff).action_hold(
            fields.Datetime.now() + timedelta(hours=rng.randrange(4, 72))
        )


def _fail(reservation, staff, *, kept):
    """Cancel a reservation whose deposit was paid; it is kept, or given back."""
    deposit = deposits.agree(reservation, fields.Date.today(), staff)
    reservation.with_user(staff["approver"]).action_cancel(
        "Chose a home in another project"
    )
    if kept:
        deposit.with_user(staff["approver"]).action_forfeit(
            "The cooling-off period is over"
        )
    else:
        # Paid back by the accounting, which the staff above is not.
        deposit.sudo().action_refund()


def _agree_on_deposit(reservation, staff, number):
    """One in two is signed; the other waits for its buyer."""
    deposits.agree(
        reservation, fields.Date.today(), staff, signed=number > 1, paid=number > 1
    )


def _make_line(units, buyers, staff):
    """Let staff wait for reserved and held units; one is given up and so offered."""
    waited = units.filtered(lambda unit: unit.state in ("reserved", "held"))[-5:]
    for unit, buyer in zip(waited, buyers, strict=False):
        others = (staff["agent"] | staff["approver"]) - unit.claim_user_id
        for waiting in others or staff["manager"]:
            unit.with_user(waiting).action_join_queue(buyer)
    given_up = waited[-1:]
    given_up.with_user(given_up.claim_user_id).action_release()
