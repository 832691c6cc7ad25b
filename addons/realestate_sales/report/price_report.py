from odoo import fields, models


class PricePaper(models.AbstractModel):
    """The price of a unit, step by step. The floor price is not for buyers' eyes."""

    _name = "realestate.price.paper"
    _description = "Price Calculation Paper"
    _inherit = ["realestate.clause.paper"]

    _paper_kind = "price"
    _has_notes = True

    def _prepare_price_sheet(self, unit):
        calculation = unit._get_price_calculation()
        return {
            "title": self.env._("Price Calculation"),
            "watermark": False,
            "unit": unit,
            "date": fields.Date.context_today(unit),
            "facts": self._prepare_price_facts(unit, calculation["pricelist"]),
            "rows": calculation["rows"],
            "price_list": unit.price_list,
            "total_label": self.env._("List price"),
            "total": unit.price_list,
            "words": self._amount_in_words(unit.price_list, unit.currency_id),
            "per_area": self._get_per_area(unit, unit.price_list),
            "discount": 0,
        }

    def _prepare_values(self, record, sheet):
        project = sheet["unit"].project_id
        return {
            "project.name": project.name,
            "project.completion": project.date_completion,
            "project.jurisdiction": project.jurisdiction_id.name,
            "units.names": sheet["unit"].name,
            "price.amount": sheet["total"],
            "price.words": sheet["total"],
        }

    def _prepare_labels(self):
        return {
            **super()._prepare_labels(),
            "how": self.env._("How the price is calculated"),
            "step": self.env._("Step"),
            "calculation": self.env._("Calculation"),
            "so_far": self.env._("Price so far"),
            "price_list": self.env._("List price"),
            "difference": self.env._("Agreed difference"),
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

    def _get_reader(self, record):
        # Who holds the unit is not who asks for its price.
        return self.env["res.partner"]

    def _prepare_body(self, unit):
        return self._prepare_price_sheet(unit)


class ReservationPriceReport(models.AbstractModel):
    """The price calculation of a reserved unit, in the buyer's language."""

    _name = "report.realestate_sales.report_reservation_price"
    _description = "Price Calculation of a Reservation"
    _inherit = ["realestate.price.paper"]

    _paper_model = "realestate.reservation"

    def _get_contract(self, reservation):
        return reservation.contract_id

    def _prepare_body(self, reservation):
        unit, currency = reservation.unit_id, reservation.currency_id
        sheet = self._prepare_price_sheet(unit)
        # A calculation is one page: its letterhead and this name the parties.
        buyer = (self.env._("Buyer"), reservation.partner_id.name)
        return {
            **sheet,
            "date": reservation.date_reservation,
            "facts": [buyer, *sheet["facts"]],
            "total_label": self.env._("Agreed price"),
            "total": reservation.price,
            "words": self._amount_in_words(reservation.price, currency),
            "per_area": self._get_per_area(unit, reservation.price),
            "discount": currency.round(reservation.price - unit.price_list),
        }
