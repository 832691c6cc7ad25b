"""Signatures, seals, issued copies and the archive: each in every state."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from . import people

SEALS = [
    # name, kind, who keeps it, where
    ("Company Seal", "company", "leader", "Safe of the executive office"),
    ("Contract Seal", "contract", "archivist", "Safe of the legal office"),
    ("Finance Seal", "finance", "manager", "Safe of the treasury"),
]
BOXES = [("A-001", "Archive room, shelf 1"), ("A-002", "Archive room, shelf 1")]


def build(env, company):
    """Fill the desk of ``company``: a few records a state, a handful of PDFs."""
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    users = {
        user.login: user
        for user in env["res.users"].search([("company_id", "=", company.id)])
    }
    contracts = env["realestate.contract"].search(
        [("company_id", "=", company.id)], order="id"
    )
    approved = contracts.filtered(lambda contract: contract.state == "approved")
    signed = contracts.filtered(lambda contract: contract.state == "signed")
    running = contracts.filtered(lambda contract: contract.state == "active")
    _ask_signatures(approved[:2].with_user(users["officer"]))
    seals = _build_seals(env, company, users)
    _build_requests(seals, signed, users)
    _archive(env, running[:4], users)
    _issue(running[:4], users)


def ask_the_buyer(env):
    """Give the buyer of the portal a contract that waits for the signature."""
    buyer = env.ref(f"{people.MODULE}.user_buyer").partner_id
    second = env.ref(f"{people.MODULE}.user_cobuyer").partner_id
    old = env["realestate.contract"].search(
        [("partner_id", "=", buyer.id), ("state", "=", "active")], limit=1
    )
    company = old.project_id.company_id
    staff = people.get_staff(env, company)
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    contracts = env["realestate.contract"].with_user(staff["officer"])
    contract = contracts.create(_prepare_contract(env, old, buyer, second))
    contract.action_submit()
    contract.with_user(staff["approver"]).action_review_ok()
    for approver in (staff["approver"], staff["manager"]):
        if contract.state == "review":
            contract.with_user(approver).action_approve()
    contract.action_ask_signatures()


def _prepare_contract(env, old, buyer, second):
    unit = env["realestate.unit"].search(
        [
            ("project_id", "=", old.project_id.id),
            ("kind", "=", "home"),
            ("state", "=", "available"),
        ],
        limit=1,
    )
    return {
        "project_id": old.project_id.id,
        "partner_id": buyer.id,
        "plan_id": old.plan_id.id,
        "line_ids": [Command.create({"unit_id": unit.id})],
        "buyer_ids": [
            Command.create({"partner_id": buyer.id, "share": 50, "is_main": True}),
            Command.create({"partner_id": second.id, "share": 50}),
        ],
    }


def _ask_signatures(contracts):
    """One waits for its buyers, of another a buyer does not sign."""
    for contract in contracts:
        contract.action_ask_signatures()
    if len(contracts) > 1:
        refusing = contracts[1].signature_ids[:1]
        # What the portal calls once it has found who signs.
        refusing.sudo()._refuse_online("The view in the contract is not the one shown.")


def _build_seals(env, company, users):
    return env["realestate.seal"].create(
        [
            {
                "name": name,
                "kind": kind,
                "keeper_id": users[keeper].id,
                "place": place,
                "company_id": company.id,
            }
            for name, kind, keeper, place in SEALS
        ]
    )


def _build_requests(seals, signed, users):
    """A request in each state; the last signed contract is sealed by one."""
    leader = users["leader"]
    requests = seals.env["realestate.seal.request"].with_user(users["officer"])
    seal = seals.filtered(lambda one: one.kind == "contract")

    def ask(contracts, **values):
        return requests.create(
            {
                "seal_id": seal.id,
                "contract_ids": [Command.set(contracts.ids)],
                "purpose": "Sales contracts signed by their buyers",
                **values,
            }
        )

    none = signed.browse()
    letter = {"papers": "Letter to the registry", "copies": 1}
    ask(none, papers="Brochure of the second tower", purpose="Print approval", copies=1)
    submitted = ask(signed[:1])
    approved = ask(none, **letter, purpose="Registration of the second tower")
    refused = ask(none, papers="Blank letterhead", purpose="For later use")
    stamped = ask(signed[1:2] or none, papers="Letter of authority", copies=3)
    cancelled = ask(none, **letter, purpose="Asked for twice")
    for request in submitted | approved | refused | stamped | cancelled:
        request.action_submit()
    (approved | stamped).with_user(leader).action_approve()
    refused.with_user(leader).action_refuse("Nothing blank is stamped")
    cancelled.action_cancel()
    total = stamped.copies_total
    keeper = stamped.with_user(seal.keeper_id)
    keeper.action_stamp(total - 1, "One copy of the letter was misprinted")


def _archive(env, contracts, users):
    """File the texts of running contracts; lend some of them."""
    archivist = users["archivist"]
    today = fields.Date.today()
    boxes = (
        env["realestate.archive.box"]
        .with_user(archivist)
        .create([{"name": name, "place": place} for name, place in BOXES])
    )
    loans = env["realestate.document.loan"].with_user(archivist)
    bank = env["res.partner"].create(
        {"name": "Harbour Bank, Mortgage Desk", "email": "mortgage@example.com"}
    )
    for number, contract in enumerate(contracts):
        document = contract._keep_paper().with_user(archivist)
        document.action_put_in_box(boxes[number % 2], str(number // 2 + 1))
        if number == len(contracts) - 1:
            continue
        out, due = ((5, -9), (40, 12), (60, 30))[number % 3]
        loan = loans.create(
            {
                "document_id": document.id,
                "borrower_id": bank.id,
                "purpose": "Mortgage registration",
                "date_out": today - timedelta(days=out),
                "date_due": today - timedelta(days=due),
            }
        )
        if number % 3 == 2:
            loan.action_return("Complete")


def _issue(contracts, users):
    """Copies by hand, by post and by e-mail; one came back."""
    issues = contracts.env["realestate.document.issue"].with_user(users["officer"])
    ways = [("hand", False), ("post", "RR 123 456 785 PH"), ("email", False)]
    for contract, (channel, tracking) in zip(contracts, ways, strict=False):
        issue = issues.create(
            {
                "contract_id": contract.id,
                "document_id": contract.paper_id.id,
                "partner_id": contract.partner_id.id,
                "channel": channel,
                "tracking_number": tracking,
            }
        )
        if channel == "post":
            issue.action_return("The address has changed")
