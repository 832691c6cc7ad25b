from odoo import fields, models
from odoo.fields import Domain


class RealestateAgingDay(models.TransientModel):
    """The aging as of any day: on screen, as spreadsheet, as PDF."""

    _name = "realestate.aging.day"
    _description = "Aging of a Day"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date = fields.Date(
        string="As of",
        required=True,
        default=lambda self: self.env.company._realestate_today(),
        help="A day gone by: as the books stood at its end. A day to come: what is "
        "open now, aged to that day.",
    )
    project_ids = fields.Many2many(
        "realestate.project",
        string="Projects",
        domain="[('company_id', '=', company_id)]",
        help="Empty: all.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Collection Officer",
        domain="[('share', '=', False)]",
        help="Empty: all.",
    )
    is_overdue = fields.Boolean(string="Overdue Only")

    def action_show(self):
        """Show the aging of that day on screen."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_aging_action"
        )
        day = fields.Date.to_string(self.date)
        action["display_name"] = self._get_title()
        action["context"] = {"aging_date": day}
        action["domain"] = list(self._get_domain())
        return action

    def _get_domain(self):
        """Which rows of the aging are asked for."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id)
        if self.project_ids:
            domain &= Domain("project_id", "in", self.project_ids.ids)
        if self.user_id:
            domain &= Domain("user_id", "=", self.user_id.id)
        if self.is_overdue:
            domain &= Domain("amount_overdue", ">", 0)
        return domain
