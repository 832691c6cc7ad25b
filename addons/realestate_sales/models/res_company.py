from odoo import fields, models
from odoo.fields import Command


class ResCompany(models.Model):
    _inherit = "res.company"

    realestate_journal_id = fields.Many2one(
        "account.journal",
        string="Instalment Journal",
        domain="[('type', '=', 'sale'), ('company_id', '=', id)]",
        check_company=True,
    )
    realestate_advance_account_id = fields.Many2one(
        "account.account",
        string="Customer Advances Account",
        domain="[('account_type', '=', 'liability_current')]",
        check_company=True,
        help="Instalments are credited here until the home is handed over.",
    )
    realestate_bank_journal_id = fields.Many2one(
        "account.journal",
        string="Collection Bank Journal",
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', id)]",
        check_company=True,
    )
    realestate_hold_hours = fields.Integer(
        string="Hold Duration (hours)",
        default=24,
        help="How long a unit stays held when the agent names no time.",
    )
    realestate_reservation_days = fields.Integer(
        string="Reservation Duration (days)",
        default=14,
        help="How long a reservation stands when the agent names no time.",
    )

    realestate_offer_hours = fields.Integer(
        string="Offer Duration (hours)",
        default=24,
        help="How long a unit that became free is held for the first in line.",
    )

    realestate_extension_count = fields.Integer(
        string="Extensions of a Reservation",
        default=1,
        help="How often an agent or officer may extend one; supervisors may always.",
    )

    realestate_cooling_off_days = fields.Integer(
        string="Cooling-off Period (days)",
        help="From the confirmation: who leaves until then gets the whole fee back.",
    )

    realestate_seal_by_request = fields.Boolean(
        string="Seal Only by Request",
        help="Contracts are sealed by a seal request that was approved and stamped, "
        "and not by their own button.",
    )

    realestate_deposit_blocks = fields.Boolean(
        string="Deposit Paid before Signing",
        help="A contract is signed once what was agreed ahead of it, fee or deposit, "
        "is paid.",
    )

    realestate_deposit_days = fields.Integer(
        string="Term of a Deposit (days)",
        default=14,
        help="Proposed: by when the contract is to be signed.",
    )

    _realestate_deposit_days_positive = models.Constraint(
        "CHECK (realestate_deposit_days > 0)",
        "The term of a deposit must be at least one day.",
    )
    _realestate_cooling_off_days_positive = models.Constraint(
        "CHECK (realestate_cooling_off_days >= 0)",
        "The cooling-off period cannot be negative.",
    )
    _realestate_extension_count_positive = models.Constraint(
        "CHECK (realestate_extension_count >= 0)",
        "The number of extensions cannot be negative.",
    )
    _realestate_offer_hours_positive = models.Constraint(
        "CHECK (realestate_offer_hours > 0)",
        "An offer to the waiting list must stand at least one hour.",
    )
    _realestate_hold_hours_positive = models.Constraint(
        "CHECK (realestate_hold_hours > 0)",
        "The hold duration must be at least one hour.",
    )
    _realestate_reservation_days_positive = models.Constraint(
        "CHECK (realestate_reservation_days > 0)",
        "The reservation duration must be at least one day.",
    )

    def action_realestate_setup(self):
        """Fill the empty settings with accounts and journals the company has, creating
        the customer advances account where there is none. Safe to call again.
        """
        for company in self:
            company.write(
                {
                    field: record.id
                    for field, record in company._realestate_defaults().items()
                    if not company[field] and record
                }
            )

    def _realestate_defaults(self):
        """The journals and account that a company without settings starts with."""
        self.ensure_one()
        journals = self.env["account.journal"].search(
            [*self.env["account.journal"]._check_company_domain(self)]
        )
        return {
            "realestate_journal_id": journals.filtered(
                lambda journal: journal.type == "sale"
            )[:1],
            "realestate_bank_journal_id": journals.filtered(
                lambda journal: journal.type == "bank"
            )[:1],
            "realestate_advance_account_id": self.realestate_advance_account_id
            or self._realestate_create_account(
                self.env._("Customer Advances (Real Estate)"),
                "215000",
                "liability_current",
            ),
        }

    def _realestate_create_account(self, name, code, account_type, **values):
        """An account of this company, numbered ``code`` or the next that is free."""
        self.ensure_one()
        accounts = self.env["account.account"].with_company(self)
        return accounts.create(
            {
                "name": name,
                "code": accounts._search_new_account_code(code),
                "account_type": account_type,
                "company_ids": [Command.set(self.ids)],
                **values,
            }
        )
