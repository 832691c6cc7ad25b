from odoo import api, fields, models
from odoo.fields import Command

from ..models.realestate_payment_plan_line import INSTALLMENT_KINDS

#: A round price shows a plan before any unit is chosen.
EXAMPLE_PRICE = 1000000


class RealestatePaymentPlanPreview(models.TransientModel):
    """What a buyer would pay, and when, before anything is promised."""

    _name = "realestate.payment.plan.preview"
    _description = "Payment Plan Preview"
    _inherit = ["realestate.payment.plan.offer"]

    plan_id = fields.Many2one("realestate.payment.plan", required=True)
    line_ids = fields.One2many(
        "realestate.payment.plan.preview.line",
        "preview_id",
        compute="_compute_line_ids",
        store=True,
    )

    amount_interest = fields.Monetary(
        string="Interest", compute="_compute_amount_interest"
    )
    amount_to_pay = fields.Monetary(
        string="To Pay in All", compute="_compute_amount_interest"
    )

    chart = fields.Json(compute="_compute_chart")

    @api.depends("plan_id", "currency_id", "price", "reservation_fee", "date_start")
    def _compute_chart(self):
        for preview in self:
            if not (preview.plan_id.line_ids and preview.price and preview.date_start):
                preview.chart = False
                continue
            _summary, preview.chart = preview._get_burden(preview.plan_id)

    def _get_price(self):
        return super()._get_price() or EXAMPLE_PRICE

    @api.depends("line_ids.amount_interest", "price")
    def _compute_amount_interest(self):
        for preview in self:
            interest = sum(preview.line_ids.mapped("amount_interest"))
            preview.amount_interest = preview.currency_id._realestate_round(interest)
            preview.amount_to_pay = preview.price + preview.amount_interest

    @api.depends("plan_id", "currency_id", "price", "reservation_fee", "date_start")
    def _compute_line_ids(self):
        for preview in self:
            complete = preview.plan_id.line_ids and preview.price and preview.date_start
            preview.line_ids = [Command.clear()] + (
                preview._prepare_lines() if complete else []
            )

    def _prepare_lines(self):
        items = self.plan_id._build_schedule(
            self.price,
            self.currency_id,
            self.date_start,
            reservation_fee=self.reservation_fee,
        )
        return [
            Command.create(
                {
                    "sequence": number,
                    "name": item.name,
                    "kind": item.kind,
                    "milestone": item.milestone,
                    "date_due": item.date_due,
                    "amount": float(item.amount),
                    "amount_interest": float(item.interest),
                    "amount_due": float(item.amount + item.interest),
                }
            )
            for number, item in enumerate(items, start=1)
        ]


class RealestatePaymentPlanPreviewLine(models.TransientModel):
    _name = "realestate.payment.plan.preview.line"
    _description = "Payment Plan Preview Line"
    _order = "sequence"

    preview_id = fields.Many2one(
        "realestate.payment.plan.preview", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="preview_id.currency_id")
    sequence = fields.Integer(string="No.")
    name = fields.Char()
    kind = fields.Selection(INSTALLMENT_KINDS)
    milestone = fields.Char()
    date_due = fields.Date()
    amount = fields.Monetary()
    amount_interest = fields.Monetary(string="Interest")
    amount_due = fields.Monetary(string="To Pay")
