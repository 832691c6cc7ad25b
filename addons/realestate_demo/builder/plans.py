"""Plans beyond even parts: financed by the developer, by the harvest, in steps."""

from odoo.fields import Command

DOWN = {
    "sequence": 1,
    "name": "Down payment",
    "kind": "down_payment",
    "amount_type": "percent",
    "value": 20,
}
REST = {
    "sequence": 2,
    "name": "Monthly instalment",
    "kind": "installment",
    "amount_type": "balance",
    "offset_months": 1,
}
SHAPES = {
    "In-house financing, 10 years at 12 %": {"count": 120, "interest_rate": 12},
    "In-house financing, equal principal": {
        "count": 60,
        "interest_rate": 10.5,
        "interest_method": "principal",
        "day_count": "act/365",
        "grace_parts": 6,
    },
    "Rising every year, 5 years": {"count": 60, "step_percent": 10},
    "After the harvests, 4 years": {"count": 48, "season": "Two harvests"},
}


def build(env, company):
    """Offer every project of ``company`` plans of every shape."""
    season = env["realestate.payment.season"].create(
        {"name": "Two harvests", "may": 1, "november": 2}
    )
    projects = env["realestate.project"].search([("company_id", "=", company.id)])
    return env["realestate.payment.plan"].create(
        [
            {
                "name": name,
                "project_ids": [Command.set(projects.ids)],
                "company_id": company.id,
                "rounding_unit": 1,
                "line_ids": [
                    Command.create(DOWN),
                    Command.create(_prepare_line(shape, season)),
                ],
            }
            for name, shape in SHAPES.items()
        ]
    )


def _prepare_line(shape, season):
    values = {**REST, **shape}
    if values.pop("season", None):
        values["season_id"] = season.id
    return values
