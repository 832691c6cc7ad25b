from odoo import api, fields, models


class RealestateMoneyReceived(models.AbstractModel):
    """What a form asks about money that came in. An heir has ``company_id`` and
    ``currency_id``, and names the field of what the money is for, which has a project.
    """

    _name = "realestate.money.received"
    _description = "Money Received"

    _money_for = None

    journal_id = fields.Many2one(
        "account.journal",
        string="Received In",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id),"
        " ('currency_id', 'in', (False, currency_id))]",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    memo = fields.Char()
    external_ref = fields.Char(
        string="External Reference",
        help="Number of the payer or the bank: the same one is never booked twice.",
    )

    @api.depends(lambda self: [self._money_for] if self._money_for else [])
    def _compute_journal_id(self):
        for wizard in self:
            # Only proposed: what is missing in the set-up is said when booking.
            project = wizard[self._money_for].project_id.sudo()
            company_journal = project.company_id.realestate_bank_journal_id
            wizard.journal_id = project.bank_journal_id or company_journal
