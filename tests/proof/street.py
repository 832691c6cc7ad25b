"""A buyer with everything a buyer can have, and those who must not see any of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import requests
from office import Office, create_user
from test_billing_killed import first_of_month

from odoo.fields import Command
from odoo.tools import SQL

#: Nothing but the owner's records says any of this.
NAME = "Quillfeather"
PRICE = 7654321
SECRETS = (NAME.lower(), str(PRICE), f"{PRICE:,}", "quartz clause")
OWN = ("realestate_", "report_weasyprint")
OTHERS = (
    "account.move",
    "account.move.line",
    "account.payment",
    "ir.attachment",
    "mail.activity",
    "mail.message",
    "payment.transaction",
    "res.partner",
)


@dataclass(frozen=True)
class Street:
    """The ids of the owner's records, and the API keys of everybody else.

    ``home`` is a free unit, ``waiting`` a reservation and ``draft`` a contract that
    nothing has been done with.
    """

    office: Office
    contract: int
    number: str
    token: str
    unit: int
    home: int
    waiting: int
    draft: int
    invoice: int
    partner: int
    reservation: int
    attachments: list
    messages: list
    strangers_token: str
    keys: dict
    logins: dict

    @classmethod
    def build(cls, env):
        """Sell a home to the owner, bill it, take money, and let the others move in."""
        office = Office.open(env, "Street Developer", agents=1)
        elsewhere = Office.open(env, "Rival Developer", agents=1)
        env = env(context={"allowed_company_ids": [office.company]})
        owner = create_buyer(env, f"Nora {NAME}", "owner")
        stranger = create_buyer(env, "Simon Stranger", "stranger")
        contract = sell(env, office, owner.partner_id, PRICE)
        other = sell(env, office, stranger.partner_id, 1000000)
        # Special terms of a running contract are nobody's to write by the front door.
        contract._write_facts(note="The quartz clause")
        env["realestate.installment"].bill_due()
        contract.register_payment(1000, None, None, memo=f"From {NAME}")
        message = contract.message_post(
            body=f"For {NAME}",
            subtype_xmlid="mail.mt_comment",
            attachments=[(f"{NAME}.txt", f"Secret of {NAME}".encode())],
        )
        invoice = contract.installment_ids.move_id[:1]
        papers = [
            env["ir.attachment"].create(
                {
                    "name": f"{NAME}.txt",
                    "raw": f"Secret of {NAME}".encode(),
                    "res_model": record._name,
                    "res_id": record.id,
                }
            )
            for record in (contract, invoice, contract.reservation_id)
        ]
        free, kept, asked = office.units(env, 3)
        homes = env["realestate.unit"]
        waiting = homes.browse(kept).action_reserve(owner.partner_id, office.plan, 0)
        asking = homes.browse(asked).action_reserve(owner.partner_id, office.plan, 0)
        asking.action_confirm()
        draft = asking.action_convert()
        users = {
            "stranger": stranger,
            "bare": create_user(env, "bare", "group_user", "base"),
            "staff": create_staff(env, "staff", office.company),
            "rival": create_staff(env, "rival", elsewhere.company),
        }
        for name in ("bare", "staff"):
            users[name].password = users[name].login
        return cls(
            office=office,
            contract=contract.id,
            number=contract.name,
            token=contract._portal_ensure_token(),
            unit=contract.unit_ids.id,
            home=free,
            waiting=waiting.id,
            draft=draft.id,
            invoice=invoice.id,
            partner=owner.partner_id.id,
            reservation=contract.reservation_id.id,
            attachments=[paper.id for paper in papers] + message.attachment_ids.ids,
            messages=contract.message_ids.ids,
            strangers_token=other._portal_ensure_token(),
            keys={name: create_key(user) for name, user in users.items()},
            logins={name: user.login for name, user in users.items()},
        )

    def secret_in(self, text):
        """Return what ``text`` gives away of the owner, or None."""
        text = text.lower()
        secrets = (*SECRETS, self.number.lower())
        return next((secret for secret in secrets if secret in text), None)


def sell(env, office, partner, price):
    """Return a running contract of a new home, reserved with a fee, ever since due."""
    (unit,) = office.units(env, 1, price)
    reservation = (
        env["realestate.unit"].browse(unit).action_reserve(partner, office.plan, 1000)
    )
    reservation.action_confirm()
    contract = reservation.action_convert()
    contract.date_contract = contract.date_start = first_of_month(2)
    for action in ("submit", "approve", "sign", "seal", "activate"):
        getattr(contract, f"action_{action}")()
    return contract


def create_buyer(env, name, login):
    """Return a portal user; the password is the login."""
    partner = env["res.partner"].create(
        {
            "name": name,
            "email": f"{name.split()[-1].lower()}@example.com",
            "company_id": env.company.id,
        }
    )
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "partner_id": partner.id,
                "login": f"proof_{login}",
                "password": f"proof_{login}",
                "company_id": env.company.id,
                "company_ids": [Command.set(env.company.ids)],
                "group_ids": [Command.set(env.ref("base.group_portal").ids)],
            }
        )
    )


def create_staff(env, login, company):
    """Return a user of one company with every role of the suite and accounting."""
    env = env(context={"allowed_company_ids": [company]})
    user = create_user(env, login, "group_manager")
    for group in (
        "realestate_collection.group_manager",
        "account.group_account_invoice",
    ):
        user.group_ids += env.ref(group)
    return user


def create_key(user):
    """Return an API key of ``user``."""
    until = datetime.now() + timedelta(hours=12)
    keys = user.env["res.users.apikeys"].with_user(user).sudo()
    return keys._generate("rpc", "proof", until)


def owned_ids(env, street, model):
    """Return ids of ``model`` that are the owner's; where nothing is, some."""
    records = env[model]
    owners = {
        "contract_id": street.contract,
        "realestate_contract_id": street.contract,
        "reservation_id": street.reservation,
        "partner_id": street.partner,
    }
    known = {
        "realestate.contract": [street.contract],
        "realestate.reservation": [street.reservation],
        "res.partner": [street.partner],
        "ir.attachment": street.attachments,
        "mail.message": street.messages,
    }
    if model in known:
        return known[model]
    for field, owner in owners.items():
        if field in records._fields and records._fields[field]._description_searchable:
            return records.search([(field, "=", owner)], limit=3).ids
    return records.search([], limit=3).ids


def secured_models(env):
    """Return the models of the suite, and those of Odoo that hold a buyer's secrets."""
    ours = [
        name
        for name, model in env.registry.items()
        if not model._abstract and model._module.startswith(OWN)
    ]
    return sorted({*ours, *OTHERS})


def fingerprint(env, company=None):
    """Return a digest of each table that may not change, or of a company's rows."""
    digests = {}
    for name in secured_models(env):
        model = env[name]
        if not model._auto or model._transient:
            continue
        column = model._fields.get("company_id")
        if company and not (column and column.store):
            continue
        env.cr.execute(
            SQL(
                "SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM %s t WHERE %s",
                SQL.identifier(model._table),
                SQL("company_id = %s", company) if company else SQL("TRUE"),
            )
        )
        digests[name] = env.cr.fetchone()[0]
    return digests


class Visitor:
    """A browser session: logged in, or a passer-by."""

    def __init__(self, server, login=None):
        self.server = server
        self.session = requests.Session()
        if login:
            page = self.get("/web/login").text
            token = page.split('name="csrf_token" value="')[1].split('"')[0]
            form = {"csrf_token": token, "login": login, "password": login}
            answer = self.session.post(f"{server.url}/web/login", data=form, timeout=60)
            assert "/web/login" not in answer.url, f"{login} cannot log in"

    def get(self, path, **params):
        """Return the response to GET ``path``, redirects followed."""
        return self.session.get(f"{self.server.url}{path}", params=params, timeout=60)

    def post(self, path, **form):
        """Return the response to a form posted to ``path``."""
        return self.session.post(f"{self.server.url}{path}", data=form, timeout=60)

    def rpc(self, path, **params):
        """Return the response to a JSON-RPC call of ``path``."""
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return self.session.post(f"{self.server.url}{path}", json=body, timeout=60)
