from zoneinfo import ZoneInfo

from odoo import api, fields, models

PAYMENT_ORDERS = [
    ("oldest", "Oldest due first"),
    ("fees_first", "Fees, then interest, then instalments"),
    ("principal_first", "Instalments, then interest, then fees"),
]


class ResCompany(models.Model):
    # A file for each concern keeps them short.
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    realestate_billing_lead_days = fields.Integer(
        string="Invoice Ahead (days)",
        default=0,
        help="Instalments are invoiced this many days before they are due.",
    )
    realestate_payment_order = fields.Selection(
        PAYMENT_ORDERS, string="Payments Settle", default="oldest", required=True
    )
    realestate_dunning_ladder_id = fields.Many2one(
        "realestate.dunning.ladder",
        string="Dunning Ladder",
        domain="[('company_id', '=', id)]",
        check_company=True,
        help="For projects that have no ladder of their own.",
    )
    realestate_collector_id = fields.Many2one(
        "res.users",
        string="Collection Officer",
        help="Gets the activities of contracts that have no collection officer.",
    )
    realestate_signing_sms_id = fields.Many2one(
        "sms.template",
        string="Text Message to Signing",
        domain="[('model', '=', 'realestate.signing')]",
        help="Sent with the invitation and the reminder to a signing appointment. "
        "Empty: by e-mail only.",
    )
    realestate_decision_days = fields.Integer(
        string="Keep Decisions (days)",
        default=90,
        help="Dunning decisions to send nothing are deleted after so many days.",
    )
    realestate_case_days = fields.Integer(
        string="Open Cases After (days)",
        default=10,
        help="A contract that is so many days late gets a collection case.",
    )
    realestate_case_amount = fields.Monetary(
        string="Open Cases From",
        help="No case is opened for less than this overdue, in the company's currency.",
    )
    realestate_promise_grace = fields.Integer(
        string="Grace for Promises (days)",
        default=2,
        help="Money is in time so many days after the promised one: banks are slow.",
    )

    _realestate_billing_lead_days_range = models.Constraint(
        "CHECK (realestate_billing_lead_days BETWEEN 0 AND 90)",
        "Instalments are invoiced 0 to 90 days before they are due.",
    )
    _realestate_decision_days_positive = models.Constraint(
        "CHECK (realestate_decision_days > 0)",
        "Dunning decisions are kept for at least one day.",
    )
    _realestate_case_limits = models.Constraint(
        "CHECK (realestate_case_days >= 0 AND realestate_case_amount >= 0)",
        "Cases are opened after zero or more days and from zero or more overdue.",
    )
    _realestate_promise_grace_range = models.Constraint(
        "CHECK (realestate_promise_grace BETWEEN 0 AND 30)",
        "Promises have 0 to 30 days of grace.",
    )

    def _realestate_zone(self):
        """The time zone of this company, as :meth:`_realestate_today` has it."""
        self.ensure_one()
        # The company's own time zone, for whoever works in it.
        return ZoneInfo(self.sudo().partner_id.tz or self.env.user.tz or "UTC")

    def _realestate_today(self):
        """The calendar day it is for this company: jobs run in nobody's time zone."""
        self.ensure_one()
        zone = self.sudo().partner_id.tz or self.env.user.tz
        return fields.Date.context_today(self.with_context(tz=zone))

    @api.model
    def _realestate_developers(self):
        """The companies that have projects, for the jobs."""
        projects = self.env["realestate.project"].with_context(active_test=False)
        groups = projects._read_group([], ["company_id"])
        return self.concat(*(company for (company,) in groups))

    @api.model
    def _realestate_set_up_ladders(self):
        """Give every company that has none a copy of the standard ladder."""
        for company in self.search([("realestate_dunning_ladder_id", "=", False)]):
            company.realestate_dunning_ladder_id = company._realestate_create_ladder()

    def _realestate_create_ladder(self):
        """The standard ladder for this company: the original or a copy of it."""
        self.ensure_one()
        standard = self.env.ref("realestate_collection.dunning_ladder_default", False)
        ladders = self.env["realestate.dunning.ladder"]
        if not standard:
            return ladders
        # Whoever sets up a company need not be a collection manager.
        standard = standard.sudo()
        if standard.company_id == self:
            return standard
        return standard.copy({"company_id": self.id, "name": standard.name})

    def _realestate_defaults(self):
        values = super()._realestate_defaults()
        ladder = self.realestate_dunning_ladder_id
        values["realestate_dunning_ladder_id"] = (
            ladder or self._realestate_create_ladder()
        )
        return values
