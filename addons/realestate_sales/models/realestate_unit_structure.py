from odoo import api, fields, models


class RealestateUnit(models.Model):
    """What a unit takes over from its type."""

    # A file for each concern keeps them short.
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited

    type_image_ids = fields.One2many(
        related="unit_type_id.image_ids", string="Plans and Photos"
    )
    delivery_standard_id = fields.Many2one(
        "realestate.delivery.standard",
        compute="_compute_delivery_standard_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="['|', ('project_id', '=', False), ('project_id', '=', project_id)]",
    )
    delivery_description = fields.Html(
        related="delivery_standard_id.description", string="Text of the Standard"
    )

    @api.depends("unit_type_id.delivery_standard_id")
    def _compute_delivery_standard_id(self):
        promised = self._get_promised()
        for unit in self:
            standard = unit.delivery_standard_id
            if unit._origin not in promised:
                standard = unit.unit_type_id.delivery_standard_id or standard
            unit.delivery_standard_id = standard

    @api.constrains("delivery_standard_id", "building_id")
    def _check_delivery_standard(self):
        for unit in self:
            unit.delivery_standard_id._check_usable_in(unit.project_id, unit.name)

    def write(self, vals):
        if "delivery_standard_id" in vals:
            changed = self.filtered(
                lambda unit: (
                    unit.delivery_standard_id.id
                    != (vals["delivery_standard_id"] or False)
                )
            )
            changed._get_promised()._check_unclaimed(
                self.env._("delivered by another standard")
            )
        return super().write(vals)

    def _get_promised(self):
        """The units sold by a contract: what it promised stays."""
        claims = self.env["realestate.unit.claim"].sudo()
        return claims.search(
            [
                ("unit_id", "in", self._origin.ids),
                ("live", "=", True),
                ("kind", "=", "contract"),
            ]
        ).unit_id.with_env(self.env)
