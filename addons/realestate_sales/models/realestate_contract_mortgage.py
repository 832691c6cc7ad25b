from odoo import api, fields, models


class RealestateContract(models.Model):
    """What of a contract a bank pays."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    mortgage_ids = fields.One2many(
        "realestate.mortgage",
        "contract_id",
        string="Mortgages",
        groups="base.group_user",
    )
    mortgage_count = fields.Integer(
        compute="_compute_mortgage_id", groups="base.group_user"
    )
    mortgage_id = fields.Many2one(
        "realestate.mortgage",
        compute="_compute_mortgage_id",
        groups="base.group_user",
        help="The one that was neither refused nor cancelled.",
    )
    amount_loan = fields.Monetary(
        string="Loan",
        compute="_compute_mortgage_id",
        groups="base.group_user",
        help="What the bank lends or is asked for.",
    )

    @api.depends(
        "mortgage_ids.date_refused",
        "mortgage_ids.date_cancelled",
        "mortgage_ids.amount_due",
    )
    def _compute_mortgage_id(self):
        # A contract's readers may know that it has a loan, and of how much.
        for contract, own in zip(self, self.sudo(), strict=True):
            live = own.mortgage_ids.filtered(
                lambda one: not one.date_refused and not one.date_cancelled
            )[:1]
            contract.mortgage_id = live.with_env(self.env)
            contract.mortgage_count = len(own.mortgage_ids)
            contract.amount_loan = live.amount_due

    # === ACTIONS === #

    def action_open_mortgages(self):
        """Open the mortgage of this contract; take one up where there is none."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_mortgage_action"
        )
        action["context"] = {"default_contract_id": self.id}
        action["domain"] = [("contract_id", "=", self.id)]
        if self.mortgage_count < 2:
            action["views"] = [(False, "form")]
            action["res_id"] = self.mortgage_ids[:1].id
        else:
            action["views"] = [(False, "list"), (False, "form")]
        return action

    # === HOOKS === #

    def _action_cancel(self):
        """A contract that ends needs no loan."""
        # The loan officer's work ends with the canceller's decision.
        mortgages = self.sudo().mortgage_ids.filtered(lambda one: not one.is_ended)
        for mortgage in mortgages:
            mortgage._end("cancelled", None, cancel_reason=mortgage._get_end_text())
        return super()._action_cancel()


class RealestateMortgage(models.Model):
    _inherit = "realestate.mortgage"  # pylint: disable=consider-merging-classes-inherited

    law = fields.Text(related="project_id.jurisdiction_id.loan_refused_text")

    def _get_end_text(self):
        return self.env._(
            "Contract %(contract)s was cancelled.", contract=self.contract_id.name
        )


class RealestateJurisdiction(models.Model):
    _inherit = "realestate.jurisdiction"  # pylint: disable=consider-merging-classes-inherited

    loan_refused_text = fields.Text(
        string="Loan Refused",
        translate=True,
        help="What the law gives a buyer whose loan is refused; shown on the mortgage.",
    )


class ResCompany(models.Model):
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    realestate_loan_accountant_id = fields.Many2one(
        "res.users",
        string="Told of Loan Releases",
        help="Empty: everybody who books for the company.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"  # pylint: disable=consider-merging-classes-inherited

    realestate_loan_accountant_id = fields.Many2one(
        related="company_id.realestate_loan_accountant_id", readonly=False
    )
