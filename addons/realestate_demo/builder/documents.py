"""Buyer files: papers handed in, checked and owed, ID numbers, confirmed details."""

from datetime import timedelta

from odoo import fields

from . import people

NUMBERS = ("P{0:07d}A", "{0:012d}", "N{0:08d}")
#: Every so many contracts the papers are not all there.
OPEN_EVERY = 8
REASONS = ("The second page is missing.", "The date cannot be read.")


def build(env, companies):
    """Hand in and check the papers of most buyers; leave some owed, late or refused."""
    for company in companies:
        staff = people.get_staff(env, company)
        contracts = env["realestate.contract"].search(
            [
                ("company_id", "=", company.id),
                ("state", "not in", ("draft", "cancelled")),
            ],
            order="id",
        )
        full = contracts.filtered(lambda one: one.id % OPEN_EVERY)
        _complete(full, staff)
        _leave_open(contracts - full, staff)
        _identify(full[:12].partner_id, staff, company)
        _move_house(full[12:17].partner_id)


def confirm_details(env):
    """The portal buyers are asked; one has answered with another telephone."""
    officer = env.ref("realestate_demo.user_officer")
    buyer, cobuyer = (
        env.ref(f"realestate_demo.user_{login}") for login in ("buyer", "cobuyer")
    )
    contracts = env["realestate.contract"].search(
        [("buyer_ids.partner_id", "=", buyer.partner_id.id), ("state", "=", "active")]
    )
    others = contracts.search(
        [("state", "=", "active"), ("company_id", "=", officer.company_id.id)], limit=4
    )
    ask = env["realestate.detail.ask"].with_user(officer)
    ask.create({"contract_ids": (contracts | others).ids}).action_ask()
    request = env["realestate.detail.request"].search(
        [("partner_id", "=", cobuyer.partner_id.id)], limit=1
    )
    request.with_user(cobuyer).action_answer({"phone": "+63 917 555 0199"})


def _complete(contracts, staff):
    documents = contracts.document_ids.filtered(lambda one: one.state == "missing")
    _hand_in(documents, staff)
    documents.with_user(staff["approver"][:1]).action_accept()


def _leave_open(contracts, staff):
    for number, contract in enumerate(contracts):
        documents = contract.document_ids.filtered(lambda one: one.state == "missing")
        due = min(contract.date_contract, fields.Date.today()) + timedelta(days=14)
        documents.date_due = due
        if number % 3:
            _hand_in(documents[:1], staff)
        if number % 3 == 2:
            refused = documents[:1].with_user(staff["approver"][:1])
            refused.action_refuse(REASONS[number % 2])
        if number < 3 and contract.state == "active":
            contract.with_user(staff["officer"][:1]).action_remind_documents()


def _hand_in(documents, staff):
    until = fields.Date.today() + timedelta(days=900)
    for document in documents:
        name = f"{document.type_id.code.lower()}.pdf"
        paper = document.with_user(staff["officer"][:1])
        paper.action_receive(draw_paper(document.display_name), name)
        if document.type_id.has_expiry:
            # One in thirty expires soon.
            soon = document.id % 30 == 0
            paper.date_expiry = until - timedelta(days=880 if soon else document.id)


def _identify(partners, staff, company):
    identities = partners.env["realestate.partner.identity"]
    for number, partner in enumerate(partners):
        text = NUMBERS[number % len(NUMBERS)]
        identities |= identities.with_user(staff["officer"][:1]).create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "kind": "id_card" if number % 3 == 1 else "passport",
                "number_shown": text.format(4711000 + 37 * number),
                "country_id": partner.country_id.id,
                "date_expiry": fields.Date.today() + timedelta(days=400 + number),
            }
        )
    reader = staff["approver"][:1]
    if reader.has_group("realestate_sales.group_identity"):
        for identity in identities[:2].with_user(reader):
            identity.action_reveal("The registry asked for the number")


def _move_house(partners):
    for number, partner in enumerate(partners):
        partner.street = f"{number + 12} Acacia Avenue"


def draw_paper(text):
    """Return a PDF of one page that says ``text``."""
    plain = text.encode("ascii", "replace").decode().replace("(", "").replace(")", "")
    stream = f"BT /F1 20 Tf 60 760 Td ({plain}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    pdf, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(pdf))
        pdf += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}"
    end += f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(pdf)}\n%%EOF\n"
    return (pdf + end).encode()
