"""Figures of report tables as text, for screen and paper."""

from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ..tools.report_table import NUMBERS, lay_out


def get_sheets(env, tables):
    """Return ``tables`` as dicts of texts in the language of ``env``: ``title``,
    ``note``, ``columns`` (``header``, ``is_number``) and ``rows`` (``kind``,
    ``cells``)."""
    return [
        {
            "title": table.title,
            "note": table.note,
            "columns": [
                {"header": one.header, "is_number": one.kind in NUMBERS}
                for one in table.columns
            ],
            "rows": [
                {
                    "kind": row.kind,
                    "cells": [
                        _format_cell(env, row.values.get(one.key), one, table)
                        for one in table.columns
                    ],
                }
                for row in lay_out(table)
            ],
        }
        for table in tables
    ]


def _format_cell(env, value, column, table):
    if value is None:
        return ""
    if column.kind in ("money", "integer") and not value:
        return "–"
    if column.kind == "money":
        return formatLang(env, float(value), digits=table.decimal_places)
    if column.kind == "percent":
        return formatLang(env, float(value), digits=1)
    if column.kind == "integer":
        return formatLang(env, value, digits=0)
    if column.kind == "date":
        return format_date(env, value)
    return value
