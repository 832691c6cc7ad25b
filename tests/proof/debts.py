"""Collection officers, and contracts of which much is overdue."""

from itertools import count

from office import Office, create_user
from test_billing_killed import first_of_month
from test_contract_race import record
from test_payment_race import bill

#: What falls due each month.
PART = 300000
#: The roles of the two officers.
BOTH = ("collector", "colleague")
NUMBERS = count(1)


def open_desk(stage, name):
    """Return an Office with two collection officers and their manager."""
    with stage.env() as env:
        office = Office.open(env, f"{name} {next(NUMBERS)}", agents=0)
        env = env(context={"allowed_company_ids": [office.company]})
        for role, group in (("colleague", "officer"), ("head", "manager")):
            user = create_user(env, role, f"group_{group}", "realestate_collection")
            office.roles[role] = user.id
    return office


def overdue(stage, office, number):
    """Return the ids of contracts of which PART is overdue, twice or more."""
    with stage.env() as env:
        # The last part falls due this month, which may be today.
        plan = office.monthly_plan(env, 3)
        contracts = office.running(env, number, first_of_month(3), plan, 3 * PART)
    bill(stage, office)
    return contracts


def refresh(env, office, contract=None):
    """Bring the cases of the office up to date as the job does, or one alone."""
    cases = record(env, "collection.case", [])
    company = env["res.company"].browse(office.company)
    only = record(env, "contract", contract) if contract else None
    return cases._refresh(company, contracts=only).ids


def with_cases(stage, office, number):
    """Return the ids of overdue contracts whose cases are open."""
    contracts = overdue(stage, office, number)
    with stage.env() as env:
        refresh(env, office)
        assert record(env, "contract", contracts)._get_case().contract_id.ids
    return contracts
