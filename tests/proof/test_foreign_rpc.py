"""By RPC nobody learns or changes anything of another buyer or another company."""

import inspect
import json

import pytest
from street import OWN, fingerprint, owned_ids, secured_models

STRANGERS = ["stranger", "bare", "rival"]
#: Statuses that refuse: no right, no such thing, not so.
REFUSED = {400, 401, 403, 404, 422}
#: What Odoo itself shows: the address book and the colleagues to every employee of the
#: company, matched entries to accountants of all companies.
ODOOS_OWN = {
    ("bare", "res.partner"),
    ("bare", "res.users"),
    ("rival", "account.partial.reconcile"),
}
#: A guess at what a parameter of that name takes.
GUESSES = {
    "amount": 1,
    "content": "",
    "currency": "PHP",
    "date": "2026-01-01",
    "date_start": "2026-01-01",
    "fee": 0,
    "fields": [],
    "kind": "inventory",
    "price": 1,
    "reason": "because",
    "vals": {},
    "values": {},
    "vals_list": [{}],
}


def plain_calls(model, ids):
    """Yield (method, arguments) of Odoo's own ways to records."""
    yield "read", {"ids": ids}
    yield "search_read", {"domain": []}
    yield "search_read", {"domain": [["id", "in", ids]]}
    yield "search_count", {"domain": [["id", "in", ids]]}
    yield "name_search", {"name": "Quill"}
    yield "export_data", {"ids": ids, "fields_to_export": ["id", "display_name"]}
    yield "web_read", {"ids": ids, "specification": {"display_name": {}}}
    yield "web_search_read", {"domain": [], "specification": {"display_name": {}}}
    grouping = {"groupby": ["id"], "aggregates": ["__count"]}
    yield "formatted_read_group", {"domain": [], **grouping}
    yield "copy", {"ids": ids}
    yield "write", {"ids": ids, "vals": {}}
    yield "unlink", {"ids": ids}
    for one in ids[:1]:
        yield "message_post", {"ids": [one], "body": "I was here"}
        yield "get_portal_url", {"ids": [one]}
        yield "activity_schedule", {"ids": [one], "summary": "I was here"}


def public_methods(model):
    """Yield the names and functions that the suite lets RPC call on ``model``."""
    for name in dir(model):
        method = None if name.startswith("_") else getattr(model, name, None)
        function = inspect.unwrap(method) if callable(method) else None
        module = getattr(function, "__module__", None) or ""
        ours = module.removeprefix("odoo.addons.").startswith(OWN)
        if (
            ours
            and inspect.isfunction(function)
            and not hasattr(method, "_api_private")
        ):
            yield name, function


def own_calls(model, ids):
    """Yield (method, arguments) of everything the suite adds to ``model``."""
    for name, function in public_methods(model):
        needed = [
            parameter.name
            for parameter in list(inspect.signature(function).parameters.values())[1:]
            if parameter.default is parameter.empty
            and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        ]
        arguments = {key: GUESSES.get(key) for key in needed}
        if hasattr(function, "_api_model"):
            yield name, arguments
        elif ids:
            yield name, {**arguments, "ids": ids[:1]}


@pytest.fixture(scope="module")
def targets(stage, street):
    """Return (model, the owner's ids, calls) for every model that holds secrets."""
    with stage.env() as env:
        found = []
        for model in secured_models(env):
            ids = owned_ids(env, street, model)
            calls = [*plain_calls(model, ids), *own_calls(env.registry[model], ids)]
            found.append((model, ids, calls))
        return found


def test_the_net_is_as_wide_as_the_suite(targets):
    calls = {model: dict(calls) for model, _ids, calls in targets}
    assert "register_payment" in calls["realestate.contract"]
    assert "action_reserve" in calls["realestate.unit"]
    assert "bill_due" in calls["realestate.installment"]
    assert "run" in calls["realestate.dunning.ladder"]
    owned = [model for model, ids, _calls in targets if ids]
    assert len(owned) > 20, owned


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_learns_or_changes_by_rpc(stage, street, rpc, targets, who):
    client = rpc(who)
    leaks, crashes = [], []
    # What is the rival's own, or shared by all companies, the rival may change.
    company = street.office.company if who == "rival" else None
    with stage.env() as env:
        before = fingerprint(env, company)
    for model, _ids, calls in targets:
        if (who, model) in ODOOS_OWN:
            continue
        for method, arguments in calls:
            answer = client.answer(model, method, **arguments)
            if secret := street.secret_in(json.dumps(answer.body)):
                leaks.append((model, method, answer.status, secret))
            if answer.status != 200 and answer.status not in REFUSED:
                crashes.append((model, method, answer.body))
    with stage.env() as env:
        after = fingerprint(env, company)
    changed = [model for model in before if before[model] != after[model]]
    assert not leaks
    assert not changed
    assert not crashes


def test_a_company_named_in_the_context_opens_nothing(street, rpc):
    context = {"allowed_company_ids": [street.office.company]}
    answer = rpc("rival").answer(
        "realestate.contract", "search_read", domain=[], context=context
    )
    assert answer.status in REFUSED
    assert not street.secret_in(json.dumps(answer.body))


def test_the_secrets_are_there_to_be_found(street, rpc):
    """What the strangers looked for in vain is what the staff reads."""
    contracts = rpc("staff").call("realestate.contract", "search_read", domain=[])
    assert street.secret_in(json.dumps(contracts))
