from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.realestate_sales.tools import money

from ..tools import allocation, period


class RealestateContract(models.Model):
    """Giving up what a buyer owes: an entry that settles invoices without money."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    amount_written_off = fields.Monetary(
        string="Written Off",
        compute="_compute_amount_written_off",
        help="Given up: settled without money. Taken back, it is owed again.",
    )

    @api.depends("move_line_ids.parent_state", "move_line_ids.amount_residual_currency")
    def _compute_amount_written_off(self):
        # The sum is its readers' to see, the entries are not.
        groups = (
            self.env["account.move"]
            .sudo()
            ._read_group(
                [
                    ("realestate_contract_id", "in", self.ids),
                    ("realestate_write_off", "=", True),
                    ("state", "=", "posted"),
                ],
                ["realestate_contract_id"],
                ["id:recordset"],
            )
        )
        moves = {contract.id: found for contract, found in groups}
        for contract in self:
            live = moves.get(contract._origin.id, self.env["account.move"]).filtered(
                lambda move: not move.realestate_is_taken_back
            )
            contract.amount_written_off = contract.currency_id._realestate_round(
                sum(live.mapped("realestate_write_off_amount"))
            )

    # === ACTIONS === #

    def action_open_write_offs(self):
        """Open the write-offs of this contract."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.account_move_write_off_action"
        )
        action["domain"] = [
            ("realestate_contract_id", "=", self.id),
            ("realestate_write_off", "=", True),
        ]
        return action

    # === BUSINESS === #

    @api.model
    def _check_may_write_off(self):
        if not self.env.su and not self.env.user.has_groups(
            "realestate_collection.group_manager,account.group_account_user"
        ):
            raise AccessError(
                self.env._(
                    "Only collection managers and accountants write debts off or take "
                    "write-offs back."
                )
            )

    def _write_off(self, amount, date, reason):
        """Write off ``amount`` of what is open, oldest first: post the entry and settle
        the invoices with it. Whoever calls has checked the right to.

        :param amount: in the contract's currency: a sum, or ``{instalment or invoice:
            sum}`` for certain ones
        :param date: accounting date, not in the future; None: today
        :param reason: text kept with the entry; required
        :return: the posted `account.move`
        :raises UserError: for more than is open, a closed period, missing settings
        """
        self.ensure_one()
        # The entry is accounting's.
        contract = self.sudo().with_company(self.company_id)
        reason = contract._read_write_off_reason(reason)
        day = contract._read_write_off_date(date)
        contract._check_write_off_period(day)
        parts = contract._allocate_write_off(amount)
        contract._check_write_off_fees(parts)
        move = contract._post_write_off(parts, day, reason)
        contract._message_log(
            body=self.env._(
                "%(amount)s written off by %(move)s: %(reason)s",
                amount=contract.currency_id.format(move.realestate_write_off_amount),
                move=move.name,
                reason=reason,
            )
        )
        return move.with_env(self.env)

    def _take_back_write_off(self, move, reason, date=None):
        """Reverse a write-off: its invoices are open again. Done twice, nothing
        happens.

        :return: the reversal
        """
        self.ensure_one()
        reason = self._read_write_off_reason(reason)
        if not move.realestate_write_off or move.state != "posted":
            raise UserError(
                self.env._(
                    "%(move)s is no posted write-off: there is nothing to take back.",
                    move=move.display_name,
                )
            )
        if move.realestate_is_taken_back:
            return move.reversal_move_ids
        day = self._read_write_off_date(date)
        self._check_write_off_period(day, move._affect_tax_report())
        text = self.env._(
            "Write-off %(move)s taken back: %(reason)s", move=move.name, reason=reason
        )
        reversal = move._reverse_moves(
            [{"date": day, "ref": text, "realestate_contract_id": self.id}],
            cancel=True,
        )
        self._message_log(body=text)
        return reversal

    def _take_back_write_offs(self, reason):
        """Take back what stands, before the invoices themselves are credited."""
        # A cancellation credits the invoices; the entries are accounting's.
        moves = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("realestate_contract_id", "in", self.ids),
                    ("realestate_write_off", "=", True),
                    ("state", "=", "posted"),
                ]
            )
        )
        for move in moves.filtered(lambda one: not one.realestate_is_taken_back):
            move.realestate_contract_id._take_back_write_off(move, reason)

    def _action_cancel(self):
        for contract in self:
            reason = contract.cancel_reason or self.env._("the contract is cancelled")
            contract._take_back_write_offs(reason)
        return super()._action_cancel()

    # === READING === #

    def _read_write_off_reason(self, reason):
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._(
                    "Contract %(contract)s: say why the debt is given up or asked for "
                    "again. The reason is kept with the entry.",
                    contract=self.name,
                )
            )
        return reason.strip()

    def _read_write_off_date(self, date):
        """The accounting date: not in the future."""
        self.ensure_one()
        # The company's own name and settings, for whoever works in it.
        company = self.company_id.sudo()
        today = company._realestate_today()
        try:
            day = period.read_day(date) or today
        except ValueError:
            day = None
        if day is None or day > today:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: “%(date)s” is no day to write off on. Give "
                    "today or an earlier one, as 2026-12-31.",
                    contract=self.name,
                    date=date,
                )
            )
        return day

    def _allocate_write_off(self, amount):
        """Which open lines get how much: ``{line: Decimal}``.

        :raises UserError: for nothing, no number or more than is open
        """
        lines = self._get_open_lines().filtered(
            lambda line: line.amount_residual_currency > 0
        )
        if not isinstance(amount, dict):
            return self._spread_write_off(self._read_write_off_amount(amount), lines)
        parts = {}
        for record, wanted in amount.items():
            move = record if record._name == "account.move" else record.move_id
            own = lines.filtered(lambda line, move=move: line.move_id == move)
            wanted = self._read_write_off_amount(wanted)
            parts |= self._spread_write_off(wanted, own, record.display_name)
        return parts

    def _spread_write_off(self, amount, lines, name=None):
        result = allocation.allocate(amount, [self._to_due(line) for line in lines])
        if result.remainder:
            raise UserError(
                self.env._(
                    "%(name)s: %(amount)s cannot be written off, only %(open)s is "
                    "open. Billing or a payment may have changed it meanwhile.",
                    name=name or self.name,
                    amount=self.currency_id.format(float(amount)),
                    open=self.currency_id.format(float(amount - result.remainder)),
                )
            )
        return {part.key: part.amount for part in result.parts}

    def _read_write_off_amount(self, amount):
        try:
            if isinstance(amount, bool):
                raise ValueError(amount)
            exact = money.to_money(amount, self.currency_id.decimal_places)
        except (TypeError, ValueError):
            exact = Decimal(0)
        if exact <= 0:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: “%(amount)s” is no amount to write off. "
                    "Give one above zero.",
                    contract=self.name,
                    amount=amount,
                )
            )
        return exact

    def _check_write_off_fees(self, parts):
        """Money of an authority is not given up: a fee that is not collected is not
        owed to it either."""
        moves = self.env["account.move"].union(*(line.move_id for line in parts))
        fees = self.env["realestate.contract.fee"].search(
            [("move_id", "in", moves.ids), ("ownership", "=", "behalf")], limit=1
        )
        if fees:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: %(fee)s is collected for others and is no "
                    "loss of the company. Make the fee void instead, and write off "
                    "the rest.",
                    contract=self.name,
                    fee=fees.display_name,
                )
            )
