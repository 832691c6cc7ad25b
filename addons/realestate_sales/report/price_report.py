from odoo import fields, models
from odoo.tools.misc import get_lang


class PricePaper(models.AbstractModel):
    """The price of a unit, step by step. The floor price is not for buyers' eyes."""

    _name = "realestate.price.paper"
    _description = "Price Calculation Paper"
    _inherit = ["realestate.paper"]

    def _prepare_price_sheet(self, unit):
        calculation = unit._get_price_calculation()
        return {
            "title": self.env._("Price Calculation"),
            "watermark": False,
            "unit": unit,
            "date": fields.Date.context_today(unit),
            # The seller is known by the letterhead: a calculation is one page.
            "parties": [],
            "facts": self._prepare_price_facts(unit, calculation["pricelist"]),
            "rows": calculation["rows"],
            "price_list": unit.price_list,
            "total_label": self.env._("List price"),
            "total": unit.price_list,
            "words": self._amount_in_words(unit.price_list, unit.currency_id),
            "per_area": self._get_per_area(unit, unit.price_list),
            "discount": 0,
        }

    def _prepare_price_facts(self, unit, pricelist):
        kinds = dict(unit._fields["kind"]._description_selection(self.env))
        area = unit.area and self.env._("%s m²", self._format_number(unit.area))
        facts = [
            (self.env._("Project"), unit.project_id.name),
            (self.env._("Unit"), unit.name),
            (self.env._("Building"), unit.building_id.name),
            (self.env._("Floor"), unit.floor),
            (self.env._("Type"), unit.unit_type_id.name or kinds[unit.kind]),
            (self.env._("Area"), area),
            (self.env._("View"), unit.view),
            (self.env._("Delivery standard"), unit.delivery_standard_id.name),
            (self.env._("Price list"), self._get_version(pricelist)),
        ]
        return [fact for fact in facts if fact[1]]

    def _get_version(self, pricelist):
        if not pricelist:
            return ""
        return self.env._(
            "%(name)s, effective from %(date)s",
            name=pricelist.name,
            date=self._format_date(pricelist.date_effective),
        )

    def _get_per_area(self, unit, price):
        if not unit.area:
            return ""
        return self.env._(
            "%(price)s per m²",
            price=self._format_amount(price / unit.area, unit.currency_id),
        )


class UnitPriceReport(models.AbstractModel):
    """The price calculation of a unit, in the language of who prints it."""

    _name = "report.realestate_sales.report_unit_price"
    _description = "Price Calculation of a Unit"
    _inherit = ["realestate.price.paper"]

    _paper_model = "realestate.unit"

    def _get_lang(self, record):
        return get_lang(self.env).code

    def _prepare_sheet(self, unit):
        return self._prepare_price_sheet(unit)


class ReservationPriceReport(models.AbstractModel):
    """The price calculation of a reserved unit, in the buyer's language."""

    _name = "report.realestate_sales.report_reservation_price"
    _description = "Price Calculation of a Reservation"
    _inherit = ["realestate.price.paper"]

    _paper_model = "realestate.reservation"

    def _prepare_sheet(self, reservation):
        unit, currency = reservation.unit_id, reservation.currency_id
        sheet = self._prepare_price_sheet(unit)
        buyer = self._prepare_buyer(reservation.partner_id, self.env._("Buyer"))
        return {
            **sheet,
            "date": reservation.date_reservation,
            "parties": [buyer],
            "total_label": self.env._("Agreed price"),
            "total": reservation.price,
            "words": self._amount_in_words(reservation.price, currency),
            "per_area": self._get_per_area(unit, reservation.price),
            "discount": currency.round(reservation.price - unit.price_list),
        }
