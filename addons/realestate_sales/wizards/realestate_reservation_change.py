from datetime import timedelta

from odoo import api, fields, models


class RealestateReservationExtend(models.TransientModel):
    _name = "realestate.reservation.extend"
    _description = "Extend a Reservation"

    reservation_id = fields.Many2one("realestate.reservation", required=True)
    date_before = fields.Datetime(
        related="reservation_id.date_expiry", string="Stands until"
    )
    date_expiry = fields.Datetime(
        string="New End",
        compute="_compute_date_expiry",
        store=True,
        readonly=False,
        required=True,
    )
    reason = fields.Text(required=True)

    @api.depends("reservation_id")
    def _compute_date_expiry(self):
        """Propose as long again as a reservation stands in this company."""
        for wizard in self:
            reservation = wizard.reservation_id
            days = reservation.company_id.sudo().realestate_reservation_days
            before = reservation.date_expiry or fields.Datetime.now()
            wizard.date_expiry = before + timedelta(days=days)

    def action_extend(self):
        """Extend the reservation for the reason given."""
        self.reservation_id.action_extend(self.date_expiry, self.reason)


class RealestateReservationMove(models.TransientModel):
    _name = "realestate.reservation.move"
    _description = "Change the Unit of a Reservation"

    reservation_id = fields.Many2one("realestate.reservation", required=True)
    project_id = fields.Many2one(related="reservation_id.project_id")
    currency_id = fields.Many2one(related="reservation_id.currency_id")
    price_before = fields.Monetary(related="reservation_id.price", string="Price")
    unit_id = fields.Many2one(
        "realestate.unit",
        string="New Unit",
        required=True,
        domain="[('project_id', '=', project_id), ('state', '=', 'available')]",
    )
    price = fields.Monetary(string="New Price", compute="_compute_price")
    reason = fields.Text(required=True)

    @api.depends("unit_id")
    def _compute_price(self):
        for wizard in self:
            wizard.price = wizard.unit_id.price_list

    def action_change_unit(self):
        """Move the reservation to the unit chosen."""
        self.reservation_id.action_change_unit(self.unit_id, self.reason)


class RealestateReservationForfeit(models.TransientModel):
    _name = "realestate.reservation.forfeit"
    _description = "Keep the Fee of a Reservation"

    reservation_id = fields.Many2one("realestate.reservation", required=True)
    currency_id = fields.Many2one(related="reservation_id.currency_id")
    fee_credit = fields.Monetary(related="reservation_id.fee_credit", string="Fee")
    reason = fields.Text(required=True)

    def action_forfeit(self):
        """Keep the fee for the reason given."""
        self.reservation_id.action_forfeit(self.reason)
