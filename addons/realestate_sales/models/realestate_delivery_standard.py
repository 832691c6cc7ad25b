from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: Contracts whose terms may still change, or bind nobody any more.
OPEN_STATES = ("draft", "cancelled")


class RealestateDeliveryStandard(models.Model):
    """What is handed over: finishes, fittings, appliances.

    It is printed on the contract. Once a contract has left draft with it, its text
    stays; another text is another standard.
    """

    _name = "realestate.delivery.standard"
    _description = "Delivery Standard"
    _inherit = ["realestate.facts.mixin"]
    _order = "sequence, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char()
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    project_id = fields.Many2one(
        "realestate.project",
        index=True,
        ondelete="cascade",
        help="Empty: the standard may be used in every project.",
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)
    description = fields.Html(
        translate=True, help="Printed on the contract, in the buyer's language."
    )
    unit_type_ids = fields.One2many("realestate.unit.type", "delivery_standard_id")
    unit_count = fields.Integer(string="Number of Units", compute="_compute_unit_count")

    def _compute_unit_count(self):
        counts = dict(
            self.env["realestate.unit"]._read_group(
                [("delivery_standard_id", "in", self.ids)],
                ["delivery_standard_id"],
                ["__count"],
            )
        )
        for standard in self:
            standard.unit_count = counts.get(standard._origin, 0)

    def write(self, vals):
        if {"name", "description"} & vals.keys():
            self._check_not_promised()
        return super().write(vals)

    def copy_data(self, default=None):
        default = dict(default or {})
        return [
            {**values, "name": self.env._("%s (copy)", standard.name)}
            if "name" not in default
            else values
            for standard, values in zip(self, super().copy_data(default), strict=True)
        ]

    # === ACTIONS === #

    def action_open_units(self):
        """Open the units delivered by this standard."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_unit_action"
        )
        action["domain"] = [("delivery_standard_id", "=", self.id)]
        return action

    # === BUSINESS === #

    def _check_not_promised(self):
        # Whoever writes standards need not see every contract that names them.
        lines = self.env["realestate.contract.line"].sudo()
        for standard in self:
            line = lines.search(
                [
                    ("unit_id.delivery_standard_id", "=", standard.id),
                    ("contract_id.state", "not in", OPEN_STATES),
                ],
                limit=1,
            )
            if line:
                raise UserError(
                    self.env._(
                        "Delivery standard %(standard)s is promised by contract "
                        "%(contract)s: its name and text stay. Duplicate it, change "
                        "the copy and use that for units not sold yet.",
                        standard=standard.name,
                        contract=line.contract_id.name,
                    )
                )

    def _check_usable_in(self, project, name):
        """Refuse a standard of another project for ``name``."""
        for standard in self.filtered("project_id"):
            if standard.project_id != project:
                raise ValidationError(
                    self.env._(
                        "%(name)s: delivery standard %(standard)s belongs to project "
                        "%(project)s. Choose one of the same project, or one of all "
                        "projects.",
                        name=name,
                        standard=standard.name,
                        project=standard.project_id.name,
                    )
                )


class RealestateUnitType(models.Model):
    _inherit = "realestate.unit.type"  # pylint: disable=consider-merging-classes-inherited

    delivery_standard_id = fields.Many2one(
        "realestate.delivery.standard",
        index="btree_not_null",
        ondelete="restrict",
        domain="['|', ('project_id', '=', False), ('project_id', '=', project_id)]",
        help="Units of this type that are not sold yet take it over.",
    )

    @api.constrains("delivery_standard_id", "project_id")
    def _check_delivery_standard(self):
        for unit_type in self:
            unit_type.delivery_standard_id._check_usable_in(
                unit_type.project_id, unit_type.name
            )
