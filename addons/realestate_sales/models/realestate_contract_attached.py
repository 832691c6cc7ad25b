from odoo import api, fields, models
from odoo.exceptions import UserError


class RealestateContractLine(models.Model):
    """What is sold with a unit has a line of its own beside the unit's."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract.line"  # pylint: disable=consider-merging-classes-inherited

    unit_id = fields.Many2one(
        domain="[('project_id', '=', project_id), ('main_unit_id', '=', False),"
        " ('state', 'in', ('available', 'held'))]"
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([*vals_list, *self._prepare_attached_values(vals_list)])
        return lines[: len(vals_list)]

    def write(self, vals):
        if "unit_id" in vals:
            self._check_replaceable(vals["unit_id"])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sold_with_another(self):
        for line in self:
            main = line.unit_id.main_unit_id
            if main and main in (line.contract_id.line_ids - self).unit_id:
                raise UserError(
                    self.env._(
                        "Unit %(unit)s is sold with %(main)s: remove the line of "
                        "%(main)s, detach %(unit)s from it and add %(main)s again.",
                        unit=line.unit_id.name,
                        main=main.name,
                    )
                )

    def unlink(self):
        attached = self.contract_id.line_ids.filtered(
            lambda line: line.unit_id.main_unit_id in self.unit_id
        )
        return super(RealestateContractLine, self | attached).unlink()

    def _prepare_attached_values(self, vals_list):
        units = self.env["realestate.unit"]
        given = {(vals.get("contract_id"), vals.get("unit_id")) for vals in vals_list}
        return [
            {
                "contract_id": vals.get("contract_id"),
                "unit_id": attached.id,
                "sequence": vals.get("sequence", 10),
            }
            for vals in vals_list
            for attached in units.browse(vals.get("unit_id") or ()).attached_ids
            if (vals.get("contract_id"), attached.id) not in given
        ]

    def _check_replaceable(self, unit_id):
        new = self.env["realestate.unit"].browse(unit_id or ())
        for line in self.filtered(lambda line: line.unit_id != new):
            units = line.unit_id | new
            if units.attached_ids or units.main_unit_id:
                raise UserError(
                    self.env._(
                        "Other units are sold with %(before)s or %(after)s: remove the "
                        "line and add one of the other unit.",
                        before=line.unit_id.name,
                        after=new.name,
                    )
                )

    def _claim_unit(self):
        # The line of the unit that it is sold with claims it.
        if self.unit_id.main_unit_id in self.contract_id.line_ids.unit_id:
            return None
        return super()._claim_unit()


class RealestateReservation(models.Model):
    _inherit = "realestate.reservation"  # pylint: disable=consider-merging-classes-inherited

    unit_id = fields.Many2one(
        domain="[('main_unit_id', '=', False), ('state', 'in', ('available', 'held'))]"
    )
    attached_ids = fields.One2many(related="unit_id.attached_ids")
    amount_attached = fields.Monetary(
        string="Price of What Is Sold with It", compute="_compute_amount_attached"
    )
    amount_total = fields.Monetary(
        string="Total Price", compute="_compute_amount_attached"
    )

    @api.depends("price", "unit_id.attached_ids.price_list")
    def _compute_amount_attached(self):
        for reservation in self:
            attached = sum(reservation.unit_id.attached_ids.mapped("price_list"))
            reservation.amount_attached = attached
            reservation.amount_total = reservation.price + attached
