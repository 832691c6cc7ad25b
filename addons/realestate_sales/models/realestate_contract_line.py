from odoo import api, fields, models
from odoo.exceptions import UserError


class RealestateContractLine(models.Model):
    """A unit sold by a contract, claimed from the moment the line is written."""

    _name = "realestate.contract.line"
    _description = "Contract Unit"
    _inherit = ["realestate.facts.mixin"]
    _order = "contract_id, sequence, id"
    _rec_name = "unit_id"

    contract_id = fields.Many2one(
        "realestate.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    currency_id = fields.Many2one(related="contract_id.currency_id")
    project_id = fields.Many2one(related="contract_id.project_id")
    sequence = fields.Integer(default=10)
    unit_id = fields.Many2one(
        "realestate.unit",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('project_id', '=', project_id),"
        " ('state', 'in', ('available', 'held'))]",
    )
    area = fields.Float(related="unit_id.area")
    description = fields.Char()
    price = fields.Monetary(
        compute="_compute_price",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )

    _unit_unique = models.Constraint(
        "UNIQUE (contract_id, unit_id)", "The contract already sells this unit."
    )
    _price_positive = models.Constraint(
        "CHECK (price >= 0)", "A price cannot be negative."
    )

    @api.depends("unit_id")
    def _compute_price(self):
        for line in self:
            line.price = line.price or line.unit_id.price_list

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.contract_id._check_terms_open()
        for line in lines.sorted("unit_id"):
            line._claim_unit()
        lines.contract_id._refresh_schedule()
        return lines

    def write(self, vals):
        self.contract_id._check_terms_open()
        replaced = self.filtered(
            lambda line: "unit_id" in vals and line.unit_id.id != vals["unit_id"]
        )
        replaced._end_claims()
        result = super().write(vals)
        for line in replaced:
            line._claim_unit()
        if vals.keys() & {"unit_id", "price"}:
            self.contract_id._refresh_schedule()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self.contract_id._check_terms_open()
        self._end_claims()

    def _claim_unit(self):
        self.ensure_one()
        contract = self.contract_id
        if self.unit_id.project_id != contract.project_id:
            self._raise_other_project()
        self.unit_id._claim("contract", origin=contract, partner=contract.partner_id)

    def _raise_other_project(self):
        raise UserError(
            self.env._(
                "Unit %(unit)s belongs to project %(other)s: a contract of %(project)s "
                "sells only its own units.",
                unit=self.unit_id.name,
                other=self.unit_id.project_id.name,
                project=self.contract_id.project_id.name,
            )
        )

    def _end_claims(self):
        # Claims are written by nobody's hand.
        claims = self.env["realestate.unit.claim"].sudo()
        for line in self:
            claims.search(
                [
                    ("unit_id", "=", line.unit_id.id),
                    ("origin", "=", f"realestate.contract,{line.contract_id.id}"),
                    ("live", "=", True),
                ]
            )._free()
