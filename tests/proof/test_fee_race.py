"""A fee that several people charge or pay out at once: charged once, paid out once."""

import pytest
from racing import assert_no_raw_error
from test_billing_killed import first_of_month

from odoo.fields import Command

RACERS = 4


@pytest.fixture
def fee(stage, office):
    """Return the id of a fee of 2 % of a signed contract, not charged yet."""
    with stage.env() as env:
        env = env(context={"allowed_company_ids": [office.company]})
        values = {"name": "City Treasury", "is_company": True}
        kind = env["realestate.fee.type"].create(
            {
                "name": "Deed Tax",
                "code": f"DEED{env['realestate.fee.type'].search_count([])}",
                "company_id": office.company,
                "partner_id": env["res.partner"].create(values).id,
                "project_ids": [Command.set([office.project])],
                "rate": 2,
                "due_rule": "handover",
            }
        )
        plan = office.monthly_plan(env, 4)
        contract = office.running(env, 1, first_of_month(0), plan)
        fees = env["realestate.contract"].browse(contract).fee_ids
        return fees.filtered(lambda one: one.type_id == kind).id


def charge_and_collect(stage, office, fee):
    """Let the buyer pay the fee, so that it is held."""
    with stage.env() as env:
        env = env(context={"allowed_company_ids": [office.company]})
        record = env["realestate.contract.fee"].browse(fee)
        record.action_invoice()
        record.contract_id.register_payment(record.amount, None, None)
        assert record.amount_held == record.amount


def test_a_fee_is_charged_once_by_however_many(stage, office, fee):
    def job(racer):
        racer.attempt(
            fee,
            racer.meeting(
                lambda env: env["realestate.contract.fee"].browse(fee).action_invoice()
            ),
            uid=office.roles["officer"],
            company=office.company,
        )

    outcomes = stage.race(RACERS, job)
    assert_no_raw_error(outcomes)
    assert sum(outcome.won for outcome in outcomes) == 1
    with stage.env() as env:
        record = env["realestate.contract.fee"].browse(fee)
        moves = env["account.move"].search(
            [
                ("realestate_contract_id", "=", record.contract_id.id),
                ("state", "=", "posted"),
                ("realestate_installment_id", "=", False),
            ]
        )
        assert moves == record.move_id


def test_a_fee_is_paid_out_once_by_however_many(stage, office, fee):
    charge_and_collect(stage, office, fee)
    with stage.env() as env:
        env = env(context={"allowed_company_ids": [office.company]})
        record = env["realestate.contract.fee"].browse(fee)
        payouts = env["realestate.fee.payout"].create(
            [
                {
                    "company_id": office.company,
                    "currency_id": record.currency_id.id,
                    "partner_id": record.authority_id.id,
                    "line_ids": [Command.create({"fee_id": fee})],
                }
                for _racer in range(RACERS)
            ]
        )
        ids = payouts.ids

    def job(racer):
        payout = ids[racer.number]
        racer.attempt(
            payout,
            racer.meeting(
                lambda env: env["realestate.fee.payout"].browse(payout).action_pay()
            ),
            company=office.company,
        )

    outcomes = stage.race(RACERS, job)
    assert_no_raw_error(outcomes)
    assert sum(outcome.won for outcome in outcomes) == 1
    with stage.env() as env:
        record = env["realestate.contract.fee"].browse(fee)
        assert (record.amount_held, record.state) == (0, "paid_out")
        proof = env["realestate.fee.account"].search(
            [("company_id", "=", office.company)]
        )
        assert set(proof.mapped("amount_difference")) == {0}
