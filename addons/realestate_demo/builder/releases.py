"""The next season: the last homes kept back, and the day they go on the market."""

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from . import prices

#: So many free homes of each project, from the top floors down.
KEPT_BACK = 12


def build(env, recipe):
    """Withdraw the topmost free homes, and plan their release for next month."""
    project = prices.in_company(env, recipe.project)
    free = project.unit_ids.filtered(
        lambda unit: unit.kind == "home" and unit.state == "available"
    )
    kept = free.sorted("floor_sequence", reverse=True)[:KEPT_BACK]
    # Villas stand on no floor.
    part = "Top floors" if any(kept.mapped("floor")) else "First row"
    release = project.env["realestate.release"]
    values = {"project_id": project.id, "unit_ids": [Command.set(kept.ids)]}
    release.create(
        {
            **values,
            "name": f"{part} kept back",
            "kind": "withdrawal",
            "reason": "Kept for the second season.",
        }
    ).action_done()
    release.create(
        {
            **values,
            "name": f"Second season, {part.lower()}",
            "reason": "Second season, at the prices of next month.",
            "date_planned": fields.Date.context_today(project)
            + relativedelta(months=1, day=1),
        }
    ).action_approve()
