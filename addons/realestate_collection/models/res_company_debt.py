from dataclasses import dataclass

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

WRITE_OFF_AGAINST = [
    ("expense", "Bad debt expense"),
    ("advance", "Customer advances, as long as nothing is recognised as revenue"),
]
WRITE_OFF_TAXES = [
    ("gross", "Taxes stay as declared: the loss includes them"),
    ("net", "Taxes are taken back: the loss is without them"),
]


@dataclass(frozen=True)
class Target:
    """What a write-off is charged to: an account, and what it says in tax reports."""

    account_id: int
    # Of what is the base of these taxes.
    tax_ids: tuple[int, ...] = ()
    # Of what is a tax.
    repartition_id: int = 0
    group_tax_id: int = 0
    tag_ids: tuple[int, ...] = ()

    def get_values(self):
        """Values of the journal item."""
        return {
            "account_id": self.account_id,
            "tax_ids": [Command.set(self.tax_ids)],
            "tax_tag_ids": [Command.set(self.tag_ids)],
            "tax_repartition_line_id": self.repartition_id or False,
            "group_tax_id": self.group_tax_id or False,
        }


class ResCompany(models.Model):
    """How debts that are doubtful are arranged, valued and written off."""

    # A file for each concern keeps them short.
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    realestate_arrangement_grace_days = fields.Integer(
        string="Grace of Arrangements (days)",
        default=3,
        help="A part that comes within so many days after its day is in time.",
    )
    realestate_offer_days = fields.Integer(
        string="Offers Stand for (days)",
        default=14,
        help="A buyer may accept an arrangement for so many days.",
    )
    realestate_discount_rate = fields.Float(
        string="Discount Rate (% a year)",
        digits=(5, 2),
        default=8.0,
        help="What money of next year is worth less today: bad-debt proposals compare "
        "their ways by it.",
    )
    realestate_write_off_account_id = fields.Many2one(
        "account.account",
        string="Bad Debt Account",
        domain="[('account_type', 'in', ('expense', 'expense_direct_cost'))]",
        check_company=True,
    )
    realestate_write_off_journal_id = fields.Many2one(
        "account.journal",
        string="Write-Off Journal",
        domain="[('type', '=', 'general'), ('company_id', '=', id)]",
        check_company=True,
    )
    realestate_write_off_against = fields.Selection(
        WRITE_OFF_AGAINST,
        string="Write-Offs of the Price Reduce",
        default="expense",
        required=True,
    )
    realestate_write_off_taxes = fields.Selection(
        WRITE_OFF_TAXES,
        string="Taxes of Written-Off Invoices",
        default="gross",
        required=True,
    )

    _realestate_debt_days_positive = models.Constraint(
        "CHECK (realestate_arrangement_grace_days BETWEEN 0 AND 60"
        " AND realestate_offer_days BETWEEN 1 AND 365"
        " AND realestate_discount_rate BETWEEN 0 AND 100)",
        "Grace is 0 to 60 days, an offer stands for 1 to 365 days, and the discount "
        "rate is 0 to 100 % a year.",
    )

    def _realestate_defaults(self):
        values = super()._realestate_defaults()
        journals = self.env["account.journal"].search(
            [
                *self.env["account.journal"]._check_company_domain(self),
                ("type", "=", "general"),
            ],
            limit=1,
        )
        account = self.realestate_write_off_account_id
        return {
            **values,
            "realestate_write_off_journal_id": journals,
            "realestate_write_off_account_id": account
            or self._realestate_create_account(
                self.env._("Bad Debts (Real Estate)"), "682000", "expense"
            ),
        }

    def _realestate_get_write_off_journal(self):
        """The journal of write-offs.

        :raises UserError: when none is set
        """
        self.ensure_one()
        # The company's own name and settings, for whoever works in it.
        journal = self.sudo().realestate_write_off_journal_id
        # The company's own name and settings, for whoever works in it.
        if not journal or not self.sudo().realestate_write_off_account_id:
            raise UserError(
                self.env._(
                    "%(company)s has no account or journal for bad debts. Choose both "
                    "in Real Estate → Configuration → Settings → Doubtful Debts.",
                    company=self.name,
                )
            )
        return journal

    def _realestate_get_write_off_target(self, line=None):
        """What the share of an invoice line is charged to when it is given up.

        :param line: `account.move.line` of the invoice: product or tax; none: the loss
        """
        self.ensure_one()
        loss = self.realestate_write_off_account_id.id
        if not line:
            return Target(loss)
        charged = line.tax_repartition_line_id
        if charged and self._realestate_get_given_up(charged.tax_id):
            return self._realestate_get_tax_target(line)
        is_advance = line.account_id.account_type.startswith("liability")
        if (
            is_advance
            and not charged
            and self.realestate_write_off_against == "advance"
        ):
            loss = line.account_id.id
        return self._realestate_get_base_target(line, loss)

    def _realestate_get_given_up(self, taxes):
        """Which of ``taxes`` a write-off takes back.

        A tax that is due only when the money comes never is, whatever the setting: it
        was not declared yet.
        """
        taxes = taxes.flatten_taxes_hierarchy()
        if self.realestate_write_off_taxes == "net":
            return taxes
        return taxes.filtered(lambda tax: tax.tax_exigibility == "on_payment")

    def _realestate_get_base_target(self, line, account):
        """The base of taxes as a credit note would report it; nothing where they stay
        as declared."""
        if line.tax_repartition_line_id:
            return Target(account)
        taxes = self._realestate_get_given_up(line.tax_ids)
        kept = line.tax_ids.filtered(lambda tax: tax.flatten_taxes_hierarchy() <= taxes)
        return Target(
            account,
            tax_ids=tuple(kept.ids),
            tag_ids=self._realestate_get_base_tags(taxes),
        )

    def _realestate_get_tax_target(self, line):
        """The tax of an invoice line as a credit note would report it."""
        charged = line.tax_repartition_line_id
        tax = charged.tax_id
        number = list(tax.invoice_repartition_line_ids).index(charged)
        refunded = tax.refund_repartition_line_ids[number]
        # A tax on this tax.
        taxes = self._realestate_get_given_up(line.tax_ids)
        tags = self._realestate_get_base_tags(taxes)
        if tax.tax_exigibility == "on_invoice":
            tags += tuple(refunded.tag_ids.ids)
        return Target(
            line.account_id.id,
            tax_ids=tuple(taxes.ids),
            repartition_id=refunded.id,
            group_tax_id=line.group_tax_id.id,
            tag_ids=tags,
        )

    def _realestate_get_base_tags(self, taxes):
        """What their base reports in a credit note now: taxes that are due when the
        money comes say it in the entries that Odoo makes then."""
        now = taxes.filtered(lambda tax: tax.tax_exigibility == "on_invoice")
        return tuple(now.get_tax_tags(True, "base").ids)
