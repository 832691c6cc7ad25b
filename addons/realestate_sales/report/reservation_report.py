from datetime import datetime

from odoo import fields, models
from odoo.tools.misc import format_time


class ReservationReport(models.AbstractModel):
    """The reservation form as a paper, in the buyer's language."""

    _name = "report.realestate_sales.report_reservation"
    _description = "Reservation Paper"
    _inherit = ["realestate.clause.paper"]

    _paper_model = "realestate.reservation"
    _paper_kind = "reservation"

    def _get_contract(self, reservation):
        return reservation.contract_id

    def _prepare_body(self, reservation):
        currency = reservation.currency_id
        rows = self._prepare_schedule_rows(reservation)
        return {
            "title": self.env._("Reservation"),
            "subtitle": reservation.project_id.name,
            "date": reservation.date_reservation,
            "watermark": self._get_watermark(reservation),
            "parties": self._prepare_parties(reservation),
            "facts": self._prepare_facts(reservation),
            "units": self._prepare_unit_rows(reservation),
            "expiry": self._format_expiry(reservation),
            "fee_status": self._get_fee_status(reservation),
            **self._prepare_fee(reservation),
            "schedule_title": self.env._("How the price would be paid"),
            "schedule_total": reservation.amount_total,
            "totals": self._prepare_schedule_totals(
                rows, reservation.amount_total, currency
            ),
            "signatures": self._prepare_signatures(reservation),
        }

    def _prepare_fee(self, reservation):
        """The fee as the total of the paper, or that none is asked for."""
        if reservation.currency_id.is_zero(reservation.fee):
            return {"remark": self.env._("No reservation fee is asked for.")}
        amount = self._format_amount(reservation.fee, reservation.currency_id)
        return {
            "total": (self.env._("Reservation fee"), amount),
            "words": self._amount_in_words(reservation.fee, reservation.currency_id),
        }

    def _prepare_values(self, reservation, sheet):
        units = reservation.unit_id | reservation.attached_ids
        return {
            **self._prepare_sale_values(
                reservation.project_id, units, reservation.amount_total, reservation.fee
            ),
            "reservation.number": reservation.name,
            "reservation.until": sheet["expiry"],
            "plan.name": reservation.plan_id.name,
            "units.table": self._draw("realestate_sales.paper_units", sheet),
        }

    def _prepare_unit_rows(self, reservation):
        """The unit at the price agreed, what is sold with it at its list price."""
        return [
            self._prepare_unit_row(reservation.unit_id, reservation.price),
            *(
                self._prepare_unit_row(unit, unit.price_list)
                for unit in reservation.attached_ids
            ),
        ]

    def _get_watermark(self, reservation):
        """Text across the pages while, or once, the paper binds nobody."""
        texts = {
            "draft": self.env._("DRAFT"),
            "expired": self.env._("EXPIRED"),
            "cancelled": self.env._("CANCELLED"),
        }
        return texts.get(reservation.state, False)

    # === PEOPLE === #

    def _prepare_parties(self, reservation):
        return [
            self._prepare_seller(reservation.company_id),
            self._prepare_buyer(reservation.partner_id, self.env._("Buyer")),
        ]

    def _prepare_signatures(self, reservation):
        return [
            {
                "role": self.env._("Buyer"),
                "name": reservation.partner_id.name,
            },
            {
                "role": self.env._("For the seller"),
                "name": reservation.company_id.name,
                "lines": list(filter(None, [reservation.user_id.sudo().name])),
                "seal": True,
            },
        ]

    # === TERMS === #

    def _prepare_facts(self, reservation):
        facts = [
            (self.env._("Project"), reservation.project_id.name),
            (self.env._("Unit"), reservation.unit_id.name),
            (
                self.env._("Reserved on"),
                self._format_date(reservation.date_reservation),
            ),
            (self.env._("Reserved until"), self._format_expiry(reservation)),
            (self.env._("Payment plan"), reservation.plan_id.name or "—"),
            (self.env._("Agent"), reservation.user_id.sudo().name or "—"),
            (self.env._("Reservation fee"), self._get_fee_status(reservation)),
        ]
        return [fact for fact in facts if fact[1]]

    def _format_expiry(self, reservation):
        """The end of the reservation by the clock of the seller's office."""
        expiry = reservation.date_expiry
        if not isinstance(expiry, datetime):
            return "—"
        zone = self._get_zone(reservation)
        local = fields.Datetime.context_timestamp(
            reservation.with_context(tz=zone), expiry
        )
        return self.env._(
            "%(date)s, %(time)s (%(zone)s)",
            date=self._format_date(local.date()),
            time=format_time(self.env, expiry, tz=zone, time_format="short"),
            zone=zone,
        )

    def _get_zone(self, reservation):
        company = reservation.company_id.sudo().partner_id
        return company.tz or reservation.user_id.sudo().tz or self.env.user.tz or "UTC"

    def _get_fee_status(self, reservation):
        """Whether the fee is paid: a fact of accounting, for whoever prints."""
        # Sales staff print; they need not read invoices.
        move = reservation.sudo().move_id
        if move.state != "posted" or move.payment_state == "reversed":
            return ""
        if move.currency_id.is_zero(move.amount_residual):
            return self.env._("Paid, invoice %(number)s", number=move.name)
        return self.env._(
            "To be paid by %(date)s, invoice %(number)s",
            date=self._format_date(move.invoice_date_due),
            number=move.name,
        )

    # === SCHEDULE === #

    def _prepare_schedule_rows(self, reservation):
        """What the plan would ask for, from the day of the reservation."""
        plan = reservation.plan_id
        if not plan or reservation.currency_id.is_zero(reservation.amount_total):
            return []
        kinds = dict(plan.line_ids._fields["kind"]._description_selection(self.env))
        items = plan._build_schedule(
            reservation.amount_total,
            reservation.currency_id,
            reservation.date_reservation,
            reservation_fee=reservation.fee,
            date_reservation=reservation.date_reservation,
        )
        return [
            {
                "kind": kinds[item.kind],
                "date": item.date_due,
                "due": self._get_due_text(
                    item, item.date_due, self._get_milestone(reservation, item)
                ),
                "amount": float(item.amount),
                "interest": float(item.interest),
            }
            for item in items
        ]

    def _get_milestone(self, reservation, item):
        """The milestone of the unit's building, else the project's, of that code."""
        milestones = reservation.project_id.milestone_ids.filtered(
            lambda milestone: milestone.code == item.milestone
        )
        building = reservation.unit_id.building_id
        own = milestones.filtered(lambda milestone: milestone.building_id == building)
        return (own or milestones.filtered(lambda m: not m.building_id))[:1]
