import base64
import binascii
import hashlib

from odoo import api, models
from odoo.exceptions import UserError

from ..tools.spreadsheet import MAX_BYTES, TableError, read_table
from .realestate_import_messages import TABLE_MESSAGES

#: Options of ``run`` that are texts, and the field each fills.
TEXT_OPTIONS = ("filename", "sheet", "project_name", "project_code", "building_name")
BOOLEAN_OPTIONS = ("release", "ignore_status")
RECORD_OPTIONS = ("company_id", "project_id", "building_id")


class RealestateImport(models.Model):
    """The way in: what the caller gives, the file, the meaning of its columns."""

    _inherit = "realestate.import"

    # === OPTIONS === #

    @api.model
    def _prepare_run_values(self, kind, content, options):
        """Values of the record of one run, from arguments nobody has checked yet."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        if kind not in kinds:
            raise UserError(
                self.env._(
                    "“%(kind)s” cannot be imported. Choose one of: %(kinds)s.",
                    kind=kind,
                    kinds=", ".join(kinds),
                )
            )
        content = self._decode(content)
        values = {"kind": kind, "file": base64.b64encode(content)}
        for name, value in options.items():
            values.update(self._prepare_option(name, value))
        # What cannot be read at all is the caller's error, not a report.
        self._parse(content, values.get("filename"), values.get("sheet"))
        return values

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
        if name == "decimal_comma":
            comma = self._option(name, value, bool)
            return {name: comma is not None and ("comma" if comma else "point")}
        raise UserError(
            self.env._(
                "There is no option “%(name)s”. There are: %(options)s.",
                name=name,
                options=", ".join(
                    (*TEXT_OPTIONS, *BOOLEAN_OPTIONS, *RECORD_OPTIONS)
                    + ("currency", "decimal_comma", "mapping")
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
        if not comodel.browse(value).exists()._filtered_access("read"):
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

    # === FILE === #

    @api.model
    def _decode(self, content):
        """The bytes of a file given as bytes or as base64 text."""
        if isinstance(content, bytes | bytearray | memoryview):
            return bytes(content)
        if not isinstance(content, str):
            raise UserError(
                self.env._(
                    "The content of the file must be bytes or base64 text, not "
                    "%(type)s.",
                    type=type(content).__name__,
                )
            )
        if len(content) > MAX_BYTES * 3 // 2:
            self._refuse_table("too_large", {"maximum": MAX_BYTES // (1024 * 1024)})
        try:
            return base64.b64decode("".join(content.split()), validate=True)
        except (binascii.Error, ValueError) as error:
            raise UserError(
                self.env._("The content of the file is text but not base64: encode it.")
            ) from error

    @api.model
    def _parse(self, content, filename, sheet):
        """The table of a file, read once in a transaction.

        :raises UserError: with what to do when there is none
        """
        if not content:
            self._refuse_table("empty", {})
        digest = hashlib.sha256(content).digest()
        key = ("realestate.import", digest, filename or "", sheet or "")
        cache = self.env.cr.cache
        if key not in cache:
            try:
                cache[key] = read_table(content, filename or None, sheet=sheet or None)
            except TableError as error:
                self._refuse_table(error.code, error.params)
        return cache[key]

    @api.model
    def _refuse_table(self, code, params):
        raise UserError(str(TABLE_MESSAGES[code]) % params)

    def _read_table(self):
        self.ensure_one()
        return self._parse(self._get_file_content(), self.filename, self.sheet)

    def _get_file_content(self):
        # A form asks for sizes instead of contents; what it has just uploaded, and
        # not yet saved, is in its own context all the same.
        for record in (self, self.with_context(bin_size=False)):
            data = (record.file or b"").translate(None, b"\r\n")
            try:
                return base64.b64decode(data, validate=True)
            except binascii.Error:
                continue
        return b""

    # === COLUMNS === #

    def _prepare_columns(self):
        """Values of the columns of the file, none when it cannot be read."""
        try:
            table = self._read_table()
        except UserError:
            # The form says so by file_error.
            return []
        match = getattr(self, f"_match_{self.kind}")(table.headers)
        return [
            self.column_ids._prepare_values(table, column, match.get(column))
            for column in range(len(table.headers))
        ]

    def _apply_mapping(self, mapping):
        """Correct the match of columns: {field: header}, a falsy header for none."""
        self.ensure_one()
        if mapping is None:
            return
        fields = dict(
            self.column_ids._fields["field_name"]._description_selection(self.env)
        )
        if not isinstance(mapping, dict) or mapping.keys() - fields.keys():
            raise UserError(
                self.env._(
                    "The mapping must be {field: header} with these fields: "
                    "%(fields)s.",
                    fields=", ".join(fields),
                )
            )
        chosen = {field: self._get_column(value) for field, value in mapping.items()}
        for field, column in chosen.items():
            self.column_ids.filtered(
                lambda c, f=field: c.field_name == f
            ).field_name = False
            column.field_name = field

    def _get_column(self, header):
        columns = self.column_ids.browse()
        if header is None or header is False or header == "":
            return columns
        columns = self.column_ids.filtered(lambda column: column.header == header)
        if len(columns) != 1:
            raise UserError(
                self.env._(
                    "The mapping names the column “%(header)s”, which is there "
                    "%(count)s times. The file has: %(headers)s.",
                    header=header,
                    count=len(columns),
                    headers=", ".join(self.column_ids.mapped("header")),
                )
            )
        return columns

    def _get_mapping(self):
        """The column, counted from 0, of each field that one was chosen for.

        :return: (mapping, twice), the latter {field: headers} of fields that were
            chosen for several columns
        """
        self.ensure_one()
        by_field = self.column_ids.filtered("field_name").grouped("field_name")
        mapping = {field: columns[0].index for field, columns in by_field.items()}
        twice = {
            field: columns.mapped("header")
            for field, columns in by_field.items()
            if len(columns) > 1
        }
        return mapping, twice

    def _is_mapping_automatic(self):
        return all(column.field_name == column.field_auto for column in self.column_ids)
