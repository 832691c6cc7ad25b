import base64
import binascii
import hashlib

from odoo import api, models
from odoo.exceptions import UserError

from ..tools.spreadsheet import MAX_BYTES, TableError, read_table
from .realestate_import_messages import TABLE_MESSAGES


class RealestateImportFile(models.AbstractModel):
    """The file and the meaning of its columns."""

    _name = "realestate.import.file"
    _description = "Import: File"

    # === FILE === #

    @api.model
    def _decode(self, content, max_bytes=MAX_BYTES):
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
        if len(content) > max_bytes * 3 // 2:
            self._refuse_table("too_large", {"maximum": max_bytes // (1024 * 1024)})
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
        self._check_mapping(mapping)
        for field, header in mapping.items():
            column = self._get_column(header)
            before = self.column_ids.filtered(lambda c, f=field: c.field_name == f)
            (before - column).field_name = False
            column.field_name = field

    def _check_mapping(self, mapping):
        names = dict(self.column_ids._get_field_names())
        if not isinstance(mapping, dict) or mapping.keys() - names.keys():
            raise UserError(
                self.env._(
                    "The mapping must be {field: header}, its fields of: %(fields)s.",
                    fields=", ".join(names),
                )
            )
        columns = [self._get_column(header) for header in mapping.values()]
        if sum(map(len, columns)) > len(self.column_ids.browse().union(*columns)):
            raise UserError(
                self.env._(
                    "The mapping reads one column as two fields. Name each column once."
                )
            )

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
