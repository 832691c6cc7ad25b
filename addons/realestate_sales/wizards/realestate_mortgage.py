from odoo import fields, models
from odoo.exceptions import UserError

#: The button of each stage.
ACTIONS = {
    "documents": "action_complete_documents",
    "appointment": "action_visit",
    "notary": "action_notarize",
    "submission": "action_submit",
    "bank": "action_approve",
    "contract": "action_seal",
    "registration": "action_register",
    "papers": "action_return_papers",
}


class RealestateMortgageStep(models.TransientModel):
    """A step with what belongs to it: its day, an amount, a number, a box."""

    _name = "realestate.mortgage.step"
    _description = "Step of a Mortgage"

    mortgage_id = fields.Many2one("realestate.mortgage", required=True)
    stage = fields.Selection(related="mortgage_id.stage")
    company_id = fields.Many2one(related="mortgage_id.company_id")
    currency_id = fields.Many2one(related="mortgage_id.currency_id")
    date = fields.Date(string="On", required=True, default=fields.Date.context_today)
    amount = fields.Monetary(
        string="Approved Loan",
        default=lambda self: self._default_amount(),
        help="What the bank lends.",
    )
    reference = fields.Char(string="File Number", help="The bank's own.")
    registration_number = fields.Char()
    box_id = fields.Many2one("realestate.archive.box", string="Archived in")

    def _default_amount(self):
        mortgages = self.env["realestate.mortgage"]
        return mortgages.browse(self.env.context.get("default_mortgage_id")).amount

    def action_record(self):
        """Take the step that the mortgage waits for."""
        self.ensure_one()
        mortgage = self.mortgage_id
        if mortgage.stage not in ACTIONS:
            raise UserError(
                self.env._(
                    "Mortgage %(mortgage)s waits for no step: released money is "
                    "booked by collection or accounting.",
                    mortgage=mortgage.name,
                )
            )
        values = {
            "bank": {"amount": self.amount, "reference": self.reference},
            "registration": {"number": self.registration_number},
            "papers": {"box": self.box_id},
        }.get(mortgage.stage, {})
        getattr(mortgage, ACTIONS[mortgage.stage])(self.date, **values)
        return {"type": "ir.actions.act_window_close"}


class RealestateMortgageRefuse(models.TransientModel):
    _name = "realestate.mortgage.refuse"
    _description = "Loan Refused"

    mortgage_id = fields.Many2one("realestate.mortgage", required=True)
    date = fields.Date(string="On", required=True, default=fields.Date.context_today)
    reason = fields.Text(string="What the Bank Says", required=True)
    way_out = fields.Selection(
        selection=lambda self: self._get_ways_out(), required=True
    )
    law = fields.Text(
        related="mortgage_id.project_id.jurisdiction_id.loan_refused_text"
    )

    def _get_ways_out(self):
        field = self.env["realestate.mortgage"]._fields["way_out"]
        return field._description_selection(self.env)

    def action_refuse(self):
        """The bank does not lend."""
        self.mortgage_id.action_refuse(self.reason, self.way_out, self.date)
        return {"type": "ir.actions.act_window_close"}


class RealestateMortgageCancel(models.TransientModel):
    _name = "realestate.mortgage.cancel"
    _description = "Cancel a Mortgage"

    mortgage_id = fields.Many2one("realestate.mortgage", required=True)
    reason = fields.Text(required=True)

    def action_cancel(self):
        """End the mortgage, for the reason given."""
        self.mortgage_id.action_cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}


class RealestateMortgageAmount(models.TransientModel):
    _name = "realestate.mortgage.amount"
    _description = "Bank Lends Another Amount"

    mortgage_id = fields.Many2one("realestate.mortgage", required=True)
    currency_id = fields.Many2one(related="mortgage_id.currency_id")
    amount = fields.Monetary(required=True)
    reason = fields.Text(required=True)

    def action_change(self):
        """Correct what the bank lends, for the reason given."""
        self.mortgage_id.action_change_amount(self.amount, self.reason)
        return {"type": "ir.actions.act_window_close"}


class RealestateMortgageRestart(models.TransientModel):
    """Another bank instead of one that has refused."""

    _name = "realestate.mortgage.restart"
    _description = "Mortgage with Another Bank"

    mortgage_id = fields.Many2one("realestate.mortgage", required=True)
    company_id = fields.Many2one(related="mortgage_id.company_id")
    project_id = fields.Many2one(related="mortgage_id.project_id")
    currency_id = fields.Many2one(related="mortgage_id.currency_id")
    refused_id = fields.Many2one(related="mortgage_id.programme_id", string="Refused")
    programme_id = fields.Many2one(
        "realestate.bank.programme",
        required=True,
        domain="[('company_id', '=', company_id), ('id', '!=', refused_id), '|',"
        " ('project_ids', '=', False), ('project_ids', 'in', project_id)]",
    )
    kind = fields.Selection(related="programme_id.kind")
    amount_commercial = fields.Monetary(
        string="Commercial Loan",
        default=lambda self: self._default_of("amount_commercial"),
    )
    amount_fund = fields.Monetary(
        string="Housing Fund Loan", default=lambda self: self._default_of("amount_fund")
    )
    months = fields.Integer(
        string="Term (months)",
        required=True,
        default=lambda self: self._default_of("months"),
    )

    def _default_of(self, name):
        mortgages = self.env["realestate.mortgage"]
        return mortgages.browse(self.env.context.get("default_mortgage_id"))[name]

    def action_restart(self):
        """Take the new mortgage up and open it."""
        self.ensure_one()
        mortgage = self.mortgage_id._restart(
            programme_id=self.programme_id.id,
            amount_commercial=self.amount_commercial,
            amount_fund=self.amount_fund,
            months=self.months,
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "realestate.mortgage",
            "res_id": mortgage.id,
            "view_mode": "form",
        }
