"""Buyers who are not dunned for a while, and a run that waits to be released."""

from datetime import timedelta

from odoo import fields

STOPS = [
    # Reason, days from today until it ends (None: no end).
    ("The buyer is in hospital; the family asked for a month", 30),
    ("The buyer has died; waiting for the heirs", None),
    ("Flood in the district", 14),
]


def build(env, home, gulf):
    """Stop some late buyers of ``home``; have ``gulf`` release its runs by approval."""
    company_env = env(context={**env.context, "allowed_company_ids": home.ids})
    officer = env["res.users"].search([("login", "=", "collector")])
    late = company_env["realestate.installment"].search(
        [("is_overdue", "=", True), ("company_id", "=", home.id)], order="id"
    )
    today = fields.Date.today()
    for contract, (reason, days) in zip(late.contract_id[2:], STOPS, strict=False):
        until = days and today + timedelta(days=days)
        contract.with_user(officer).stop_dunning(reason, until)
    gulf.realestate_dunning_release = True


def ask_release(env, company):
    """Ask for the release of the run of the night, as its officer would."""
    officer = env["res.users"].search([("login", "=", "gulf_officer")])
    runs = env["realestate.dunning.run"].with_user(officer)
    runs = runs.with_context(allowed_company_ids=company.ids)
    waiting = runs.search([("release", "=", "simulated")], limit=1)
    if waiting.send_count:
        waiting.action_ask_release("The run of this week")
