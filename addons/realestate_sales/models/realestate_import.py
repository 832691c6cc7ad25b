from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command


class RealestateImport(models.Model):
    """One file that is checked and then loaded wholly or not at all.

    A kind of import is a value of :attr:`kind` and two methods: ``_match_<kind>``
    finds the meaning of columns by their headers, ``_import_<kind>`` checks the file
    and, unless it is a dry run or something is wrong, loads it.
    """

    _name = "realestate.import"
    _description = "Import"
    _inherit = [
        "realestate.state.mixin",
        "realestate.import.file",
        "realestate.import.run",
        "realestate.import.inventory",
        "realestate.import.project",
        "realestate.import.load",
        "realestate.import.report",
    ]
    _order = "id desc"
    _check_company_auto = True

    _state_moves = {
        "draft": {"checked", "failed"},
        "checked": {"draft", "failed"},
        "failed": {"draft", "checked"},
        "loaded": {"draft", "checked", "failed"},
    }
    _fact_fields = frozenset(
        {
            "report",
            "issue_ids",
            "row_count",
            "error_count",
            "warning_count",
            "user_id",
            "date_loaded",
        }
    )

    name = fields.Char(compute="_compute_name", store=True)
    kind = fields.Selection(
        [("inventory", "Units of a Project")], required=True, default="inventory"
    )
    state = fields.Selection(
        [
            ("draft", "To Check"),
            ("failed", "Errors"),
            ("checked", "Ready to Load"),
            ("loaded", "Loaded"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    # The file and what it does not say by itself.
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    sheet = fields.Char(help="Of an XLSX file. Empty: the first one with a table.")
    decimal_comma = fields.Selection(
        [("comma", "1.234,50"), ("point", "1,234.50")],
        string="Numbers Look Like",
        help="Empty: found from the numbers of the file.",
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
    )
    project_id = fields.Many2one(
        "realestate.project",
        check_company=True,
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: a new project is made, unless the one the file names is there.",
    )
    project_name = fields.Char(
        string="New Project", help="Empty: called as the file says, or as its building."
    )
    project_code = fields.Char(help="Starts the contract numbers. Empty: made up.")
    building_id = fields.Many2one(
        "realestate.building",
        check_company=True,
        ondelete="cascade",
        help="Where the units of rows that name no building are.",
    )
    building_name = fields.Char(
        string="New Building",
        help="Name of the building of rows that name none, if it is to be made.",
    )
    currency_id = fields.Many2one(
        "res.currency", help="Empty: the project's, or the one the file names."
    )
    release = fields.Boolean(
        string="Put on the Market",
        default=True,
        help="Release the units the file marks as available.",
    )
    ignore_status = fields.Boolean(
        string="Load Taken Units as Not Released",
        help="Otherwise a unit the file marks as sold or reserved is an error.",
    )
    column_ids = fields.One2many(
        "realestate.import.column",
        "import_id",
        compute="_compute_column_ids",
        store=True,
        readonly=False,
    )
    file_error = fields.Char(compute="_compute_file_error")

    # What came of it.
    report = fields.Json(readonly=True, copy=False)
    message = fields.Char(compute="_compute_message")
    summary = fields.Html(compute="_compute_summary", sanitize=False)
    issue_ids = fields.One2many("realestate.import.issue", "import_id", copy=False)
    row_count = fields.Integer(string="Rows", readonly=True, copy=False)
    error_count = fields.Integer(string="Errors", readonly=True, copy=False)
    warning_count = fields.Integer(string="Warnings", readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, readonly=True, copy=False
    )
    date_loaded = fields.Datetime(readonly=True, copy=False)

    @api.depends("filename", "kind")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for record in self:
            record.name = record.filename or kinds.get(record.kind)

    @api.depends("project_id", "building_id")
    def _compute_company_id(self):
        for record in self:
            owner = record.project_id or record.building_id
            record.company_id = (
                owner.company_id or record.company_id or self.env.company
            )

    @api.depends("file", "sheet", "kind")
    def _compute_column_ids(self):
        for record in self:
            lines = [Command.create(vals) for vals in record._prepare_columns()]
            record.column_ids = [Command.clear(), *lines]

    @api.depends("file", "column_ids")
    def _compute_file_error(self):
        for record in self:
            record.file_error = False
            if record.file and not record.column_ids:
                try:
                    record._read_table()
                except UserError as error:
                    record.file_error = str(error)

    @api.depends("report")
    def _compute_message(self):
        for record in self:
            record.message = record.report and record.report["message"]

    @api.depends("report")
    def _compute_summary(self):
        for record in self:
            record.summary = record.report and self.env["ir.qweb"]._render(
                "realestate_sales.realestate_import_summary",
                record._prepare_summary_values(),
            )

    @api.constrains("project_id", "building_id")
    def _check_building(self):
        for record in self.filtered("project_id"):
            building = record.building_id
            if building and building.project_id != record.project_id:
                raise ValidationError(
                    self.env._(
                        "Import %(name)s: building %(building)s is not one of "
                        "%(project)s. Choose one of its buildings, or none.",
                        name=record.name,
                        building=building.name,
                        project=record.project_id.name,
                    )
                )

    # === CRUD === #

    def write(self, vals):
        if self._get_input_fields() & vals.keys():
            self._check_not_loaded()
            super().write(vals)
            self._forget_check()
            return True
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_loaded(self):
        for record in self.filtered(lambda r: r.state == "loaded"):
            raise UserError(
                self.env._(
                    "Import %(name)s was loaded: it stays as the record of where "
                    "its data came from.",
                    name=record.name,
                )
            )

    # === ACTIONS === #

    def action_check(self):
        """Check the file without loading it."""
        for record in self:
            record._run(dry_run=True)

    def action_load(self):
        """Load the file, unless something in it is wrong."""
        for record in self:
            record._run(dry_run=False)

    def action_open_project(self):
        """Open the project the file was loaded into."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "realestate.project",
            "res_id": self.project_id.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    def _forget_check(self):
        """Go back to before the check: what was checked has changed."""
        checked = self.filtered(lambda record: record.state in ("checked", "failed"))
        checked.issue_ids.unlink()
        checked._update_state(
            "draft", report=False, row_count=0, error_count=0, warning_count=0
        )

    # === HOOKS === #

    @api.model
    def _get_input_fields(self):
        """The fields that decide what a check finds; a change asks for a new one."""
        return {
            "kind",
            "file",
            "filename",
            "sheet",
            "decimal_comma",
            "company_id",
            "project_id",
            "project_name",
            "project_code",
            "building_id",
            "building_name",
            "currency_id",
            "release",
            "ignore_status",
            "column_ids",
        }

    @api.model
    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_manager"
        ):
            raise AccessError(self.env._("Only a sales manager may import."))

    def _check_not_loaded(self):
        for record in self.filtered(lambda r: r.state == "loaded"):
            raise UserError(
                self.env._(
                    "Import %(name)s has been loaded already. Start a new import.",
                    name=record.name,
                )
            )
