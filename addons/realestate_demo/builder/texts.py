"""Wording: contracts in two languages, clauses changed for buyers, one redrafted."""

from odoo.fields import Command

from . import people

DEADLINE = (
    "<p>The buyer pays the price by the payment schedule below, each instalment within "
    "seven days of its due date.</p>"
)
KITCHEN = (
    "<p>The seller fits the kitchen of the show flat before the keys are given.</p>"
)


def build(env, companies):
    """Change the wording of some drafts, and hand them in to the lawyer."""
    _add_bilingual_template(env)
    _redraft_clause(env)
    for company in companies:
        officer = people.get_staff(env, company)["officer"][:1]
        drafts = env["realestate.contract"].search(
            [("company_id", "=", company.id), ("state", "=", "draft")]
        )
        ready = drafts.filtered(lambda one: not one._get_problems())[:3]
        for number, contract in enumerate(ready.with_user(officer)):
            contract.action_load_clauses()
            _change(contract, number)
            if number:
                contract.action_submit()


def _change(contract, number):
    """Another deadline for the first buyer, a kitchen for the second, both for more."""
    if number != 1:
        payment = contract.clause_ids.filtered(
            lambda row: row.clause_id.code == "CONTRACT-PAYMENT"
        )
        payment.filtered(lambda row: row.lang == contract.text_lang).write(
            {"body": DEADLINE, "reason": "The buyer is paid on the fifth of the month."}
        )
    if number:
        contract.clause_ids = [
            Command.create(
                {
                    "title": "Kitchen",
                    "body": KITCHEN,
                    "lang": contract.text_lang,
                    "reason": "Promised at the sales fair.",
                }
            )
        ]


def _add_bilingual_template(env):
    """Contracts of the project sold in dong stand in Vietnamese and English."""
    standard = env.ref("realestate_sales.paper_template_contract")
    project = env["realestate.project"].search(
        [("currency_id.name", "=", "VND")], limit=1
    )
    template = standard.copy(
        {
            "name": "Sales Contract, Vietnamese and English",
            "code": "VI-EN",
            "project_ids": [Command.set(project.ids)],
            "company_id": project.company_id.id,
            "lang": "vi_VN",
            "lang2": "en_US",
        }
    )
    template.action_approve()


def _redraft_clause(env):
    """A lawyer is at work on the next version of a clause."""
    clause = env.ref("realestate_sales.clause_contract_payment")
    version = clause._get_version("en_US")
    draft = version.browse(version.action_new_version()["res_id"])
    draft.body = DEADLINE
