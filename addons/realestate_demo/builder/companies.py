"""Two developers with books: one in the Philippines, one in the Gulf."""

from odoo import fields
from odoo.fields import Command


def build(env):
    """Return the two companies, in this order: home (PHP), gulf (AED)."""
    for name in ("PHP", "AED", "VND"):
        _currency(env, name).active = True
    home = env.ref("base.main_company")
    _set_up(env, home, "Aurora Land Philippines", "base.ph", "PHP", "Makati City")
    gulf = env["res.company"].create({"name": "Aurora Gulf Properties"})
    _set_up(env, gulf, "Aurora Gulf Properties", "base.ae", "AED", "Dubai")
    admin = env.ref("base.user_admin")
    admin.company_ids = [Command.set((home | gulf).ids)]
    env.user.company_ids = [Command.set((home | gulf).ids)]
    # Dong per dirham, so that the accounts of the Gulf company have a rate to use.
    env["res.currency.rate"].create(
        {
            "currency_id": _currency(env, "VND").id,
            "company_id": gulf.id,
            "name": fields.Date.to_date("2020-01-01"),
            "rate": 6900,
        }
    )
    return home, gulf


def _currency(env, name):
    currencies = env["res.currency"].with_context(active_test=False)
    return currencies.search([("name", "=", name)])


def _set_up(env, company, name, country, currency, city):
    company.write(
        {
            "name": name,
            "country_id": env.ref(country).id,
            "city": city,
            "email": f"office@{name.split()[1].lower()}.example.com",
            "phone": "+63 2 5550 1900" if country == "base.ph" else "+971 4 555 1900",
            "currency_id": _currency(env, currency).id,
        }
    )
    company.partner_id.name = name
    if not company.chart_template:
        env["account.chart.template"].try_loading(
            "generic_coa", company, install_demo=False
        )
    company.currency_id = _currency(env, currency)
    company.with_company(company).action_realestate_setup()
