"""Two clicks at once, and things that happen at the moment of signing."""

import base64
import io
import time
from unittest.mock import patch

import pytest
from PIL import Image, ImageDraw
from racing import assert_no_raw_error
from test_contract_race import lost, pair, record

from odoo.fields import Command

CODE = "042042"
ROUNDS = 3
DRAW = "odoo.addons.realestate_sales.tools.one_time_code.draw_code"

FILES = "odoo.addons.base.models.ir_attachment.open"


def drawn():
    """Return a drawn signature as a browser sends it."""
    image = Image.new("RGBA", (120, 40), (0, 0, 0, 0))
    ImageDraw.Draw(image).line((5, 5, 90, 30), fill="black", width=2)
    data = io.BytesIO()
    image.save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode()


@pytest.fixture(scope="module")
def approved(stage, office):
    """Return a function: number of contracts to the ids of their signatures, asked
    for, each contract with two buyers."""

    def make(count):
        with stage.env() as env:
            units = office.units(env, count)
            env["res.partner"].browse(office.buyers[:2]).write({"email": "a@b.example"})
        with stage.env(office.roles["manager"], office.company) as env:
            contracts = env["realestate.contract"].create(
                [
                    {
                        "project_id": office.project,
                        "partner_id": office.buyers[0],
                        "plan_id": office.plan,
                        "line_ids": [Command.create({"unit_id": unit})],
                        "buyer_ids": [
                            Command.create(
                                {"partner_id": buyer, "share": 50, "is_main": not index}
                            )
                            for index, buyer in enumerate(office.buyers[:2])
                        ],
                    }
                    for unit in units
                ]
            )
            contracts.action_submit()
            contracts.action_approve()
            contracts.action_ask_signatures()
            return [contract.signature_ids.sorted("id").ids for contract in contracts]

    return make


def send(env, number):
    """Send a code and return what the signer is told."""
    with patch(DRAW, lambda: CODE):
        return record(env, "signature", number)._send_code()


def sign(env, number, code=CODE):
    """Sign and return what the signer is told."""
    return record(env, "signature", number)._sign_online(code, "A Buyer", drawn())


def test_two_clicks_sign_once(stage, office, approved):
    ids = approved(ROUNDS)
    with stage.env() as env:
        for first, _second in ids:
            assert not send(env, first)

    def click(env, number):
        return sign(env(user=1, su=True), ids[number][0])

    outcomes = pair(stage, office, ROUNDS, ("a", click), ("b", click))
    assert not lost(outcomes)
    told = {outcome.key: outcome.result for outcome in outcomes}
    with stage.env() as env:
        for number, (first, _second) in enumerate(ids):
            both = [told["a", number], told["b", number]]
            assert both.count(False) == 1, both
            signature = record(env, "signature", first)
            assert signature.state == "signed"
            assert signature.contract_id.state == "approved"


def test_two_buyers_at_once_sign_the_contract_once(stage, office, approved):
    ids = approved(ROUNDS)
    with stage.env() as env:
        for pair_of_ids in ids:
            for number in pair_of_ids:
                assert not send(env, number)

    def by(index):
        return lambda env, number: sign(env(user=1, su=True), ids[number][index])

    outcomes = pair(stage, office, ROUNDS, ("first", by(0)), ("second", by(1)))
    assert {outcome.result for outcome in outcomes} == {False}
    with stage.env() as env:
        for first, _second in ids:
            contract = record(env, "signature", first).contract_id
            assert contract.state == "signed"
            proofs = contract.document_ids.filtered(
                lambda one: one.type_id.code == "SIGNATURE"
            )
            assert len(proofs) == 1


def test_wrong_tries_at_once_are_all_counted(stage, office, approved):
    ((first, _second),) = approved(1)
    with stage.env() as env:
        assert not send(env, first)

    def job(racer):
        def guess(env):
            return sign(env, first, code=f"9{racer.number:05d}")

        racer.attempt(racer.number, racer.meeting(guess))

    outcomes = stage.race(4, job, processes=2)
    assert_no_raw_error(outcomes)
    with stage.env() as env:
        assert record(env, "signature", first).sudo().code_tries == 4
        assert "too many" in sign(env, first, code="999999")
        assert "too many" in sign(env, first)
        assert record(env, "signature", first).state == "open"


def test_two_clicks_send_one_code(stage, office, approved):
    ids = approved(ROUNDS)

    def click(env, number):
        return send(env(user=1, su=True), ids[number][0])

    outcomes = pair(stage, office, ROUNDS, ("a", click), ("b", click))
    told = {outcome.key: outcome.result for outcome in outcomes}
    with stage.env() as env:
        for number, (first, _second) in enumerate(ids):
            both = [told["a", number], told["b", number]]
            assert both.count(False) == 1, both
            assert record(env, "signature", first).sudo().code_sends == 1


def test_a_contract_is_signed_or_cancelled_but_not_by_halves(stage, office, approved):
    ids = approved(ROUNDS)
    with stage.env() as env:
        for first, second in ids:
            for number in (first, second):
                assert not send(env, number)
            assert not sign(env, second)

    def last(env, number):
        return sign(env(user=1, su=True), ids[number][0])

    def cancel(env, number):
        contract = record(env, "signature", ids[number][0]).contract_id
        return contract.action_cancel("The bank refused")

    pair(
        stage,
        office,
        ROUNDS,
        ("sign", last),
        ("cancel", cancel),
        roles=("manager", "manager"),
    )
    with stage.env() as env:
        for first, _second in ids:
            signature = record(env, "signature", first)
            contract = signature.contract_id
            proofs = contract.document_ids.filtered(
                lambda one: one.type_id.code == "SIGNATURE"
            )
            # Signed first and cancelled then is as right as cancelled at once.
            assert contract.state == "cancelled"
            assert len(proofs) == (signature.state == "signed")
            assert signature.state in ("signed", "void")


def slow_disk(path, mode="r", **options):
    """Open a file; one that is written stays empty for a while."""
    file = open(path, mode, **options)  # noqa: SIM115 - the caller closes it
    if "w" in mode:
        time.sleep(0.3)
    return file


@pytest.mark.parametrize("disk", [open, slow_disk])
def test_one_text_is_kept_whoever_prints_first(stage, office, disk):
    """Two draw the same bytes: the second would find a file that is half written."""
    with stage.env() as env:
        units = office.units(env, ROUNDS)
    with stage.env(office.roles["manager"], office.company) as env:
        contracts = env["realestate.contract"].create(
            [
                {
                    "project_id": office.project,
                    "partner_id": office.buyers[0],
                    "plan_id": office.plan,
                    "line_ids": [Command.create({"unit_id": unit})],
                }
                for unit in units
            ]
        )
        contracts.action_submit()
        contracts.action_approve()
        ids = contracts.ids

    def keep(env, number):
        return record(env, "contract", ids[number])._keep_paper().id

    with patch(FILES, disk, create=True):
        outcomes = pair(stage, office, ROUNDS, ("a", keep), ("b", keep))
    assert not lost(outcomes), [outcome.text for outcome in outcomes]
    kept = {outcome.key: outcome.result for outcome in outcomes}
    with stage.env() as env:
        for number, contract in enumerate(record(env, "contract", ids)):
            assert kept["a", number] == kept["b", number] == contract.paper_id.id
            texts = contract.document_ids.filtered("is_kept")
            assert texts == contract.paper_id


def test_an_original_is_lent_once(stage, office, approved):
    ((first, _second),) = approved(1)
    with stage.env() as env:
        contract = record(env, "signature", first).contract_id
        box = env["realestate.archive.box"].create(
            {"name": "R-1", "place": "Shelf", "company_id": office.company}
        )
        document = contract.paper_id
        document.action_put_in_box(box, "1")
        number = document.id

    def job(racer):
        def lend(env):
            return (
                env["realestate.document.loan"]
                .create(
                    {
                        "document_id": number,
                        "borrower_id": office.buyers[0],
                        "purpose": "Race",
                        "date_due": "2099-01-01",
                    }
                )
                .id
            )

        racer.attempt(racer.number, racer.meeting(lend))

    outcomes = stage.race(4, job, processes=2)
    assert_no_raw_error(outcomes)
    assert len([outcome for outcome in outcomes if outcome.won]) == 1
