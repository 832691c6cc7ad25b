from odoo import api, fields, models
from odoo.exceptions import AccessError

from .realestate_unit_type import UNIT_KINDS

#: The states of a unit as the board's arrays number them.
BOARD_STATES = [
    "unreleased",
    "available",
    "held",
    "reserved",
    "contracted",
    "handed_over",
]
#: The columns of a load, in the order the client reads them.
UNIT_COLUMNS = [
    "id",
    "building_id",
    "number",
    "floor",
    "floor_sequence",
    "unit_type_id",
    "kind",
    "view",
    "area",
    "price_list",
    "main_unit_id",
    "state",
]
PROJECT_FIELDS = ["name", "code", "company_id", "currency_id"]
#: What differs little from unit to unit is sent once and then by its place.
WORD_COLUMNS = frozenset({"floor", "view", "kind"})


class RealestateBoard(models.AbstractModel):
    """What the sales control board and the screen of the sales hall show.

    A load is a handful of queries however many units there are: the ORM says which
    units the user may read, one statement reads them with their live claims.
    """

    _name = "realestate.board"
    _description = "Sales Control Board"

    # === PUBLIC === #

    @api.model
    @api.readonly
    def get_projects(self):
        """Return the projects the user may show, as ``{id, name, code, company}``.

        :raises AccessError: for whom projects are not
        """
        projects = self.env["realestate.project"].search_fetch(
            [("unit_ids", "!=", False)], PROJECT_FIELDS
        )
        return self._tell_projects(projects)

    @api.model
    @api.readonly
    # Nothing is imported into a model without a table, so this name is free here.
    def load(self, project_id, building_ids=None):  # pylint: disable=arguments-renamed
        """Return the board of a project.

        :param building_ids: only these buildings, default all
        :return: dict of ``project``, ``buildings``, ``types``, ``kinds``, ``units``
            (see :meth:`_pack`), ``claims`` by unit id, ``rights`` and ``now``
        :raises AccessError: when the project is not the user's to read
        """
        project = self._get_project(project_id)
        units = self._read_units(self._get_domain(project, building_ids))
        return {
            **self._prepare_frame(project, units, building_ids),
            "units": self._pack(units),
            "claims": self._tell_claims(units),
            "rights": self._get_rights(),
        }

    @api.model
    @api.readonly
    def load_changes(self, project_id, unit_ids):
        """Return what became of some units of a project: ``units`` and ``claims`` as
        :meth:`load` gives them."""
        project = self._get_project(project_id)
        units = self._read_units(self._get_changes_domain(project, unit_ids))
        return {
            "units": self._pack(units),
            "claims": self._tell_claims(units),
            "now": fields.Datetime.now(),
        }

    @api.model
    @api.readonly
    def preview_prices(self, unit_ids):
        """Return what the price lists say of some units.

        :return: list of ``{id, name, area, price_list, effective, coming,
            date_coming}``, amounts in the project's currency, False where no list
            prices the unit
        """
        units = self.env["realestate.unit"].search_fetch(
            [("id", "in", self._to_ids(unit_ids))], ["name", "area", "price_list"]
        )
        prices = self._read_pricelist_prices(units)
        nothing = {"effective": False, "coming": False, "date_coming": False}
        return [
            {
                "id": unit.id,
                "name": unit.name,
                "area": unit.area,
                "price_list": unit.price_list,
                **prices.get(unit.id, nothing),
            }
            for unit in units
        ]

    # === RIGHTS === #

    @api.model
    def _get_project(self, project_id):
        """The project, read with its rights in one query."""
        project = self.env["realestate.project"].search_fetch(
            [("id", "in", self._to_ids([project_id]))], PROJECT_FIELDS
        )
        return self._found_project(project, project_id)

    @api.model
    def _found_project(self, project, project_id):
        """The project, or the refusal when it was not to be found."""
        if not project:
            raise AccessError(
                self.env._(
                    "Project %(project)s is not there, or belongs to another company. "
                    "Choose another one in the board.",
                    project=project_id,
                )
            )
        return project

    @api.model
    def _get_rights(self):
        """What the user may do on the board; each action asks for itself again."""
        user = self.env.user
        return {
            "claim": user.has_group("realestate_sales.group_agent"),
            "market": self.env["realestate.unit"].has_access("write"),
            "prices": self.env["realestate.pricelist"].has_access("read"),
            "supervisor": user.has_group("realestate_sales.group_supervisor"),
        }

    @api.model
    def _to_ids(self, values):
        """The ids among ``values``, which come from outside."""
        return [
            value
            for value in values or ()
            if isinstance(value, int) and not isinstance(value, bool)
        ]

    # === CLAIMS === #

    @api.model
    def _tell_claims(self, units):
        """Who claims the units, by unit id: ``{until, user, mine, buyer, plan,
        model, res}``.

        The buyer, the payment plan and the paper are told to those who may read the
        claim.
        """
        return {
            unit["id"]: {
                "until": unit["until"],
                "user": unit["user"],
                "mine": unit["mine"],
                **self._tell_buyer(unit, unit["readable"]),
            }
            for unit in units
            if unit["claim"]
        }

    @api.model
    def _tell_buyer(self, unit, may_see):
        if not may_see:
            return dict.fromkeys(("buyer", "plan", "model", "res"), False)
        model, _comma, res_id = (unit["origin"] or "").partition(",")
        return {
            "buyer": unit["buyer"] or False,
            "plan": unit["plan"] or False,
            "model": model or False,
            "res": int(res_id) if res_id else False,
        }

    @api.model
    def _read_pricelist_prices(self, units):
        """The prices of the lists that hold now and of the next ones, by unit id."""
        lines = self.env["realestate.pricelist.line"].search_fetch(
            [
                ("unit_id", "in", units.ids),
                ("pricelist_id.state", "in", ("approved", "effective")),
            ],
            ["unit_id", "price_list", "pricelist_id"],
        )
        today = fields.Date.context_today(self)
        prices = {}
        for line in lines.sorted(lambda line: line.pricelist_id.date_effective):
            price = prices.setdefault(
                line.unit_id.id,
                {"effective": False, "coming": False, "date_coming": False},
            )
            date = line.pricelist_id.date_effective
            if date <= today:
                price["effective"] = line.price_list
            elif not price["date_coming"]:
                price.update(coming=line.price_list, date_coming=date)
        return prices

    # === PACKING === #

    @api.model
    def _tell_projects(self, projects):
        """``{id, name, code, company}``; the company if there are several."""
        several = len(projects.company_id) > 1
        return [
            {
                "id": project.id,
                "name": project.name,
                "code": project.code,
                "company": several and project.company_id.sudo().name,
            }
            for project in projects
        ]

    @api.model
    def _prepare_frame(self, project, units, building_ids=None):
        """What stands around the units: project, buildings, types, words."""
        types = self.env["realestate.unit.type"].browse(
            {unit["unit_type_id"] for unit in units} - {None}
        )
        types.fetch(["name", "bedrooms"])
        kinds = self.env["realestate.unit"]._fields["kind"]
        return {
            "project": {
                "id": project.id,
                "name": project.name,
                "code": project.code,
                "currency": project.currency_id.id,
            },
            "buildings": self._read_buildings(project, building_ids),
            "types": [[kind.id, kind.name, kind.bedrooms] for kind in types],
            "kinds": dict(kinds._description_selection(self.env) or UNIT_KINDS),
            "states": BOARD_STATES,
            "now": fields.Datetime.now(),
        }

    @api.model
    def _pack(self, units):
        """Turn rows into columns: ``{column: [value of each unit]}``.

        States are their place in :data:`BOARD_STATES`; floors, views and kinds their
        place in ``words[column]``.
        """
        columns = {name: [unit[name] for unit in units] for name in UNIT_COLUMNS}
        places = {state: place for place, state in enumerate(BOARD_STATES)}
        columns["state"] = [places[state] for state in columns["state"]]
        words = {}
        for name in WORD_COLUMNS:
            known = {}
            columns[name] = [
                known.setdefault(value or "", len(known)) for value in columns[name]
            ]
            words[name] = list(known)
        return {**columns, "words": words}
