from odoo import fields, models
from odoo.tools import SQL

MOVEMENT_KINDS = [
    ("invoice", "Invoice"),
    ("credit_note", "Credit Note"),
    ("payment", "Payment"),
    ("transfer", "Settled Elsewhere"),
    ("write_off", "Written Off"),
    ("write_off_back", "Write-Off Taken Back"),
    ("other", "Other Entry"),
]


class RealestateStatementLine(models.Model):
    """The movements on a buyer's account as accounting has them, with the balance after
    each. A view of the database: nothing is copied, so nothing can differ."""

    _name = "realestate.statement.line"
    _description = "Statement of Account Line"
    _auto = False
    _order = "contract_id, position"
    _rec_name = "move_id"
    # What has to be in the database before it is read.
    _depends = {
        "account.move": ["invoice_date", "name", "realestate_write_off", "ref"],
        "account.move.line": [
            "amount_currency",
            "date_maturity",
            "parent_state",
            "realestate_contract_id",
        ],
        "account.partial.reconcile": ["credit_move_id", "debit_move_id"],
    }

    contract_id = fields.Many2one("realestate.contract", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    position = fields.Integer(string="No.", readonly=True, aggregator=None)
    date = fields.Date(readonly=True)
    date_due = fields.Date(string="Due", readonly=True)
    kind = fields.Selection(MOVEMENT_KINDS, readonly=True)
    move_id = fields.Many2one("account.move", string="Document", readonly=True)
    number = fields.Char(readonly=True)
    description = fields.Char(readonly=True)
    installment_id = fields.Many2one(
        "realestate.installment", string="Instalment", readonly=True
    )
    debit = fields.Monetary(string="Charged", readonly=True)
    credit = fields.Monetary(string="Credited", readonly=True)
    balance = fields.Monetary(readonly=True, aggregator=None)

    @property
    def _table_query(self):
        """Entries of the contract on its receivable, and what entries that are not the
        contract's settle of them. The balance runs within a contract, so that the
        database reads the entries of the contract asked for and no others."""
        return SQL(
            """SELECT movement.*,
                      row_number() OVER in_order AS position,
                      sum(debit - credit) OVER in_order AS balance
                 FROM (%s UNION ALL %s UNION ALL %s) movement
               WINDOW in_order AS (PARTITION BY contract_id
                          ORDER BY date, kind = 'transfer', debit = 0, id)""",
            self._entries_sql(),
            self._settled_by_others_sql(),
            self._settling_others_sql(),
        )

    def _entries_sql(self):
        return SQL(
            """SELECT line.id * 3 AS id,
                      line.realestate_contract_id AS contract_id,
                      line.company_id,
                      line.currency_id,
                      COALESCE(move.invoice_date, move.date) AS date,
                      CASE WHEN move.move_type = 'out_invoice'
                           THEN line.date_maturity END AS date_due,
                      CASE WHEN move.move_type = 'out_invoice' THEN 'invoice'
                           WHEN move.move_type = 'out_refund' THEN 'credit_note'
                           WHEN move.realestate_write_off THEN 'write_off'
                           WHEN undone.realestate_write_off THEN 'write_off_back'
                           WHEN move.origin_payment_id IS NOT NULL
                             OR move.statement_line_id IS NOT NULL THEN 'payment'
                           ELSE 'other' END AS kind,
                      move.id AS move_id,
                      move.name AS number,
                      COALESCE(item.name, move.ref, line.name) AS description,
                      move.realestate_installment_id AS installment_id,
                      greatest(line.amount_currency, 0) AS debit,
                      greatest(-line.amount_currency, 0) AS credit
                 FROM account_move_line line
                 JOIN account_move move ON move.id = line.move_id
                 JOIN account_account account ON account.id = line.account_id
                 JOIN realestate_contract contract
                   ON contract.id = line.realestate_contract_id
                  AND contract.currency_id = line.currency_id
            LEFT JOIN realestate_installment item
                   ON item.id = move.realestate_installment_id
            LEFT JOIN account_move undone ON undone.id = move.reversed_entry_id
                WHERE line.realestate_contract_id IS NOT NULL
                  AND line.parent_state = 'posted'
                  AND account.account_type = 'asset_receivable'
                  AND line.amount_currency != 0"""
        )

    def _settled_by_others_sql(self):
        """What entries that are not the contract's paid of its dues."""
        return self._matches_sql(
            shift=1,
            ours=SQL.identifier("partial", "debit_move_id"),
            theirs=SQL.identifier("partial", "credit_move_id"),
            kind=SQL(
                "CASE WHEN move.move_type = 'entry' THEN 'payment' ELSE 'transfer' END"
            ),
            debit=SQL("0"),
            credit=SQL.identifier("partial", "debit_amount_currency"),
        )

    def _settling_others_sql(self):
        """What the contract's credit paid of dues that are not its own."""
        return self._matches_sql(
            shift=2,
            ours=SQL.identifier("partial", "credit_move_id"),
            theirs=SQL.identifier("partial", "debit_move_id"),
            kind=SQL("'transfer'"),
            debit=SQL.identifier("partial", "credit_amount_currency"),
            credit=SQL("0"),
        )

    def _matches_sql(self, **parts):
        return SQL(
            """SELECT partial.id * 3 + %(shift)s AS id,
                      ours.realestate_contract_id AS contract_id,
                      ours.company_id,
                      ours.currency_id,
                      partial.max_date AS date,
                      NULL::date AS date_due,
                      %(kind)s AS kind,
                      move.id AS move_id,
                      move.name AS number,
                      COALESCE(move.ref, other.name) AS description,
                      NULL::integer AS installment_id,
                      %(debit)s AS debit,
                      %(credit)s AS credit
                 FROM account_move_line ours
                 JOIN account_partial_reconcile partial ON %(ours)s = ours.id
                 JOIN account_move_line other ON other.id = %(theirs)s
                 JOIN account_move move ON move.id = other.move_id
                 JOIN account_account account ON account.id = ours.account_id
                 JOIN realestate_contract contract
                   ON contract.id = ours.realestate_contract_id
                  AND contract.currency_id = ours.currency_id
                WHERE ours.realestate_contract_id IS NOT NULL
                  AND account.account_type = 'asset_receivable'
                  AND ours.parent_state = 'posted'
                  AND other.realestate_contract_id
                      IS DISTINCT FROM ours.realestate_contract_id""",
            **parts,
        )
