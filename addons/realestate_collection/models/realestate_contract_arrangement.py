from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.arrangement import MAX_PARTS
from .realestate_arrangement_terms import INTERVALS

OFFICERS = "realestate_collection.group_officer"
#: Arrangements that a buyer sees in the portal.
SHOWN_STATES = ("offered", "accepted", "kept", "broken")


class RealestateContract(models.Model):
    """What is open of a contract by a day, and who looks when it changes."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    arrangement_ids = fields.One2many(
        "realestate.arrangement", "contract_id", groups=OFFICERS
    )
    arrangement_count = fields.Integer(
        compute="_compute_arrangement_count", groups=OFFICERS
    )

    @api.depends_context("uid")
    def _compute_arrangement_count(self):
        groups = self.env["realestate.arrangement"]._read_group(
            [("contract_id", "in", self.ids)], ["contract_id"], ["__count"]
        )
        counts = dict(groups)
        for contract in self:
            contract.arrangement_count = counts.get(contract, 0)

    # === ACTIONS === #

    def action_open_arrangements(self):
        """Open the arrangements of this contract."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_arrangement_action"
        )
        action["domain"] = [("contract_id", "=", self.id)]
        action["context"] = {"default_contract_id": self.id}
        return action

    def propose_arrangement(self, part_count, date_first, **terms):
        """Draft new dates for what is overdue today.

        :param part_count: number of equal parts
        :param date_first: day of the first part, as 2026-12-31
        :param terms: ``amount_down``, ``date_down``, ``interval`` (month, fortnight or
            week), ``note``, ``reason``
        :return: id of the draft `realestate.arrangement`
        :raises UserError: for terms that are no arrangement
        """
        self.ensure_one()
        arrangements = self.env["realestate.arrangement"]
        arrangements._check_officer()
        known = {"amount_down", "date_down", "interval", "note", "reason"}
        if terms.keys() - known:
            raise UserError(
                self.env._(
                    "An arrangement has no terms %(terms)s.",
                    terms=", ".join(sorted(terms.keys() - known)),
                )
            )
        arrangement = arrangements.create(
            {
                "contract_id": self.id,
                # The caller may be at home with another company, on another day.
                "date": self.company_id._realestate_today(),
                **self._read_terms(part_count, date_first, **terms),
            }
        )
        if arrangement.terms_problem:
            raise UserError(arrangement.terms_problem)
        return arrangement.id

    # === READING === #

    def _read_terms(
        self,
        part_count,
        date_first,
        amount_down=None,
        date_down=None,
        interval=None,
        note=None,
        reason=None,
    ):
        """Values of an arrangement, each looked at."""
        explain = self.env["realestate.arrangement"]._explain_terms
        counts = range(1, MAX_PARTS + 1)
        if isinstance(part_count, bool) or part_count not in counts:
            raise UserError(explain("count"))
        if interval and interval not in list(INTERVALS):
            raise UserError(explain("interval"))
        first = self._read_day(date_first)
        if not first:
            raise UserError(explain("date_first"))
        return {
            "part_count": int(part_count),
            "date_first": first,
            "amount_down": self._read_down(amount_down),
            "date_down": self._read_day(date_down),
            "interval": interval or "month",
            "note": str(note or ""),
            "reason": str(reason or ""),
        }

    def _read_down(self, amount):
        try:
            down = self.currency_id._realestate_round(float(amount or 0))
        # No number, or none that ends.
        except (TypeError, ValueError, OverflowError):
            down = -1
        if not 0 <= down <= self.amount_total:
            explain = self.env["realestate.arrangement"]._explain_terms
            raise UserError(explain("down"))
        return down

    # === BUSINESS === #

    def _get_arrangement(self):
        """The arrangement that is offered or runs; none otherwise."""
        self.ensure_one()
        # Whoever may see the contract may know what is agreed about it.
        return (
            self.env["realestate.arrangement"]
            .sudo()
            .search(
                [
                    ("contract_id", "=", self.id),
                    ("state", "in", ("offered", "accepted")),
                ],
                limit=1,
            )
        )

    def _get_shown_arrangement(self):
        """The last arrangement that the buyer sees in the portal."""
        self.ensure_one()
        # Found for who may see the contract; the page shows what a buyer may see.
        return (
            self.env["realestate.arrangement"]
            .sudo()
            .search(
                [("contract_id", "=", self.id), ("state", "in", SHOWN_STATES)],
                order="date_offered desc, id desc",
                limit=1,
            )
        )

    def _get_debt(self):
        """What is open less credit, what of it is overdue today, and since when.

        :return: tuple of two amounts and a date, None where nothing is overdue
        """
        self.ensure_one()
        # What is open is its readers' to see, the entries are not.
        lines = self.sudo()._get_open_lines()
        today = self.company_id._realestate_today()
        days = {line: line.date_maturity or line.date for line in lines}
        late = lines.filtered(
            lambda line: line.amount_residual_currency < 0 or days[line] < today
        )
        round_ = self.currency_id._realestate_round
        amount = max(round_(sum(lines.mapped("amount_residual_currency"))), 0.0)
        overdue = max(round_(sum(late.mapped("amount_residual_currency"))), 0.0)
        oldest = [days[line] for line in late if line.amount_residual_currency > 0]
        return amount, overdue, min(oldest) if overdue else None

    def _sum_open_before(self, day):
        """What is open of these contracts and was due before ``day``, less their
        credit, by accounting: ``{id: sum}``; below zero where the credit is more."""
        if not self.ids:
            return {}
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT line.realestate_contract_id,
                          sum(line.amount_residual_currency)
                     FROM account_move_line line
                     JOIN realestate_contract contract
                       ON contract.id = line.realestate_contract_id
                      AND contract.currency_id = line.currency_id
                     JOIN account_account account ON account.id = line.account_id
                    WHERE line.realestate_contract_id IN %(contracts)s
                      AND account.account_type = 'asset_receivable'
                      AND line.parent_state = 'posted'
                      AND line.amount_residual_currency != 0
                      AND (line.amount_residual_currency < 0
                           OR COALESCE(line.date_maturity, line.date) < %(day)s)
                 GROUP BY line.realestate_contract_id""",
                contracts=tuple(self.ids),
                day=day,
            )
        )
        return dict(rows)

    def _follow_money(self, may_open=False):
        """Arrangements first: what they hold decides on the stage of the case."""
        self._judge_arrangements()
        return super()._follow_money(may_open=may_open)

    def _judge_arrangements(self):
        """Money of these contracts has moved: look at their arrangements, also at those
        that were kept by money that may be gone now."""
        # Whoever books money causes it; the state is money's.
        arrangements = self.env["realestate.arrangement"].sudo()
        arrangements.search(
            [("contract_id", "in", self.ids), ("state", "in", ("accepted", "kept"))]
        )._judge()
