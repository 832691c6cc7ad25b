from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ..tools.approval import Tier, choose_tiers


class RealestateApprovalTier(models.Model):
    """One step that something of a kind needs before it is approved.

    Where no tier applies, the kind's own rule holds, such as the supervisor's approval
    of a contract.
    """

    _name = "realestate.approval.tier"
    _description = "Approval Tier"
    _inherit = ["realestate.cached.mixin"]
    _order = "kind, sequence, id"
    _check_company_auto = True
    _cached_fields = frozenset({"kind", "company_id", "active"})

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(
        default=10, help="Tiers are decided one after the other, the lowest first."
    )
    kind = fields.Selection([("contract", "Contract")], required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    project_ids = fields.Many2many(
        "realestate.project", check_company=True, help="Empty: every project."
    )
    amount_from = fields.Monetary(
        string="From Amount", help="Asked from this amount on; 0: always."
    )
    percent_from = fields.Float(
        string="From Percent",
        digits=(5, 2),
        help="Asked from this discount or deviation on; 0: always.",
    )
    group_id = fields.Many2one("res.groups", string="Approver Group")
    user_ids = fields.Many2many(
        "res.users",
        string="Approvers",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    days = fields.Integer(
        string="Days to Decide", default=3, help="After these it counts as overdue."
    )

    escalation_user_id = fields.Many2one(
        "res.users",
        string="Escalate to",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="May decide as well once the approvers have let the deadline pass.",
    )
    escalation_days = fields.Integer(
        string="Days until Escalation", help="Counted from the deadline on."
    )

    _limits_positive = models.Constraint(
        "CHECK (amount_from >= 0 AND percent_from >= 0 AND days >= 0"
        " AND escalation_days >= 0)",
        "Amounts, percentages and days of a tier cannot be negative.",
    )

    @api.constrains("group_id", "user_ids", "escalation_user_id")
    def _check_approvers(self):
        for tier in self:
            if not tier.group_id and not tier.user_ids:
                raise ValidationError(
                    self.env._(
                        "Approval tier %(tier)s: name a group or users who approve.",
                        tier=tier.name,
                    )
                )
            if (tier.user_ids | tier.escalation_user_id).filtered("share"):
                raise ValidationError(
                    self.env._(
                        "Approval tier %(tier)s: buyers in the portal do not approve. "
                        "Choose members of staff.",
                        tier=tier.name,
                    )
                )

    @api.model
    def _get_companies(self, kind):
        """The companies that have set up tiers for a kind."""
        return self.env["res.company"].browse(self._get_company_ids(kind))

    @api.model
    @ormcache("kind")
    def _get_company_ids(self, kind):
        # Most have none for most kinds, and every submission asks. What is asked is the
        # same for everybody, whatever companies they work in.
        groups = self.sudo()._read_group([("kind", "=", kind)], ["company_id"])
        return tuple(company.id for (company,) in groups)

    @api.model
    def _choose(self, kind, company, project, amount, percent):
        """Return the tiers something needs, in their order.

        :param amount: float in the company's currency
        :param percent: discount or deviation, 0 to 100
        """
        tiers = self.search(
            Domain("kind", "=", kind)
            & Domain("company_id", "=", company.id)
            & (
                Domain("project_ids", "=", False)
                | Domain("project_ids", "in", project.ids)
            )
        )
        chosen = choose_tiers(
            [
                Tier(
                    tier,
                    tier.sequence,
                    Decimal(str(tier.amount_from)),
                    Decimal(str(tier.percent_from)),
                )
                for tier in tiers
            ],
            Decimal(str(amount)),
            Decimal(str(percent)),
        )
        return self.union(*(tier.key for tier in chosen))

    def _get_approvers(self):
        """The users who decide, and who stands in for them today."""
        self.ensure_one()
        users = self.user_ids | self.group_id.all_user_ids
        return self._with_substitutes(users, self.company_id)

    @api.model
    def _with_substitutes(self, users, company):
        """The active staff of ``company`` among ``users`` and who stands in today."""
        users = users.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        )
        return users | users._get_approval_substitutes()
