import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.exchange import ExchangeError, find_problems, write_exchange
from .exchange_messages import EXCHANGE_MESSAGES

#: Filings that go out: what is not prepared is not sent, what is answered not again.
SENDABLE = ("prepared", "submitted")
#: What may be changed once the file was made or read.
OPEN_FIELDS = {"note"}


class RealestateFilingExchange(models.Model):
    """A file to the authority, or its answer: looked at first, then made or applied."""

    _name = "realestate.filing.exchange"
    _description = "Exchange File"
    _inherit = ["realestate.state.mixin", "mail.thread"]
    _order = "id desc"
    _check_company_auto = True

    _fact_fields = frozenset(
        {"name", "file", "secret_file", "filename", "sha256", "date_done", "user_id"}
        | {"date_checked", "row_count", "problem_count"}
    )
    _state_moves = {"done": {"draft"}}

    name = fields.Char(string="Reference", readonly=True, copy=False, default="/")
    direction = fields.Selection(
        [("out", "To the Authority"), ("in", "Answer of the Authority")],
        required=True,
        default="out",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    format_id = fields.Many2one(
        "realestate.filing.format",
        required=True,
        ondelete="restrict",
        check_company=True,
    )
    has_identity = fields.Boolean(related="format_id.has_identity")
    filing_ids = fields.Many2many(
        "realestate.filing",
        check_company=True,
        domain="[('company_id', '=', company_id),"
        " ('state', 'in', ('prepared', 'submitted'))]",
    )
    filing_count = fields.Integer(compute="_compute_filing_count")
    skips_problems = fields.Boolean(
        string="Leave Out What Has Problems",
        help="Of a file to the authority, filings with a problem stay behind. Of an "
        "answer, rows with one are not applied.",
    )
    note = fields.Text()

    # The file.
    file = fields.Binary(attachment=True, readonly=True, copy=False)
    secret_file = fields.Binary(
        string="File with ID Numbers",
        attachment=True,
        readonly=True,
        copy=False,
        groups="realestate_sales.group_identity",
    )
    filename = fields.Char(readonly=True, copy=False)
    sha256 = fields.Char(string="Fingerprint", readonly=True, copy=False)
    answer = fields.Binary(string="Answer File", attachment=True, copy=False)
    answer_name = fields.Char(copy=False)

    # What came of it.
    line_ids = fields.One2many("realestate.filing.exchange.line", "exchange_id")
    row_count = fields.Integer(string="Rows", readonly=True, copy=False)
    problem_count = fields.Integer(string="Problems", readonly=True, copy=False)
    date_checked = fields.Datetime(string="Looked at on", readonly=True, copy=False)
    date_done = fields.Datetime(string="Done on", readonly=True, copy=False)
    user_id = fields.Many2one("res.users", string="Done by", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )

    @api.depends("filing_ids")
    def _compute_filing_count(self):
        for exchange in self:
            exchange.filing_count = len(exchange.filing_ids)

    @api.model_create_multi
    def create(self, vals_list):
        exchanges = super().create(vals_list)
        for exchange in exchanges:
            # Numbers are drawn for people who may not see sequences.
            numbers = self.env["ir.sequence"].sudo().with_company(exchange.company_id)
            exchange._write_facts(name=numbers.next_by_code(self._name))
        return exchanges

    def write(self, vals):
        if vals.keys() - OPEN_FIELDS:
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_draft(self):
        for exchange in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "%(exchange)s is done: it stays as it is. Make another one.",
                    exchange=exchange.name,
                )
            )

    # === ACTIONS === #

    def action_load(self):
        """Take every prepared filing of the company."""
        self.ensure_one()
        self.check_access("write")
        filings = self.env["realestate.filing"]
        self.filing_ids = filings.search(
            [("company_id", "=", self.company_id.id), ("state", "=", "prepared")]
        )
        return True

    def action_check(self):
        """Look at the file without changing anything: rows and problems by row."""
        for exchange in self:
            exchange.check_access("write")
            exchange._check_draft()
            if exchange.direction == "out":
                exchange._look_at_rows()
            else:
                exchange._look_at_answers()
        return True

    def action_make(self):
        """Write the file to the authority; nothing is written while it has problems,
        unless those filings are left out."""
        self.ensure_one()
        self.action_check()
        self._check_direction("out")
        lines = self.line_ids
        if lines and not self.skips_problems:
            raise UserError(
                self.env._(
                    "%(count)s problems keep the file from being written. Correct "
                    "them, or leave out the filings that have one.",
                    count=len(lines),
                )
            )
        filings = self.filing_ids - lines.filing_id
        if not filings:
            raise UserError(
                self.env._("%(exchange)s: no filing is left.", exchange=self.name)
            )
        self._finish(filings)
        return True

    def action_submit_filings(self):
        """Ask for the day on which the file was handed in."""
        self.ensure_one()
        prepared = self.filing_ids.filtered(lambda one: one.state == "prepared")
        return prepared.action_open_submit()

    # === BUSINESS === #

    def _check_direction(self, direction):
        if self.direction != direction:
            raise UserError(
                self.env._(
                    "%(exchange)s goes the other way: make a new one.",
                    exchange=self.name,
                )
            )

    def _get_checked_rows(self):
        """The rows of the file and their problems as values of lines."""
        rows = self.format_id._get_rows(self.filing_ids)
        columns = self.format_id._get_columns()
        found = find_problems(
            self.format_id._get_layout(), columns, [row for _filing, row in rows]
        )
        lines = [
            {
                "row": problem.row + 1 + self.format_id.has_header,
                "filing_id": rows[problem.row][0].id,
                "column": problem.column,
                "problem": self._say(EXCHANGE_MESSAGES, problem.code, problem.params),
            }
            for problem in found
        ]
        return rows, lines + self._get_unready_lines()

    def _get_unready_lines(self):
        return [
            {
                "filing_id": filing.id,
                "problem": self._say(
                    EXCHANGE_MESSAGES,
                    "not_ready",
                    {"state": filing._state_label(filing.state)},
                ),
            }
            for filing in self.filing_ids
            if filing.state not in SENDABLE
        ]

    def _say(self, messages, code, params):
        text = self.env._(messages[code])
        return text % params

    def _look_at_rows(self):
        if not self.format_id.column_ids:
            raise UserError(
                self.env._(
                    "Format %(format)s has no columns: add them.",
                    format=self.format_id.name,
                )
            )
        rows, lines = self.with_context(
            realestate_identity_masked=True
        )._get_checked_rows()
        self._keep_lines(lines, len(rows))

    def _keep_lines(self, lines, row_count):
        # Lines are written by nobody's hand.
        self.sudo().line_ids.unlink()
        self.env["realestate.filing.exchange.line"].sudo().create(
            [{**line, "exchange_id": self.id} for line in lines]
        )
        self._write_facts(
            date_checked=fields.Datetime.now(),
            row_count=row_count,
            problem_count=sum(bool(line.get("problem")) for line in lines),
        )

    def _finish(self, filings):
        """Write the file of ``filings`` and close the exchange."""
        is_secret = self.format_id.has_identity
        if is_secret:
            self._check_may_read_identities()
        rows = self.format_id._get_rows(filings)
        content = self._write_rows([row for _filing, row in rows])
        # Whoever makes the file of ID numbers may read it: that was checked.
        self.sudo()._write_facts(
            filename=f"{self.name.replace('/', '-')}.{self.format_id.file_type}",
            sha256=hashlib.sha256(content).hexdigest(),
            **{"secret_file" if is_secret else "file": base64.b64encode(content)},
            row_count=len(rows),
        )
        self.filing_ids = filings
        self._close()

    def _write_rows(self, rows):
        layout, columns = self.format_id._get_layout(), self.format_id._get_columns()
        try:
            return write_exchange(layout, columns, rows)
        except ExchangeError as error:
            # Only ID numbers differ from what was looked at: they were masked.
            problems = [
                f"{one.column}: {self._say(EXCHANGE_MESSAGES, one.code, one.params)}"
                for one in error.problems
            ]
            raise UserError("\n".join(problems)) from error

    def _check_may_read_identities(self):
        if not self.env.user.has_group("realestate_sales.group_identity"):
            raise AccessError(
                self.env._(
                    "The file holds ID numbers: it is made by who may read them whole."
                )
            )
        identities = self.filing_ids.contract_id.buyer_ids._get_filing_identities()
        identities._record_look("print", self.name)

    def _close(self):
        self._update_state(
            "done", date_done=fields.Datetime.now(), user_id=self.env.uid
        )
