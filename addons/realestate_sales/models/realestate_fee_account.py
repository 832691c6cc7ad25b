from odoo import fields, models
from odoo.tools import SQL


class RealestateFeeAccount(models.Model):
    """What the fees say is owed to authorities against what the account says: one line
    an account and currency. A view of the database: nothing is copied."""

    _name = "realestate.fee.account"
    _description = "Proof of the Fee Accounts"
    _auto = False
    _order = "company_id, account_id, currency_id"
    _rec_name = "account_id"

    company_id = fields.Many2one("res.company", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount_held = fields.Monetary(
        string="Still Held", readonly=True, help="Collected and not paid out."
    )
    amount_open = fields.Monetary(
        string="Not Collected Yet", readonly=True, help="Invoiced and still open."
    )
    amount_fees = fields.Monetary(string="By the Fees", readonly=True)
    amount_books = fields.Monetary(string="By the Account", readonly=True)
    amount_difference = fields.Monetary(string="Difference", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """WITH fees AS (
                SELECT fee.company_id, fee.account_id, fee.currency_id,
                       sum(fee.amount_held) AS held,
                       sum(fee.amount_billed - fee.amount_collected) AS opened
                  FROM realestate_contract_fee fee
                 WHERE fee.account_id IS NOT NULL
              GROUP BY 1, 2, 3),
            accounts AS (
                SELECT DISTINCT company_id, account_id FROM fees
                 UNION
                SELECT id, realestate_fee_account_id FROM res_company
                 WHERE realestate_fee_account_id IS NOT NULL),
            books AS (
                SELECT line.company_id, line.account_id, line.currency_id,
                       -sum(line.amount_currency) AS balance
                  FROM account_move_line line
                  JOIN accounts ON accounts.account_id = line.account_id
                   AND accounts.company_id = line.company_id
                 WHERE line.parent_state = 'posted'
              GROUP BY 1, 2, 3)
            SELECT row_number() OVER (
                       ORDER BY company_id, account_id, currency_id) AS id,
                   company_id, account_id, currency_id,
                   COALESCE(held, 0) AS amount_held,
                   COALESCE(opened, 0) AS amount_open,
                   COALESCE(held + opened, 0) AS amount_fees,
                   COALESCE(balance, 0) AS amount_books,
                   COALESCE(held + opened, 0) - COALESCE(balance, 0)
                       AS amount_difference
              FROM fees FULL JOIN books USING (company_id, account_id, currency_id)"""
        )
