"""Filings in every stage, files to the authority and its answers, permits, plans."""

import base64
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from . import people

RULES = [
    # what is filed, days, whether a stamp is needed, name
    ("contract", 30, False, "Registration of the sale"),
    ("change", 15, False, "Change of a registered sale"),
    ("termination", 15, False, "End of a registered sale"),
]
SOURCE = "Circular of the housing authority, section 4 (sample of the demo)"
COLUMNS = [
    # header, what it holds, must be filled
    ("Reference", "filing.reference", True),
    ("Contract", "contract.number", True),
    ("Signed", "contract.date_signed", True),
    ("Buyer", "buyer.name", True),
    ("Nationality", "buyer.nationality", False),
    ("BirthDate", "buyer.birth_date", True),
    ("Share", "buyer.share", False),
    ("Units", "units.names", True),
    ("Area", "units.area", False),
    ("Price", "contract.price", True),
    ("Currency", "contract.currency", False),
]
ANSWER = ("Reference", "Result", "Number", "Date", "Reason")


def build(env, companies):
    """A dozen filings at home in every stage; in the Gulf those that the law opens."""
    for company in companies:
        company_env = env(context={**env.context, "allowed_company_ids": company.ids})
        clerk = _clerk(company_env, company)
        projects = company_env["realestate.project"].search(
            [("company_id", "=", company.id)]
        )
        projects.filing_user_id = clerk
        _permit(projects, clerk)
        if company == env.ref("base.main_company"):
            _build_home(company_env, projects, clerk)
        else:
            filings = company_env["realestate.filing"].search(
                [("company_id", "=", company.id)]
            )
            _register(filings[:-3].with_user(clerk))
        for project in projects:
            _plan(company_env, project, people.get_staff(env, company)["approver"][:1])


def _clerk(env, company):
    logins = ("filing", "gulf_officer")
    users = env["res.users"].search([("company_id", "=", company.id)])
    return users.filtered(lambda user: user.login in logins)[:1]


def _build_home(env, project, clerk):
    authority = env["res.partner"].create(
        {"name": "Housing Authority, Registry", "is_company": True}
    )
    _add_rules(env, project, authority)
    formats = _add_formats(env)
    contracts = env["realestate.contract"].search(
        [
            ("project_id", "=", project.id),
            ("date_signed", "!=", False),
            ("state", "!=", "cancelled"),
        ],
        order="date_signed desc",
        limit=12,
    )
    contracts.with_user(clerk).action_file()
    filings = contracts.filing_ids.with_user(clerk).sorted("date_event")
    _register(filings[:4])
    _stamp(filings[:3])
    _change(filings[0])
    _end(env, project, clerk)
    prepared = filings[4:9]
    for filing in prepared:
        filing.action_prepare(filing.date_event)
    _exchange(prepared, formats)


def _add_rules(env, project, authority):
    env["realestate.filing.rule"].create(
        [
            {
                "name": name,
                "kind": kind,
                "project_id": project.id,
                "authority_id": authority.id,
                "term_length": days,
                "needs_stamp": needs_stamp,
                "source": SOURCE,
            }
            for kind, days, needs_stamp, name in RULES
        ]
    )


def _add_formats(env):
    columns = [
        Command.create(
            {
                "sequence": place,
                "header": header,
                "source": source,
                "is_required": required,
                "width": 40 if header == "Buyer" else 0,
            }
        )
        for place, (header, source, required) in enumerate(COLUMNS)
    ]
    number = Command.create(
        {"sequence": 90, "header": "IdNumber", "source": "buyer.id_number"}
    )
    return env["realestate.filing.format"].create(
        [
            {
                "name": "Registry upload (XLSX)",
                "file_type": "xlsx",
                "column_ids": columns,
            },
            {
                "name": "Registry upload by buyer, with ID numbers (CSV)",
                "file_type": "csv",
                "encoding": "utf-8-sig",
                "delimiter": ";",
                "rows_per": "buyer",
                "column_ids": [*columns, number],
            },
            {
                "name": "Registry service (XML)",
                "file_type": "xml",
                "root_tag": "Sales",
                "row_tag": "Sale",
                "column_ids": columns,
            },
        ]
    )


def _register(filings):
    """Filed in time and accepted, a few days after signing."""
    today = fields.Date.today()
    for number, filing in enumerate(filings, start=1):
        day = filing.date_event
        filing.action_prepare(day)
        filing.action_submit(min(today, day + timedelta(days=2)))
        accepted = min(today, day + timedelta(days=9))
        filing.action_accept(accepted, f"REG-{accepted.year}-{number:04d}")


def _stamp(filings):
    stamps = filings.env["realestate.tax.stamp"].create(
        [
            {
                "filing_id": filing.id,
                "number": f"DST-{7301 + place}",
                "amount": amount,
                "date": filing.date_submitted,
                "note": "Original of the contract",
            }
            for place, (filing, amount) in enumerate(
                zip(filings, (1500, 1500, 2250), strict=True)
            )
        ]
    )
    stamps[-1].action_void("Spoilt when affixed")


def _change(filed):
    """A buyer's name was corrected after the sale was registered."""
    filed.create(
        {
            "contract_id": filed.contract_id.id,
            "kind": "change",
            "filed_id": filed.id,
            "what": "buyer",
            "change_note": "The family name after the marriage",
            "date_event": fields.Date.today() - timedelta(days=11),
        }
    )


def _end(env, project, clerk):
    """Of a cancelled contract that was registered, the end is registered too."""
    ended = env["realestate.contract"].search(
        [
            ("project_id", "=", project.id),
            ("state", "=", "cancelled"),
            ("date_signed", "!=", False),
        ],
        limit=1,
    )
    if not ended:
        return
    ended.with_user(clerk).action_file()
    filed = ended.filing_ids.with_user(clerk)
    _register(filed)
    filed.create(
        {
            "contract_id": ended.id,
            "kind": "termination",
            "filed_id": filed.id,
            "origin": f"realestate.contract,{ended.id}",
            "change_note": ended.sudo().cancel_reason,
            "date_event": ended.date_cancelled,
        }
    )


def _exchange(prepared, formats):
    """One file went out and was answered, another is looked at."""
    exchanges = prepared.env["realestate.filing.exchange"]
    out = exchanges.create({"format_id": formats[0].id, "filing_ids": prepared.ids})
    out.action_check()
    wanting = out.line_ids.filing_id
    out.filing_ids = (prepared - wanting)[:3] | wanting[:1]
    out.skips_problems = True
    out.action_make()
    today = fields.Date.today()
    sent = out.filing_ids
    sent.action_submit(today)
    one = exchanges.create({"format_id": formats[1].id, "filing_ids": prepared.ids})
    one.action_check()
    rows = [
        (sent[:1].name, "accepted", "REG-9001", today, ""),
        (sent[1:2].name, "rejected", "", today, "The birth date differs from the ID"),
    ]
    answer = _answer(exchanges, formats[0], rows)
    answer.action_apply()
    rows = [
        (sent[2:3].name, "accepted", "", today, ""),
        ("FIL/0", "accepted", 5, "", ""),
    ]
    _answer(exchanges, formats[0], rows).action_check()


def _answer(exchanges, layout, rows):
    lines = [",".join(map(str, row)) for row in (ANSWER, *rows) if row[0]]
    return exchanges.create(
        {
            "direction": "in",
            "format_id": layout.id,
            "answer": base64.b64encode("\n".join(lines).encode()),
            "answer_name": "answer.csv",
        }
    )


def _permit(projects, clerk):
    """One permit in force, one that ends soon, one that the authority took back."""
    today = fields.Date.today()
    permits = projects.env["realestate.project.permit"].with_user(clerk)
    for place, project in enumerate(projects):
        base = {"project_id": project.id, "user_id": clerk.id}
        permits.create(
            [
                {
                    **base,
                    "name": f"LS-{project.code}-1",
                    "date_start": project.date_start,
                    "date_end": today + timedelta(days=(400, 45)[place % 2]),
                },
                {
                    **base,
                    "name": f"BP-{project.code}-7",
                    "kind": "construction",
                    "date_start": project.date_start,
                    "scope": "building",
                    "building_ids": [Command.set(project.building_ids[:1].ids)],
                },
            ]
        )
    lost = permits.create(
        {
            "name": f"LS-{projects[0].code}-0",
            "project_id": projects[0].id,
            "date_start": projects[0].date_start,
        }
    )
    lost.action_revoke("Replaced by the licence for the whole project")
    projects[0].permit_required = True


def _plan(env, project, planner):
    """A quarter that is half over, fixed; the next one is being planned."""
    today = fields.Date.today()
    monday = today - timedelta(days=today.weekday())
    plans = env["realestate.progress.plan"].with_user(planner)
    current = plans.create(
        {
            "project_id": project.id,
            "date_start": monday - timedelta(weeks=6),
            "loan_from": 20,
        }
    )
    current.action_propose()
    current.action_fix()
    after = plans.create(
        {
            "project_id": project.id,
            "date_start": current.date_end + timedelta(days=1),
        }
    )
    after.action_propose()
