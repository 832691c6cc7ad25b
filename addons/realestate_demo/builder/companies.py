"""Two developers with books: one in the Philippines, one in the Gulf."""

import base64

from odoo import fields
from odoo.fields import Command
from odoo.tools import file_open

HOME = {
    "name": "Aurora Land Philippines",
    "street": "1900 Ayala Avenue",
    "city": "Makati City",
    "country": "base.ph",
    "currency": "PHP",
    "email": "office@aurora-land.example.com",
    "phone": "+63 2 5550 1900",
    "website": "https://aurora-land.example.com",
    "registry": "CS2019-00119",
    "color": "#145c74",
    "tz": "Asia/Manila",
    "logo": "home",
}
GULF = {
    "name": "Aurora Gulf Properties",
    "street": "Al Khail Road 19",
    "city": "Dubai",
    "country": "base.ae",
    "currency": "AED",
    "email": "office@aurora-gulf.example.com",
    "phone": "+971 4 555 1900",
    "website": "https://aurora-gulf.example.com",
    "registry": "DED-1900119",
    "color": "#966824",
    "tz": "Asia/Dubai",
    "logo": "gulf",
}


def build(env):
    """Return the two companies, in this order: home (PHP), gulf (AED)."""
    for name in ("PHP", "AED", "VND"):
        _currency(env, name).active = True
    home = env.ref("base.main_company")
    _set_up(env, home, HOME)
    gulf = env["res.company"].create(
        {"name": GULF["name"], "iap_enrich_auto_done": True}
    )
    _set_up(env, gulf, GULF)
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


def _set_up(env, company, office):
    with file_open(f"realestate_demo/static/img/{office['logo']}.png", "rb") as logo:
        image = base64.b64encode(logo.read())
    company.write(
        {
            "name": office["name"],
            "street": office["street"],
            "city": office["city"],
            "country_id": env.ref(office["country"]).id,
            "email": office["email"],
            "phone": office["phone"],
            "website": office["website"],
            "company_registry": office["registry"],
            "primary_color": office["color"],
            "logo": image,
            # Nobody is to be asked about an invented company.
            "iap_enrich_auto_done": True,
        }
    )
    # Jobs have no time zone of their own: the company's says what day it is.
    company.partner_id.write({"name": office["name"], "tz": office["tz"]})
    currency = _currency(env, office["currency"])
    company.currency_id = currency
    if not company.chart_template:
        env["account.chart.template"].try_loading(
            "generic_coa", company, install_demo=False
        )
    # Set before the chart, and again because the chart brings its own.
    company.currency_id = currency
    company.with_company(company).action_realestate_setup()
