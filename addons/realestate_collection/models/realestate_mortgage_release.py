from odoo import fields, models
from odoo.tools import SQL


class RealestateMortgageRelease(models.Model):
    """The release register: what banks have paid, by loan. A view of the database:
    nothing is copied, so nothing can differ from accounting."""

    _name = "realestate.mortgage.release"
    _description = "Loan Release"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "number"
    _depends = {
        "account.move": ["date", "name", "realestate_mortgage_id", "state"],
        "account.move.line": ["account_id", "amount_currency", "currency_id"],
        "account.partial.reconcile": ["credit_amount_currency"],
        "realestate.mortgage": ["bank_id", "contract_id", "user_id", "programme_id"],
    }

    number = fields.Char(readonly=True)
    date = fields.Date(readonly=True)
    mortgage_id = fields.Many2one("realestate.mortgage", readonly=True)
    contract_id = fields.Many2one("realestate.contract", readonly=True)
    project_id = fields.Many2one("realestate.project", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Borrower", readonly=True)
    bank_id = fields.Many2one("res.partner", readonly=True)
    user_id = fields.Many2one("res.users", string="Loan Officer", readonly=True)
    unit_names = fields.Char(related="contract_id.unit_names")
    amount = fields.Monetary(string="Released", readonly=True)

    @property
    def _table_query(self):
        """One row an entry: what of it stands, see
        :meth:`account.move._realestate_sum_release`."""
        return SQL(
            """SELECT move.id, move.name AS number, move.date,
                      mortgage.id AS mortgage_id, mortgage.contract_id,
                      mortgage.project_id, mortgage.company_id, mortgage.currency_id,
                      mortgage.partner_id, mortgage.bank_id, mortgage.user_id,
                      sum(-line.amount_currency - COALESCE(back.amount, 0)) AS amount
                 FROM account_move move
                 JOIN realestate_mortgage mortgage
                   ON mortgage.id = move.realestate_mortgage_id
                 JOIN account_move_line line
                   ON line.move_id = move.id
                  AND line.currency_id = mortgage.currency_id
                 JOIN account_account account
                   ON account.id = line.account_id
                  AND account.account_type = 'asset_receivable'
      CROSS JOIN LATERAL (SELECT sum(partial.credit_amount_currency) AS amount
                            FROM account_partial_reconcile partial
                            JOIN account_move_line debit
                              ON debit.id = partial.debit_move_id
                            JOIN account_move undo ON undo.id = debit.move_id
                       LEFT JOIN account_payment paid
                              ON paid.id = undo.origin_payment_id
                           WHERE partial.credit_move_id = line.id
                             AND (undo.reversed_entry_id = move.id
                               OR paid.payment_type = 'outbound')) back
                WHERE move.state = 'posted'
             GROUP BY move.id, mortgage.id"""
        )

    def action_open_mortgage(self):
        """Open the mortgage that the money is for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "realestate.mortgage",
            "res_id": self.mortgage_id.id,
            "view_mode": "form",
        }
