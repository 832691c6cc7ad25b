from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class RealestateProject(models.Model):
    """A development: what is sold, under which law, in which currency, to which
    books.
    """

    _name = "realestate.project"
    _description = "Real Estate Project"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True, help="Starts the number of every contract.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        tracking=True,
    )
    jurisdiction_id = fields.Many2one("realestate.jurisdiction", tracking=True)
    user_id = fields.Many2one("res.users", string="Responsible")
    member_ids = fields.Many2many(
        "res.users",
        string="Contract Desk",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who sees the reservations, contracts and buyers of this project. Empty: "
        "the whole contract desk of the company. Sales managers see every project.",
    )
    reservation_fee = fields.Monetary(help="Proposed to every reservation.")
    date_start = fields.Date(string="Construction Start")
    date_completion = fields.Date(string="Planned Completion", tracking=True)

    milestone_needs_certificate = fields.Boolean(
        string="Milestones Need a Certificate",
        help="A milestone is reached once its certificate is attached and somebody "
        "else than who reported it has approved it.",
    )
    milestone_notice_days = fields.Integer(
        string="Days to Pay after a Milestone",
        help="An instalment by construction stage is due so many days after the "
        "milestone was approved, at the earliest.",
    )

    # Books; an empty one is the company's.
    journal_id = fields.Many2one(
        "account.journal",
        string="Instalment Journal",
        domain="[('type', '=', 'sale')]",
        check_company=True,
    )
    advance_account_id = fields.Many2one(
        "account.account",
        string="Customer Advances Account",
        domain="[('account_type', '=', 'liability_current')]",
        check_company=True,
    )
    bank_journal_id = fields.Many2one(
        "account.journal",
        string="Escrow Bank Journal",
        domain="[('type', 'in', ('bank', 'cash'))]",
        check_company=True,
    )
    analytic_account_id = fields.Many2one(
        "account.analytic.account", check_company=True
    )
    contract_sequence_id = fields.Many2one(
        "ir.sequence", string="Contract Numbers", copy=False, readonly=True
    )

    building_ids = fields.One2many("realestate.building", "project_id")
    milestone_ids = fields.One2many("realestate.milestone", "project_id")
    unit_ids = fields.One2many("realestate.unit", "project_id")
    unit_count = fields.Integer(compute="_compute_unit_count")
    contract_count = fields.Integer(compute="_compute_contract_count")

    _fee_positive = models.Constraint(
        "CHECK (reservation_fee >= 0)", "The reservation fee cannot be negative."
    )
    _notice_positive = models.Constraint(
        "CHECK (milestone_notice_days >= 0)", "Days to pay cannot be negative."
    )
    _code_unique = models.Constraint(
        "UNIQUE (company_id, code)", "Another project of this company has this code."
    )

    @api.depends("unit_ids")
    def _compute_unit_count(self):
        counts = self._count_by_project("realestate.unit")
        for project in self:
            project.unit_count = counts.get(project.id, 0)

    def _compute_contract_count(self):
        counts = self._count_by_project("realestate.contract")
        for project in self:
            project.contract_count = counts.get(project.id, 0)

    def _count_by_project(self, model):
        groups = self.env[model]._read_group(
            [("project_id", "in", self.ids)], ["project_id"], ["__count"]
        )
        return {project.id: count for project, count in groups}

    @api.model_create_multi
    def create(self, vals_list):
        projects = super().create(vals_list)
        for project in projects.filtered(lambda p: not p.contract_sequence_id):
            # A manager of projects need not be allowed to make sequences.
            project.contract_sequence_id = (
                self.env["ir.sequence"]
                .sudo()
                .create(project._prepare_sequence_values())
            )
        return projects

    def write(self, vals):
        if "currency_id" in vals or "company_id" in vals:
            self._check_no_contract_before_move(vals)
        return super().write(vals)

    def _check_no_contract_before_move(self, vals):
        for project in self:
            changed = any(
                field in vals and vals[field] != project[field].id
                for field in ("currency_id", "company_id")
            )
            if changed and project.contract_count:
                raise UserError(
                    self.env._(
                        "%(project)s has contracts: its company and currency stay as "
                        "they are. Open another project for the new ones.",
                        project=project.display_name,
                    )
                )

    # === ACTIONS === #

    def action_open_units(self):
        """Open the units of this project."""
        return self._action_open("realestate_sales.realestate_unit_action")

    def action_open_contracts(self):
        """Open the contracts of this project."""
        return self._action_open("realestate_sales.realestate_contract_action")

    def _action_open(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [("project_id", "=", self.id)]
        action["context"] = {"default_project_id": self.id}
        return action

    # === BUSINESS === #

    def _prepare_sequence_values(self):
        self.ensure_one()
        return {
            "name": self.env._("Contracts of %(project)s", project=self.name),
            "code": "realestate.contract",
            "prefix": f"{self.code}/%(year)s/",
            "padding": 5,
            "company_id": self.company_id.id,
        }

    def _next_contract_number(self):
        # Numbers are drawn for people who may not see sequences.
        return self.contract_sequence_id.sudo().next_by_id()

    def _get_journal(self):
        """The sale journal instalments are invoiced in, or an error with the way
        out.
        """
        return self._get_setting("journal_id", "realestate_journal_id")

    def _get_advance_account(self):
        """The account that carries what buyers paid before handover."""
        return self._get_setting("advance_account_id", "realestate_advance_account_id")

    def _get_bank_journal(self):
        """The (escrow) bank journal money is received in."""
        return self._get_setting("bank_journal_id", "realestate_bank_journal_id")

    def _get_setting(self, field, company_field):
        self.ensure_one()
        # Contract staff bill without being accountants: the set-up is read for them.
        value = self.sudo()[field] or self.company_id.sudo()[company_field]
        if not value:
            raise UserError(
                self.env._(
                    "%(project)s: the field “%(field)s” is empty and so is the "
                    "company's. Fill it in the project, or in Settings → Real Estate.",
                    project=self.display_name,
                    field=self._fields[field]._description_string(self.env),
                )
            )
        return value

    def _prepare_invoice_values(self, partner, date, date_due, lines):
        """Values of one customer invoice of this project.

        :param lines: values of the invoice lines, see :meth:`_prepare_charge_values`
        """
        self.ensure_one()
        return {
            "move_type": "out_invoice",
            "company_id": self.company_id.id,
            "journal_id": self._get_journal().id,
            "partner_id": partner.id,
            "currency_id": self.currency_id.id,
            "invoice_date": date,
            "invoice_date_due": date_due,
            "invoice_payment_term_id": False,
            "invoice_line_ids": [Command.create(line) for line in lines],
        }

    def _prepare_charge_values(self, product, name, amount):
        """Values of an invoice line that is an advance of the buyer."""
        self.ensure_one()
        values = {
            "product_id": product.id,
            "name": name,
            "quantity": 1,
            "price_unit": amount,
            "account_id": self._get_advance_account().id,
        }
        if self.analytic_account_id:
            values["analytic_distribution"] = {str(self.analytic_account_id.id): 100}
        return values
