"""The board for the screen of the sales hall, which anybody may look at.

A computer that runs in a hall all day is best logged in as a user of the group "Sales
Hall Screen": that user may read nothing but what is answered here.
"""

from odoo import api, models
from odoo.exceptions import AccessError

from .realestate_board import PROJECT_FIELDS

#: Who may show the hall: its own screen, and the staff.
HALL_GROUPS = "realestate_sales.group_hall,realestate_sales.group_agent"


class RealestateBoard(models.AbstractModel):
    # A file for each concern keeps them short.
    _inherit = "realestate.board"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.readonly
    def get_hall_projects(self):
        """Return the projects a hall may show, as :meth:`get_projects` does.

        :raises AccessError: for who is neither staff nor the screen of a hall
        """
        self._check_hall()
        return self._tell_projects(
            self._search_hall_projects([("unit_ids", "!=", False)])
        )

    @api.model
    @api.readonly
    def load_hall(self, project_id, unit_ids=None):
        """Return the board for the screen of the sales hall: no buyer, no user, and the
        price only of what can be bought.

        :param unit_ids: only these, when they have changed
        :return: as :meth:`load`, and ``staff``: whether the user may leave the hall for
            the board
        """
        self._check_hall()
        projects = self._search_hall_projects(
            [("id", "in", self._to_ids([project_id]))]
        )
        project = self._found_project(projects, project_id)
        domain = self._get_domain(project)
        if unit_ids is not None:
            domain = self._get_changes_domain(project, unit_ids)
        # The screen of a hall has no rights of its own; the project was checked above.
        units = self.sudo()._read_units(domain, personal=False)
        for unit in units:
            if unit["state"] != "available":
                unit["price_list"] = 0
        return {
            **self.sudo()._prepare_frame(project, units),
            "units": self._pack(units),
            "claims": {
                unit["id"]: {"until": unit["until"]} for unit in units if unit["until"]
            },
            "rights": {"claim": False, "market": False, "prices": False},
            "staff": self.env.user.has_group("realestate_sales.group_agent"),
        }

    @api.model
    def _is_hall(self):
        return self.env.user.has_groups(HALL_GROUPS)

    @api.model
    def _check_hall(self):
        if not self.env.su and not self._is_hall():
            raise AccessError(self.env._("The board is for sales staff."))

    @api.model
    def _search_hall_projects(self, domain):
        """The projects of the user's companies, readable. For :meth:`_is_hall` only."""
        # See load_hall; so the companies must be looked at here.
        projects = self.env["realestate.project"].sudo()
        companies = [("company_id", "in", self.env.companies.ids)]
        return projects.search_fetch([*companies, *domain], PROJECT_FIELDS)
