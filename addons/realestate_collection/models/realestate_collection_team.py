from odoo import fields, models


class RealestateCollectionTeam(models.Model):
    """Officers who share the cases of some projects, and who leads them."""

    _name = "realestate.collection.team"
    _description = "Collection Team"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Team Leader",
        domain="[('company_ids', 'in', company_id), ('share', '=', False)]",
        check_company=True,
        help="Sees all cases of the team, may hand them to others, and hears of those "
        "that escalate.",
    )
    member_ids = fields.Many2many(
        "res.users",
        "realestate_collection_team_user_rel",
        "team_id",
        "user_id",
        string="Members",
        domain="[('company_ids', 'in', company_id), ('share', '=', False)]",
        check_company=True,
    )
    project_ids = fields.Many2many(
        "realestate.project",
        "realestate_collection_team_project_rel",
        "team_id",
        "project_id",
        string="Projects",
        domain="[('company_id', '=', company_id)]",
        check_company=True,
        help="Empty: the cases of all projects that no other team has.",
    )
    case_count = fields.Integer(string="Open Cases", compute="_compute_case_count")

    def _compute_case_count(self):
        groups = self.env["realestate.collection.case"]._read_group(
            [("team_id", "in", self.ids), ("state", "=", "open")],
            ["team_id"],
            ["__count"],
        )
        counts = dict(groups)
        for team in self:
            team.case_count = counts.get(team, 0)

    def action_open_cases(self):
        """Open the cases of this team."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_collection_case_action"
        )
        action["domain"] = [("team_id", "=", self.id)]
        return action

    def _get_by_project(self, company):
        """The team of each project: ``{project id: team}``, the one of all others
        under the key None."""
        teams = self.search([("company_id", "=", company.id)])
        by_project = {None: teams.filtered(lambda team: not team.project_ids)[:1]}
        for team in reversed(teams):
            by_project.update(dict.fromkeys(team.project_ids.ids, team))
        return by_project
