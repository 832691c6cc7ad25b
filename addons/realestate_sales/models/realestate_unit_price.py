from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models

from ..tools.floor import NO_FLOOR
from ..tools.pricing import UnitFacts

PRICE_FIELDS = {"price_list", "price_floor"}


class RealestateUnit(models.Model):
    """What a unit costs, since when, and what that depends on."""

    # A file for each concern keeps them short.
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited

    is_corner = fields.Boolean(string="Corner Unit")
    price_history_ids = fields.One2many(
        "realestate.pricelist.history", "unit_id", copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        units = super().create(vals_list)
        units.filtered("price_list")._note_prices({})
        return units

    def write(self, vals):
        if not PRICE_FIELDS & vals.keys():
            return super().write(vals)
        before = {unit.id: (unit.price_list, unit.price_floor) for unit in self}
        result = super().write(vals)
        self._note_prices(before)
        return result

    # === BUSINESS === #

    def _note_prices(self, before):
        """Keep the prices of these units in their history where they are news.

        :param before: list and floor price by unit id, nothing for new ones
        """
        now = fields.Datetime.now()
        values = [
            {
                "unit_id": unit.id,
                "date": now,
                "user_id": self.env.uid,
                "price_before": before.get(unit.id, (0, 0))[0],
                "price_list": unit.price_list,
                "price_floor": unit.price_floor,
            }
            for unit in self
            if before.get(unit.id) != (unit.price_list, unit.price_floor)
        ]
        # Nobody may write the history by hand.
        self.env["realestate.pricelist.history"].sudo().create(values)

    def _get_price_facts(self):
        """What the price of each unit depends on, as the pure tool takes it.

        :return: dict of unit to :class:`..tools.pricing.UnitFacts`
        """
        floors = defaultdict(set)
        for building, floor in self._read_group(
            [("building_id", "in", self.building_id.ids)],
            ["building_id", "floor_sequence"],
        ):
            if floor != NO_FLOOR:
                floors[building.id].add(floor)
        return {
            unit: UnitFacts(
                area=Decimal(f"{unit.area:.2f}"),
                building=unit.building_id.id,
                unit_type=unit.unit_type_id.id or None,
                kind=unit.kind,
                floor=None if unit.floor_sequence == NO_FLOOR else unit.floor_sequence,
                floors=frozenset(floors[unit.building_id.id]),
                view=unit.view or "",
                is_corner=unit.is_corner,
            )
            for unit in self
        }

    def _get_price_calculation(self):
        """How the list price of this unit came about.

        :return: the rows of :meth:`realestate.pricelist._explain` and the pricelist the
            price is from, empty where it is from none
        """
        self.ensure_one()
        entry = self.price_history_ids.sorted("id")[-1:]
        pricelist = self.price_history_ids.sorted("id").pricelist_id[-1:]
        if not pricelist:
            row = pricelist._explain_whole(self.price_list)
            return {"rows": [row], "pricelist": pricelist}
        line = self.env["realestate.pricelist.line"].search(
            [("pricelist_id", "=", pricelist.id), ("unit_id", "=", self.id)]
        )
        is_manual = line.is_manual or not entry.pricelist_id
        calculation = pricelist._explain(self, self.price_list, is_manual=is_manual)
        return {**calculation, "pricelist": pricelist}
