import base64

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.spreadsheet import MAX_BYTES

#: So many errors are kept with the import; the caller of ``run`` gets them all.
MAX_ISSUES = 1000
#: Options of ``run`` that are texts, and the field each fills.
TEXT_OPTIONS = ("filename", "sheet", "project_name", "project_code", "building_name")
BOOLEAN_OPTIONS = ("release", "ignore_status", "skip_unmatched")
RECORD_OPTIONS = ("company_id", "project_id", "building_id", "pricelist_id")


class RealestateImportRun(models.AbstractModel):
    """One run, as scripts and integrations call it and as the buttons do."""

    _name = "realestate.import.run"
    _description = "Import: Run"

    @api.model
    def run(self, kind, content, dry_run=True, **options):
        """Check a file and, unless ``dry_run``, load it: wholly or not at all.

        :param kind: ``inventory``, ``prices`` (of the draft ``pricelist_id``),
            ``images`` (plans and photos of unit types), or a kind another module adds
        :param content: the CSV, XLSX or, of images, ZIP file, as bytes or as base64
            text
        :param options: ``filename``, ``sheet``, ``company_id``, ``project_id`` or
            ``project_name`` and ``project_code`` of a new one, ``building_id`` or
            ``building_name`` for rows that name none, ``currency`` (ISO code),
            ``decimal_comma`` (True or False), ``release`` (put available units on
            the market, default True), ``ignore_status`` (load sold and reserved
            units as not released), ``mode`` (``create``, ``update`` or ``both``: what
            to do with units that are there already), ``skip_unmatched`` (leave
            pictures out that fit nothing), ``mapping`` ({field: header}, a
            falsy header to leave the field out)
        :return: the report, ready for JSON: ``ok``, ``loaded``, ``message``,
            ``rows_read``, ``columns`` and ``leftovers``, ``errors`` and
            ``warnings`` (row, column, code, message), ``totals``, ``changes``,
            ``updates`` (row, column, field, unit, old, new) of an inventory,
            ``import_id`` of the trace kept of the run
        :raises UserError: when the file or an option cannot be read at all
        :raises AccessError: when the caller is no sales manager
        """
        self._check_manager()
        if not isinstance(dry_run, bool):
            raise UserError(self.env._("dry_run must be true or false."))
        mapping = options.pop("mapping", None)
        values = self._prepare_run_values(kind, content, options)
        record = self.create(values)
        record._apply_mapping(mapping)
        return record._run(dry_run)

    # === RUN === #

    def _run(self, dry_run):
        self.ensure_one()
        self._check_manager()
        self._check_not_loaded()
        report = getattr(self, f"_import_{self.kind}")(dry_run)
        report["import_id"] = self.id
        self._note(report)
        return report

    def _load(self, loader):
        """Run ``loader`` and undo all of it when it fails.

        :return: (what it returned, None), or (None, why it failed as (code, params))
        """
        try:
            with self.env.cr.savepoint():
                return loader(), None
        except UniqueViolation:
            return None, ("load_collided", {})
        except UserError as error:
            return None, ("load_refused", {"reason": str(error)})

    def _note(self, report):
        """Keep the outcome with the import."""
        issues = [
            Command.create(
                {
                    "level": level,
                    "row": issue["row"],
                    "column": issue["column"],
                    "message": issue["message"],
                }
            )
            for level in ("error", "warning")
            for issue in report[f"{level}s"]
        ]
        kept = {key: report[key] for key in report.keys() - {"errors", "warnings"}}
        values = {
            "report": kept,
            "issue_ids": [Command.clear(), *issues[:MAX_ISSUES]],
            "row_count": report["rows_read"],
            "error_count": len(report["errors"]),
            "warning_count": len(report["warnings"]),
            "user_id": self.env.uid,
        }
        if report["loaded"]:
            project_id = report["changes"]["project"]["id"]
            values |= {"project_id": project_id, "date_loaded": fields.Datetime.now()}
        target = "checked" if report["ok"] else "failed"
        # A second check is a move of its own.
        self._update_state("draft")
        self._update_state("loaded" if report["loaded"] else target, **values)

    # === OPTIONS === #

    @api.model
    def _prepare_run_values(self, kind, content, options):
        """Values of the record of one run, from arguments nobody has checked yet."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        if not isinstance(kind, str) or kind not in kinds:
            raise UserError(
                self.env._(
                    "“%(kind)s” cannot be imported. Choose one of: %(kinds)s.",
                    kind=kind,
                    kinds=", ".join(kinds),
                )
            )
        content = self._decode(content, self._get_max_bytes(kind))
        values = {"kind": kind, "file": base64.b64encode(content)}
        for name, value in options.items():
            values.update(self._prepare_option(name, value))
        # What cannot be read at all is the caller's error, not a report.
        self._check_content(kind, content, values)
        return values

    @api.model
    def _get_max_bytes(self, kind):
        """How large a file of this kind may be."""
        return MAX_BYTES

    @api.model
    def _check_content(self, kind, content, values):
        """Refuse what cannot be read at all.

        :param values: those of the record to be made
        """
        self._parse(content, values.get("filename"), values.get("sheet"))

    @api.model
    def _prepare_option(self, name, value):
        if name in TEXT_OPTIONS:
            # RPC callers say False for nothing.
            return {name: self._option(name, value or None, str)}
        if name in BOOLEAN_OPTIONS:
            return {} if value is None else {name: self._option(name, value, bool)}
        if name in RECORD_OPTIONS:
            return {name: self._record_option(name, value)}
        if name == "currency":
            return {"currency_id": self._currency_option(value)}
        if name == "mode":
            return {} if value is None else {name: self._choice(name, value)}
        if name == "decimal_comma":
            comma = self._option(name, value, bool)
            return {name: comma is not None and ("comma" if comma else "point")}
        raise UserError(
            self.env._(
                "There is no option “%(name)s”. There are: %(options)s.",
                name=name,
                options=", ".join(
                    (*TEXT_OPTIONS, *BOOLEAN_OPTIONS, *RECORD_OPTIONS)
                    + ("currency", "decimal_comma", "mode", "mapping")
                ),
            )
        )

    @api.model
    def _option(self, name, value, kind):
        """The value of an option when it is of its kind, or an error naming it."""
        if value is None or isinstance(value, kind):
            return value
        kinds = {str: self.env._("a text"), bool: self.env._("true or false")}
        raise UserError(
            self.env._(
                "Option %(name)s cannot be “%(value)s”: give %(kind)s.",
                name=name,
                value=value,
                kind=kinds[kind],
            )
        )

    @api.model
    def _choice(self, name, value):
        """The value of an option that is one of few, or an error naming them."""
        choices = dict(self._fields[name]._description_selection(self.env))
        if isinstance(value, str) and value in choices:
            return value
        raise UserError(
            self.env._(
                "Option %(name)s cannot be “%(value)s”: give one of %(choices)s.",
                name=name,
                value=value,
                choices=", ".join(choices),
            )
        )

    @api.model
    def _record_option(self, name, value):
        """The id of an existing record the caller may see, given as id or record."""
        if value is None or value is False:
            return False
        comodel = self.env[self._fields[name].comodel_name]
        if isinstance(value, models.BaseModel) and value._name == comodel._name:
            value = value.id if len(value) == 1 else value
        if isinstance(value, bool) or not isinstance(value, int):
            raise UserError(
                self.env._(
                    "Option %(name)s cannot be “%(value)s”: give the id of a "
                    "%(model)s.",
                    name=name,
                    value=value,
                    model=comodel._description,
                )
            )
        known = comodel.browse(value).exists() if 0 < value < 2**31 else comodel
        if not known._filtered_access("read"):
            raise UserError(
                self.env._(
                    "There is no %(model)s with id %(id)s. Give the id of one that "
                    "you can open.",
                    model=comodel._description,
                    id=value,
                )
            )
        return value

    @api.model
    def _currency_option(self, value):
        code = (self._option("currency", value or None, str) or "").strip().upper()
        currency = self._get_currency(code) if code else self.env["res.currency"]
        if code and not currency:
            raise UserError(
                self.env._(
                    "There is no currency “%(code)s”. Give its ISO code, like PHP.",
                    code=value,
                )
            )
        return currency.id

    @api.model
    def _get_currency(self, code):
        """The currency of an ISO code, active or not."""
        return (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "=", code)], limit=1)
        )
