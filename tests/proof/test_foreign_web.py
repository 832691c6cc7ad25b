"""By addresses nobody learns or changes anything of another buyer."""

import json
import re

import pytest
from street import OWN, fingerprint

from odoo import http

REPORT_KINDS = ("pdf", "html", "text")
MESSAGES = "/mail/thread/messages"


def own_routes(registry):
    """Return (address, methods) of every route the suite adds, as Odoo knows them."""
    modules = registry._init_modules | {"base"}
    return sorted(
        {
            (rule, tuple(endpoint.routing.get("methods") or ("GET", "POST")))
            for rule, endpoint in http._generate_routing_rules(modules, False)
            if endpoint.func.__module__.removeprefix("odoo.addons.").startswith(OWN)
            or rule.startswith("/my/contracts")
        }
    )


def filled(rule, street):
    """Yield ``rule`` with the owner's contract in it and each known word of a paper."""
    address = re.sub(r"<int:contract_id>", str(street.contract), rule)
    address = re.sub(r"<int:[^>]*>", "1", address)
    words = ["contract", "reservation", "statement"] if "<string:" in address else [""]
    for word in words:
        yield re.sub(r"<string:[^>]*>", word, address)


def report_names(env):
    """Return (report, model) of the suite's papers and Odoo's invoices."""
    reports = env["ir.actions.report"].search(
        ["|", ("report_name", "=like", "realestate_%"), ("model", "=", "account.move")]
    )
    return [(report.report_name, report.model) for report in reports]


@pytest.fixture(scope="module")
def addresses(stage, street):
    """Return every address by which the owner's secrets could be asked for."""
    with stage.env() as env:
        reports = report_names(env)
        rules = own_routes(env.registry)
    ids = {
        "realestate.contract": street.contract,
        "realestate.reservation": street.reservation,
        "account.move": street.invoice,
    }
    found = [address for rule, _methods in rules for address in filled(rule, street)]
    found += [
        f"/report/{kind}/{name}/{ids.get(model, 1)}"
        for name, model in reports
        for kind in REPORT_KINDS
    ]
    found += [f"/my/invoices/{street.invoice}"]
    found += [f"/my/invoices/{street.invoice}?report_type=pdf&download=true"]
    for attachment in street.attachments:
        found += [f"/web/content/{attachment}", f"/web/content/{attachment}?download=1"]
        found += [f"/web/image/{attachment}", f"/mail/attachment/{attachment}"]
        found += [f"/web/content/ir.attachment/{attachment}/datas"]
        found += [f"/web/content/ir.attachment/{attachment}/raw"]
    found += [
        f"/web/content/realestate.contract/{street.contract}/note",
        f"/web/image/realestate.contract/{street.contract}/note",
        f"/web/content/account.move/{street.invoice}/invoice_pdf_report_file",
        f"/web/image/res.partner/{street.partner}/image_1920",
        f"/mail/view?model=realestate.contract&res_id={street.contract}",
        f"/odoo/action-realestate_sales.realestate_contract_action/{street.contract}",
        f"/json/1/realestate.contract/{street.contract}",
    ]
    return found


def test_every_route_of_the_suite_is_tried(addresses, street):
    page = f"/my/contracts/{street.contract}"
    papers = [f"{page}/papers/{name}" for name in ("contract", "reservation")]
    pages = [page, f"{page}/statement", f"{page}/statement.xlsx", f"{page}/pay"]
    assert {*pages, *papers} <= set(addresses)
    papers = [address for address in addresses if "/report/pdf/realestate" in address]
    assert len(papers) > 3


def token_variants(street):
    """Return the ways to ask: without a token, with a wrong one, with one's own."""
    return [
        {},
        {"access_token": "0" * 36},
        {"access_token": street.strangers_token},
        {"access_token": ""},
    ]


def leak(street, response):
    """Return what a response gives away, looked for in its bytes and its texts."""
    secret = street.secret_in(response.content.decode("utf-8", "replace"))
    if not secret and response.headers.get("Content-Type", "").startswith(
        "application/pdf"
    ):
        secret = "a paper"
    return secret


@pytest.mark.parametrize("who", ["stranger", None])
def test_no_address_gives_anything_away(stage, street, visit, addresses, who):
    visitor = visit(who)
    with stage.env() as env:
        before = fingerprint(env)
    leaks, crashes = [], []
    for address in addresses:
        variants = token_variants(street) if address.startswith("/my/") else [{}]
        for parameters in variants:
            response = visitor.get(address, **parameters)
            if secret := leak(street, response):
                leaks.append((address, parameters, response.status_code, secret))
            if response.status_code >= 500:
                crashes.append((address, parameters))
        response = visitor.post(address, amount="1")
        if secret := leak(street, response):
            leaks.append((address, "POST", response.status_code, secret))
        if response.status_code >= 500:
            crashes.append((address, "POST"))
    with stage.env() as env:
        after = fingerprint(env)
    assert not leaks
    assert [model for model in before if before[model] != after[model]] == []
    assert not crashes


def rpc_calls(street):
    """Yield (address, parameters) of JSON-RPC that could reach the owner's records."""
    thread = {"thread_model": "realestate.contract", "thread_id": street.contract}
    invoice = {"thread_model": "account.move", "thread_id": street.invoice}
    for place in (thread, invoice):
        yield MESSAGES, place
        yield "/mail/chatter_fetch", place
        yield "/portal/chatter_init", place
        yield "/mail/thread/recipients", place
        yield (
            "/mail/thread/subscribe",
            {
                "res_model": place["thread_model"],
                "res_id": place["thread_id"],
                "partner_ids": [1],
            },
        )
        yield "/mail/message/post", {**place, "post_data": {"body": "I was here"}}
        for token in (street.strangers_token, "0" * 36):
            yield "/mail/chatter_fetch", {**place, "token": token}
            yield "/portal/chatter_init", {**place, "token": token}
    for message in street.messages:
        data = {"message_id": message}
        yield "/mail/message/update_content", {**data, "update_data": {"body": "x"}}
        yield "/mail/message/reaction", {**data, "content": "x", "action": "add"}
    for attachment in street.attachments:
        yield "/mail/attachment/delete", {"attachment_id": attachment}
        yield "/portal/attachment/remove", {"attachment_id": attachment}
    pay = {"amount": 100, "provider_id": 1, "payment_method_id": 1, "flow": "direct"}
    transaction = f"/my/contracts/{street.contract}/transaction"
    for parameters in token_variants(street):
        yield transaction, {**pay, "token_id": None, **parameters}
    for method in ("read", "action_cancel", "register_payment"):
        yield (
            f"/web/dataset/call_kw/realestate.contract/{method}",
            {
                "model": "realestate.contract",
                "method": method,
                "args": [[street.contract]],
                "kwargs": {},
            },
        )
    yield "/web/export/csv", {}


@pytest.mark.parametrize("who", ["stranger", None])
def test_no_call_of_a_page_gives_anything_away(stage, street, visit, who):
    visitor = visit(who)
    with stage.env() as env:
        before = fingerprint(env)
    leaks = []
    for address, parameters in rpc_calls(street):
        response = visitor.rpc(address, **parameters)
        if secret := leak(street, response):
            leaks.append((address, parameters, response.status_code, secret))
    with stage.env() as env:
        after = fingerprint(env)
    assert not leaks
    assert [model for model in before if before[model] != after[model]] == []


def test_what_the_strangers_look_for_is_there(street, visit):
    """The owner's link opens the page and its papers: the secrets can be found."""
    passer_by = visit()
    link = {"access_token": street.token}
    page = passer_by.get(f"/my/contracts/{street.contract}", **link)
    assert street.secret_in(page.text)
    paper = passer_by.get(f"/my/contracts/{street.contract}/papers/contract", **link)
    assert paper.headers["Content-Type"] == "application/pdf"
    staff = visit("staff")
    messages = staff.rpc(
        MESSAGES, thread_model="realestate.contract", thread_id=street.contract
    )
    assert street.secret_in(messages.text)


def channels(street):
    """Return the names under which records could be listened to."""
    records = {
        "realestate.contract": street.contract,
        "realestate.reservation": street.reservation,
        "realestate.unit": street.unit,
        "account.move": street.invoice,
        "res.partner": street.partner,
    }
    names = []
    for model, number in records.items():
        names += [f"{model}_{number}", f"{model},{number}", f"{model}({number},)"]
        names += [f"odoo-presence-{model}_{number}", f"mail.record/{model}/{number}"]
        names += [f"odoo-activity-{model}_{number}", model]
    return names


@pytest.mark.parametrize("who", ["stranger", "bare", None])
def test_nobody_listens_to_the_records_of_others(stage, street, visit, who):
    visitor = visit(who)
    first = visitor.rpc(
        "/websocket/peek_notifications",
        channels=channels(street),
        last=0,
        is_first_poll=True,
    )
    assert first.status_code == 200
    with stage.env() as env:
        contract = env["realestate.contract"].browse(street.contract)
        contract.message_post(
            body="Quillfeather is told", subtype_xmlid="mail.mt_comment"
        )
        contract.activity_schedule(
            "mail.mail_activity_data_todo", summary="Quillfeather"
        )
        env["realestate.unit"].browse(street.home).action_hold()
        env["realestate.unit"].browse(street.home).action_release()
    heard = visitor.rpc(
        "/websocket/peek_notifications", channels=channels(street), last=0
    )
    assert heard.status_code == 200
    assert not street.secret_in(json.dumps(heard.json()))
