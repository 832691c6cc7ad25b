from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.realestate_sales.tools import money

from ..tools import period, statement

#: What a statement tells of a movement.
LINE_FIELDS = [
    "currency_id",
    "date",
    "date_due",
    "debit",
    "credit",
    "description",
    "kind",
    "move_id",
    "number",
]


class RealestateContract(models.Model):
    """The statement of account: screen, PDF, spreadsheet, portal."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    statement_line_ids = fields.One2many("realestate.statement.line", "contract_id")

    # === ACTIONS === #

    def action_open_statement(self):
        """Show the movements on the buyer's account with the running balance."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_statement_line_action"
        )
        action["domain"] = [("contract_id", "=", self.id)]
        action["display_name"] = self.env._("Statement of %(name)s", name=self.name)
        action["context"] = {"default_contract_id": self.id}
        return action

    def action_print_statement(self):
        """Print the statement of account up to today."""
        report = self.env.ref("realestate_collection.action_report_statement")
        return report.report_action(self)

    # === BUSINESS === #

    def _get_statement_xlsx(self, date_from=None, date_to=None):
        """The statement as the bytes of a spreadsheet."""
        statement_ = self._get_statement(date_from, date_to)
        return self.env["realestate.statement.xlsx"]._write_workbook(self, statement_)

    def _get_statement(self, date_from=None, date_to=None):
        """The statement of account of this contract.

        :param date_from: first day shown; what lies before is the opening balance
        :param date_to: last day shown, default today
        :return: dict of ``lines`` (dicts of a movement's fields and its ``balance``),
            ``opening``, ``debit``, ``credit``, ``closing``, ``aging`` (dict of what is
            open now, by the names of :class:`..tools.statement.Aging`), ``date_from``,
            ``date_to`` and ``currency``; amounts are rounded floats as in fields
        """
        self.ensure_one()
        self.check_access("read")
        date_from = self._read_statement_date(date_from)
        date_to = self._read_statement_date(date_to)
        date_to = date_to or self.company_id._realestate_today()
        # Whoever may read the contract may read its account, not all of accounting.
        records = self.env["realestate.statement.line"].sudo()
        # Read with the search: by their numbers alone the ledger of all is looked into.
        records = records.search_fetch([("contract_id", "=", self.id)], LINE_FIELDS)
        movements = [self._to_movement(record) for record in records]
        result = statement.build_statement(movements, date_from, date_to)
        return {
            "lines": [self._statement_line(line) for line in result.lines],
            "opening": float(result.opening),
            "debit": float(result.debit),
            "credit": float(result.credit),
            "closing": float(result.closing),
            "aging": self._get_aging(date_to),
            "date_from": date_from,
            "date_to": date_to,
            "currency": self.currency_id,
        }

    def _get_aging(self, date=None):
        """What is open now by its age on ``date``, default today: a dict by bucket,
        with ``overdue`` and ``total``."""
        self.ensure_one()
        day = date or self.company_id._realestate_today()
        # The amounts are the contract readers' to see, the entries are not.
        lines = self.sudo()._get_open_lines()
        items = [
            (line.date_maturity or line.date, self._to_exact(line))
            for line in lines
            if line.amount_residual_currency > 0
        ]
        aging = statement.age(items, day)
        sums = {name: getattr(aging, name) for name, _last in statement.BUCKETS}
        sums.update(overdue=aging.overdue, total=aging.total)
        return {name: float(amount) for name, amount in sums.items()}

    def _read_statement_date(self, value):
        try:
            return period.read_day(value)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "Statement of %(contract)s: “%(date)s” is no date. Write it as "
                    "2026-12-31.",
                    contract=self.name,
                    date=value,
                )
            ) from error

    def _to_movement(self, record):
        decimals = record.currency_id.decimal_places
        return statement.Movement(
            date=record.date,
            debit=money.to_money(record.debit, decimals),
            credit=money.to_money(record.credit, decimals),
            key=record,
            # Credit is used elsewhere only after it has come.
            is_last=record.kind == "transfer",
        )

    def _statement_line(self, line):
        record = line.movement.key
        kinds = dict(record._fields["kind"]._description_selection(self.env))
        return {
            "date": record.date,
            "date_due": record.date_due,
            "kind": record.kind,
            "kind_label": kinds[record.kind],
            "number": record.number,
            "description": record.description or "",
            "move_id": record.move_id.id,
            "debit": float(line.movement.debit),
            "credit": float(line.movement.credit),
            "balance": float(line.balance),
        }
