"""Collection reports of the last weeks, who gets them, and what is announced."""

from datetime import timedelta

from odoo.fields import Command

#: How many reports of each period, beside the running one.
REPORTS = {"day": 5, "week": 8, "month": 3}


def build(env, companies):
    """Make the reports that the past would have left, and two schedules a company."""
    for company in companies:
        here = env(context={**env.context, "allowed_company_ids": company.ids})
        _announce(here, company)
        _make_reports(here, company)
        _schedule(here, company)


def _announce(env, company):
    """As the job would: activities for amounts that mature soon."""
    day = company._realestate_today()
    rules = env["realestate.proactive.rule"].search([("company_id", "=", company.id)])
    for rule in rules:
        rule._announce(rule._select_items(day, 50), day)


def _make_reports(env, company):
    reports = env["realestate.collection.report"]
    today = company._realestate_today()
    lengths = {"day": 1, "week": 7, "month": 30}
    for period, count in REPORTS.items():
        for number in range(count + 1):
            day = today - timedelta(days=lengths[period] * number)
            reports._make(company, period, day)


def _schedule(env, company):
    readers = env["res.users"].search(
        [
            ("company_id", "=", company.id),
            ("share", "=", False),
            ("login", "in", ("manager", "accountant", "gulf_manager")),
        ]
    )
    env["realestate.collection.report.schedule"].create(
        [
            {
                "name": name,
                "company_id": company.id,
                "period": period,
                "hour": 7,
                "partner_ids": [Command.set(readers.partner_id.ids)],
            }
            for name, period in (
                ("Weekly figures", "week"),
                ("Monthly figures for the board", "month"),
            )
        ]
    )
