from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.exchange import Column, Layout, is_xml_name
from ..tools.filing_answer import AnswerLayout
from .filing_fields import FILING_FIELDS, IDENTITY, field_value

DATE_FORMATS = [
    ("%Y-%m-%d", "2026-12-31"),
    ("%Y%m%d", "20261231"),
    ("%d/%m/%Y", "31/12/2026"),
    ("%m/%d/%Y", "12/31/2026"),
    ("%d.%m.%Y", "31.12.2026"),
    ("%Y年%m月%d日", "2026年12月31日"),
]


class RealestateFilingFormat(models.Model):
    """How the file that an authority reads looks, and the one it answers with."""

    _name = "realestate.filing.format"
    _description = "Exchange Format"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: every company.")
    file_type = fields.Selection(
        [("csv", "CSV"), ("xlsx", "XLSX"), ("xml", "XML")],
        required=True,
        default="xlsx",
    )
    encoding = fields.Selection(
        [
            ("utf-8", "UTF-8"),
            ("utf-8-sig", "UTF-8 with Mark"),
            ("gb18030", "GB 18030"),
            ("latin-1", "Latin 1"),
        ],
        required=True,
        default="utf-8",
    )
    delimiter = fields.Selection(
        [(",", "Comma"), (";", "Semicolon"), ("\t", "Tabulator"), ("|", "Bar")],
        required=True,
        default=",",
    )
    date_format = fields.Selection(
        DATE_FORMATS, string="Dates", required=True, default="%Y-%m-%d"
    )
    decimal_sign = fields.Selection(
        [(".", "Point"), (",", "Comma")], required=True, default="."
    )
    has_header = fields.Boolean(string="First Row Has the Headers", default=True)
    root_tag = fields.Char(string="Outer Element", default="Filings")
    row_tag = fields.Char(string="Element of a Row", default="Filing")
    rows_per = fields.Selection(
        [
            ("filing", "Filing"),
            ("buyer", "Buyer of a Filing"),
            ("unit", "Unit of a Filing"),
        ],
        string="One Row for Each",
        required=True,
        default="filing",
    )
    column_ids = fields.One2many("realestate.filing.column", "format_id", copy=True)
    has_identity = fields.Boolean(compute="_compute_has_identity")

    # The answer.
    answer_by = fields.Selection(
        [
            ("name", "Our Reference"),
            ("contract", "Contract Number"),
            ("number", "Filing Number"),
        ],
        string="Rows Are Known by",
        required=True,
        default="name",
    )
    header_key = fields.Char(string="Column of That", default="Reference")
    header_result = fields.Char(string="Column of the Result", default="Result")
    header_number = fields.Char(string="Column of the Number", default="Number")
    header_date = fields.Char(string="Column of the Date", default="Date")
    header_reason = fields.Char(string="Column of the Reason", default="Reason")
    words_accepted = fields.Char(
        string="Words for Accepted",
        default="accepted, approved, 通过",
        help="Separated by commas.",
    )
    words_rejected = fields.Char(
        string="Words for Rejected",
        default="rejected, refused, 退回",
        help="Separated by commas.",
    )

    @api.depends("column_ids.source")
    def _compute_has_identity(self):
        for one in self:
            one.has_identity = IDENTITY in one.column_ids.mapped("source")

    @api.constrains("file_type", "root_tag", "row_tag", "column_ids")
    def _check_xml_names(self):
        for one in self.filtered(lambda one: one.file_type == "xml"):
            names = [one.root_tag, one.row_tag, *one.column_ids.mapped("header")]
            wrong = [name or "" for name in names if not is_xml_name(name)]
            if wrong:
                raise ValidationError(
                    self.env._(
                        "Format %(format)s: “%(name)s” cannot be the name of an XML "
                        "element. Letters, digits, points and hyphens make one, and a "
                        "letter begins it.",
                        format=one.name,
                        name=wrong[0],
                    )
                )

    # === BUSINESS === #

    def _get_layout(self):
        self.ensure_one()
        return Layout(
            file_type=self.file_type,
            encoding=self.encoding,
            delimiter=self.delimiter,
            date_format=self.date_format,
            decimal_sign=self.decimal_sign,
            has_header=self.has_header,
            root=self.root_tag or "",
            row=self.row_tag or "",
        )

    def _get_answer_layout(self):
        self.ensure_one()

        def words(text):
            parts = (text or "").replace("，", ",").split(",")
            return tuple(part.strip() for part in parts if part.strip())

        return AnswerLayout(
            key=self.header_key or "",
            result=self.header_result or "",
            number=self.header_number or "",
            date=self.header_date or "",
            reason=self.header_reason or "",
            accepted=words(self.words_accepted),
            rejected=words(self.words_rejected),
            date_format=self.date_format,
        )

    def _get_columns(self):
        return [column._get_column() for column in self.column_ids]

    def _get_rows(self, filings):
        """Pairs of a filing and the values of one row of it."""
        self.ensure_one()
        return [
            (filing, [column._get_value(filing, *part) for column in self.column_ids])
            for filing in filings
            for part in self._get_parts(filing)
        ]

    def _get_parts(self, filing):
        """The buyer and the unit that each row of a filing is about."""
        buyers = filing.contract_id.buyer_ids.sorted("is_main", reverse=True)
        lines = filing.contract_id.line_ids
        if self.rows_per == "buyer":
            return [(buyer, lines[:1]) for buyer in buyers]
        if self.rows_per == "unit":
            return [(buyers[:1], line) for line in lines]
        return [(buyers[:1], lines[:1])]


class RealestateFilingColumn(models.Model):
    _name = "realestate.filing.column"
    _description = "Column of an Exchange Format"
    _order = "format_id, sequence, id"
    _rec_name = "header"

    format_id = fields.Many2one(
        "realestate.filing.format", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="format_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    header = fields.Char(required=True)
    source = fields.Selection(
        [("constant", "Always the same"), *FILING_FIELDS.items()],
        string="What It Holds",
        required=True,
        default="constant",
    )
    constant = fields.Char(string="Always the Same")
    is_required = fields.Boolean(string="Must Be Filled")
    width = fields.Integer(
        string="Characters", help="Most that the authority takes; 0: any number."
    )
    transform = fields.Selection(
        [("upper", "CAPITALS"), ("digits", "Digits Only"), *DATE_FORMATS],
        string="Written as",
    )

    _width_positive = models.Constraint(
        "CHECK (width >= 0)", "A number of characters cannot be negative."
    )

    @api.constrains("header")
    def _check_header(self):
        self.format_id._check_xml_names()

    def _get_column(self):
        self.ensure_one()
        return Column(
            header=self.header,
            is_required=self.is_required,
            width=self.width,
            transform=self.transform or "",
        )

    def _get_value(self, filing, buyer, line):
        if self.source == "constant":
            return self.constant or None
        return field_value(self.source, filing, buyer, line)
