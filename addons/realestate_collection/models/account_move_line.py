from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Credit of buyers, by contract: dunning takes it off, billing settles with it.
    _realestate_credit = models.Index(
        "(realestate_contract_id, currency_id) INCLUDE (amount_residual_currency)"
        " WHERE realestate_contract_id IS NOT NULL"
        " AND amount_residual_currency < 0 AND parent_state = 'posted'"
    )
    # What buyers owe, by contract: aging of everything from the index alone.
    _realestate_open = models.Index(
        "(realestate_contract_id, currency_id)"
        " INCLUDE (id, amount_residual_currency, date_maturity, account_id, company_id,"
        " date)"
        " WHERE realestate_contract_id IS NOT NULL"
        " AND amount_residual_currency > 0 AND parent_state = 'posted'"
    )
    # What buyers owe, by contract: cases add it up.
    _realestate_due = models.Index(
        "(realestate_contract_id) INCLUDE (amount_residual_currency)"
        " WHERE realestate_contract_id IS NOT NULL"
        " AND amount_residual_currency > 0 AND parent_state = 'posted'"
    )
