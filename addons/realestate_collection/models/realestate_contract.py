from odoo import api, fields, models
from odoo.tools import SQL


class RealestateContract(models.Model):
    """What a buyer owes on a contract, by accounting."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    collector_id = fields.Many2one(
        "res.users",
        string="Collection Officer",
        index="btree_not_null",
        tracking=True,
        groups="base.group_user",
        help="Gets the calls and failures of this contract; empty: the company's.",
    )
    amount_receivable = fields.Monetary(
        string="Balance",
        compute="_compute_amount_receivable",
        help="Everything invoiced less everything paid, by accounting; negative: the "
        "buyer's credit.",
    )
    amount_credit = fields.Monetary(
        string="Credit",
        compute="_compute_amount_receivable",
        help="Paid and not yet used for any invoice.",
    )
    move_line_ids = fields.One2many(
        "account.move.line",
        "realestate_contract_id",
        string="Journal Items",
        # Who reads a contract need not read entries.
        groups="realestate_collection.group_officer,account.group_account_invoice",
    )
    payment_ids = fields.One2many(
        "account.payment",
        "realestate_contract_id",
        groups="realestate_collection.group_officer,account.group_account_invoice",
    )
    payment_count = fields.Integer(
        compute="_compute_payment_count",
        groups="realestate_collection.group_officer,account.group_account_invoice",
    )

    @api.depends("move_line_ids.amount_residual_currency", "move_line_ids.parent_state")
    def _compute_amount_receivable(self):
        # The balance of a contract is its readers' to see, its entries are not.
        balances = self.sudo()._get_balances()
        for contract in self:
            due, credit = balances.get(contract.id, (0.0, 0.0))
            contract.amount_receivable = contract.currency_id._realestate_round(
                due - credit
            )
            contract.amount_credit = contract.currency_id._realestate_round(credit)

    def _compute_payment_count(self):
        groups = self.env["account.payment"]._read_group(
            [("realestate_contract_id", "in", self.ids)],
            ["realestate_contract_id"],
            ["__count"],
        )
        counts = dict(groups)
        for contract in self:
            contract.payment_count = counts.get(contract, 0)

    # === ACTIONS === #

    def action_open_payments(self):
        """Open the payments of this contract."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.account_payment_action"
        )
        action["domain"] = [("realestate_contract_id", "=", self.id)]
        return action

    # === BUSINESS === #

    def _get_balances(self):
        """What is open and what is credit by contract: ``{id: (due, credit)}``.

        One aggregate over the open receivable lines.
        """
        lines = self.env["account.move.line"]
        lines.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT line.realestate_contract_id,
                          sum(greatest(line.amount_residual_currency, 0)),
                          sum(greatest(-line.amount_residual_currency, 0))
                     FROM account_move_line line
                     JOIN realestate_contract contract
                       ON contract.id = line.realestate_contract_id
                      AND contract.currency_id = line.currency_id
                     JOIN account_account account ON account.id = line.account_id
                    WHERE line.realestate_contract_id IN %(contracts)s
                      AND account.account_type = 'asset_receivable'
                      AND line.parent_state = 'posted'
                      AND line.amount_residual_currency != 0
                 GROUP BY line.realestate_contract_id""",
                contracts=tuple(self.ids) or (0,),
            )
        )
        return {contract: (due, credit) for contract, due, credit in rows}

    def _get_ledger_difference(self):
        """Prove the buyer's ledger against accounting.

        :return: what the contract's dues less its credit differ from its receivable,
            summed anew from the entries and their matching; zero, always
        """
        self.ensure_one()
        # A proof needs every entry, whoever asks for it.
        contract = self.sudo()
        installments = sum(contract.installment_ids.mapped("amount_residual"))
        other_dues = contract._get_other_dues()
        ledger = installments + other_dues - contract.amount_credit
        difference = contract.currency_id.round(ledger - contract._sum_receivable())
        return difference or 0.0

    def _get_other_dues(self):
        """Open invoices of the contract that are no instalment's."""
        self.ensure_one()
        lines = self._get_open_lines().filtered(
            lambda line: line.amount_residual_currency > 0
        )
        ours = self.installment_ids.filtered(lambda item: not item.is_void).move_id
        others = lines.filtered(lambda line: line.move_id not in ours)
        return sum(others.mapped("amount_residual_currency"))

    def _sum_receivable(self):
        """The receivable from the entries themselves: all amounts of the contract's
        lines, less what entries of others settle, plus what theirs settle elsewhere."""
        self.ensure_one()
        self.env["account.move.line"].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """WITH ours AS (
                    SELECT line.id, line.amount_currency
                      FROM account_move_line line
                      JOIN account_account account ON account.id = line.account_id
                     WHERE line.realestate_contract_id = %(contract)s
                       AND line.currency_id = %(currency)s
                       AND line.parent_state = 'posted'
                       AND account.account_type = 'asset_receivable')
                SELECT COALESCE((SELECT sum(amount_currency) FROM ours), 0)
                     - COALESCE((SELECT sum(debit_amount_currency)
                                   FROM account_partial_reconcile
                                  WHERE debit_move_id IN (SELECT id FROM ours)
                                    AND credit_move_id NOT IN (SELECT id FROM ours)), 0)
                     + COALESCE((SELECT sum(credit_amount_currency)
                                   FROM account_partial_reconcile
                                  WHERE credit_move_id IN (SELECT id FROM ours)
                                    AND debit_move_id NOT IN (SELECT id FROM ours)), 0)
                """,
                contract=self.id,
                currency=self.currency_id.id,
            )
        )
        return rows[0][0]

    def _get_open_lines(self):
        """The posted receivable lines of the contracts that are not settled."""
        return (
            self.env["account.move.line"]
            .search(
                [
                    ("realestate_contract_id", "in", self.ids),
                    ("account_id.account_type", "=", "asset_receivable"),
                    ("parent_state", "=", "posted"),
                    ("amount_residual_currency", "!=", 0),
                ]
            )
            .filtered(
                lambda line: line.currency_id == line.realestate_contract_id.currency_id
            )
        )

    def _get_collector(self):
        """Who does what a job cannot: the contract's, else the company's officer."""
        self.ensure_one()
        company = self.company_id.sudo()
        return self.collector_id or company.realestate_collector_id or self.user_id

    def _schedule_once(self, xmlid, **values):
        """Schedule an activity, or renew the note of the open one of that type."""
        self.ensure_one()
        kind = self.env.ref(xmlid)
        # The activity is the officer's; a job or another person causes it.
        contract = self.sudo()
        found = contract.activity_ids.filtered(lambda a: a.activity_type_id == kind)
        if found:
            found[:1].write(values)
        else:
            contract._schedule_quietly(activity_type_id=kind.id, **values)

    def _schedule_quietly(self, **values):
        """Schedule an activity of the collection officer without an e-mail about it:
        a job may schedule hundreds."""
        self.ensure_one()
        user = self._get_collector()
        return self.with_context(mail_activity_quick_update=True).activity_schedule(
            user_id=user.id or self.env.uid, **values
        )
