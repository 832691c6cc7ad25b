"""Whatever a caller sends to the public doors, the answer is a sentence, no crash."""

import pytest
from street import fingerprint

REFUSED = {400, 403, 404, 422}
THINGS = [None, "x", [], {}, -1, 0, True, 999999999, 1.5, [1, 2]]
MONEY = ["x", [1], {"a": 1}, -1, True, 1e300]
DAYS = ["never", "2026-02-30", 5, [1], {"a": 1}, True]
MOMENTS = [*DAYS, "2001-01-01 00:00:00"]
TEXTS = [None, "", "  ", 5, [], {}, True]


def cases(street):
    """Yield (model, method, sound arguments, {argument: unsound values})."""
    office = street.office
    unit, sold = {"ids": [street.home]}, {"ids": [street.contract]}
    yield "realestate.unit", "action_hold", unit, {"expires_at": MOMENTS}
    yield (
        "realestate.unit",
        "action_reserve",
        {**unit, "partner": street.partner, "plan": office.plan, "fee": 0},
        {"partner": THINGS, "plan": THINGS, "fee": MONEY, "expires_at": MOMENTS},
    )
    yield (
        "realestate.reservation",
        "action_cancel",
        {"ids": [street.waiting], "reason": "because"},
        {"reason": TEXTS},
    )
    yield (
        "realestate.unit",
        "action_measure",
        {**unit, "area": 50, "reason": "because"},
        {
            "area": [None, 0, *MONEY],
            "reason": TEXTS,
            "date": DAYS,
            "kind": ["x", 5, [], {}],
        },
    )
    yield (
        "realestate.payment.plan",
        "preview",
        {
            "ids": [office.plan],
            "price": 1000,
            "currency": "PHP",
            "date_start": "2026-01-31",
        },
        {
            "price": [None, 0, *MONEY],
            "currency": ["XXX", None, 999999999, [1], {}, True],
            "date_start": [None, *DAYS],
            "reservation_fee": MONEY,
            "date_reservation": DAYS,
        },
    )
    for action in ("sign", "seal", "activate"):
        draft = {"ids": [street.draft]}
        yield "realestate.contract", f"action_{action}", draft, {"date": DAYS}
    cancel = {"ids": [street.draft], "reason": "because"}
    yield "realestate.contract", "action_cancel", cancel, {"reason": TEXTS}
    yield (
        "realestate.contract",
        "register_payment",
        {**sold, "amount": 100, "journal": None, "date": None},
        {
            "amount": [None, 0, 1.001, *MONEY],
            "journal": ["x", [1, 2], {"a": 1}, -1, True, 999999999],
            "date": DAYS,
            "memo": [5, ["x"], {"a": 1}, "x" * 10000],
            "external_ref": [5, ["x"], {"a": 1}, "x" * 10000],
            "payer": ["x", ["x"], -1, True, 999999999],
        },
    )
    yield (
        "realestate.installment",
        "bill_due",
        {},
        {"date": DAYS, "limit": ["x", 0, -1, 1.5, True, []]},
    )
    yield "realestate.dunning.ladder", "run", {}, {"date": DAYS}
    yield (
        "realestate.import",
        "run",
        {"kind": "inventory", "content": "Ym9vaw=="},
        {"kind": TEXTS + ["x"], "content": [None, "", 5, [], {}, "%%%"]},
    )


def unsound(street):
    """Yield (model, method, arguments, the wrong one) with one wrong argument each."""
    for model, method, sound, wrong in cases(street):
        for name, values in wrong.items():
            for value in values:
                yield model, method, {**sound, name: value}, (name, value)


@pytest.fixture(scope="module")
def answers(stage, street, rpc):
    """Return [(model, method, wrong argument, Answer)], and what changed meanwhile."""
    staff = rpc("staff")
    with stage.env() as env:
        before = fingerprint(env)
    found = [
        (model, method, wrong, staff.answer(model, method, **arguments))
        for model, method, arguments, wrong in unsound(street)
    ]
    with stage.env() as env:
        after = fingerprint(env)
    return found, [model for model in before if before[model] != after[model]]


def test_no_wrong_argument_is_taken(answers):
    found, changed = answers
    taken = [case[:3] for case in found if case[3].status == 200]
    assert not taken
    assert not changed


def test_no_wrong_argument_crashes(answers):
    found, _changed = answers
    crashed = [
        (*case, answer.body["message"])
        for *case, answer in found
        if answer.status >= 500
    ]
    assert not crashed


def test_every_refusal_is_a_sentence(answers):
    for model, method, wrong, answer in answers[0]:
        if answer.status in REFUSED:
            assert len(answer.body["message"]) > 20, (model, method, wrong)
